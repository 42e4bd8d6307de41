import { PluginStore } from '@openshift/dynamic-plugin-sdk';
import type { LoadedExtension } from '@openshift/dynamic-plugin-sdk';
import { coFetch } from './console/console-fetch';
import type { Model } from './discovery';

interface ModelFlag {
  readonly flag: string;
  readonly model: { readonly group: string; readonly version: string; readonly kind: string };
}

/** What plugins share with the console: what webpack put there, and what only the console has, which says so when it is asked for. */
const shareScope = () => {
  const scope = __webpack_share_scopes__.default;
  for (const [name, version] of SHARED_BUT_ABSENT) {
    const get = () => {
      throw new Error(`The sandbox's console has no ${name} ${version}.`);
    };
    scope[name] = { ...scope[name], [version]: { get, from: 'console', eager: true } };
  }
  window.sandboxShared = Object.fromEntries(
    Object.entries(scope).map(([name, versions]) => [name, Object.keys(versions)]),
  );
  return scope;
};

/** Loads the plugins of SERVER_FLAGS as the console does, by the SDK's own store. A plugin that fails is reported, not hidden. */
export const loadPlugins = async (): Promise<PluginStore> => {
  await __webpack_init_sharing__('default');
  const store = new PluginStore({
    loaderOptions: {
      entryCallbackSettings: { name: '__load_plugin_entry__', registerCallback: true },
      fetchImpl: (url, init) => coFetch(url, init ?? null),
      customDependencyResolutions: { '@console/pluginAPI': window.SERVER_FLAGS.releaseVersion },
      sharedScope: shareScope(),
    },
  });
  for (const name of window.SERVER_FLAGS.consolePlugins) {
    await store.loadPlugin(new URL(`/api/plugins/${name}/plugin-manifest.json`, window.location.origin).href);
  }
  for (const entry of store.getPluginInfo()) {
    if (entry.status === 'failed')
      console.error(`Plugin ${entry.manifest.name} failed to load: ${entry.errorMessage}`, entry.errorCause);
  }
  return store;
};

/** `console.flag/model`: a flag is on when the API server serves the kind. */
export const setModelFlags = (store: PluginStore, models: readonly Model[]) => {
  const flags = store
    .getExtensions()
    .filter(
      (extension): extension is LoadedExtension & { properties: ModelFlag } => extension.type === 'console.flag/model',
    )
    .map(({ properties: { flag, model } }) => {
      const served = models.some(
        ({ apiGroup, apiVersion, kind }) =>
          apiGroup === model.group && apiVersion === model.version && kind === model.kind,
      );
      return [flag, served] as const;
    });
  store.setFeatureFlags(Object.fromEntries(flags));
};
