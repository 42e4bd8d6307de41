import { PluginStoreProvider } from '@openshift/dynamic-plugin-sdk';
import { ModalProvider } from '@openshift-console/dynamic-plugin-sdk/lib/app/modal-support/ModalProvider';
import { OverlayProvider } from '@openshift-console/dynamic-plugin-sdk/lib/app/modal-support/OverlayProvider';
import storeHandler from '@openshift-console/dynamic-plugin-sdk/lib/app/storeHandler';
// As the console, every style of PatternFly, whether it has the component or not (openshift/console, release-4.22, public/vendor.scss).
import '@patternfly/react-core/dist/styles/base.css';
import '@patternfly/react-styles/css/components/_index.css';
import '@patternfly/react-styles/css/layouts/_index.css';
import '@patternfly/react-styles/css/utilities/_index.css';
import './layout.css';
import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { applyMiddleware, combineReducers, legacy_createStore } from 'redux';
import { thunk } from 'redux-thunk';
import { discover, followDiscovery } from './discovery';
import type { Model } from './discovery';
import { loadPlugins, setModelFlags } from './plugins';
import { discovered, FLAGS, k8s, sdkCore } from './reducers';
import { Shell } from './Shell';
import { startTranslation } from './translation';

const start = async (container: Element) => {
  const store = legacy_createStore(combineReducers({ k8s, sdkCore, FLAGS }) as never, applyMiddleware(thunk));
  storeHandler.setStore(store as never);
  const [plugins, models] = await Promise.all([loadPlugins(), discover(), startTranslation()]);
  const show = (all: readonly Model[]) => {
    store.dispatch(discovered(all));
    setModelFlags(plugins, all);
  };
  show(models);
  void followDiscovery(store.dispatch as (action: unknown) => unknown, show);
  createRoot(container).render(
    <Provider store={store}>
      <PluginStoreProvider store={plugins}>
        <OverlayProvider>
          <ModalProvider>
            <Shell />
          </ModalProvider>
        </OverlayProvider>
      </PluginStoreProvider>
    </Provider>,
  );
};

const container = document.getElementById('app');
const next = localStorage.getItem('next');
localStorage.removeItem('next');
// Whose session ended comes back to where it ended.
if (next !== null && window.location.pathname === '/') window.location.replace(next);
else if (container) void start(container);
