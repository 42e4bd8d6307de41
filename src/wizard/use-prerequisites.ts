import type { Facts } from '../domain/checks/check';
import { operators, subscriptionsOf } from '../domain/operators/operator';
import { useServices } from './ServicesContext';

/** Where NMState is when its Subscription cannot be seen (docs/facts/platform.md §1). */
const nmstateNamespace = 'openshift-nmstate';

/**
 * What the checks of the cluster's prerequisites look at, live. Watched by the Summary alone; other steps do not need it. Lists, also
 * of what there is only one of: for a single object that may not be read the console opens its websocket again and again.
 */
export const usePrerequisites = (): Facts => {
  const { useWatch } = useServices();
  const subscriptions = useWatch({ list: 'subscriptions' });
  const lvmClusters = useWatch({ list: 'lvmClusters' });
  const nmStates = useWatch({ list: 'nmStates' });
  const hyperConvergeds = useWatch({ list: 'hyperConvergeds' });
  const storageClasses = useWatch({ list: 'storageClasses' });
  const imageRegistryConfigs = useWatch({ list: 'imageRegistryConfigs' });
  const imageConfigs = useWatch({ list: 'imageConfigs' });
  const [nmstate] = subscriptions.state === 'loaded' ? subscriptionsOf(operators.nmstate, subscriptions.items) : [];
  const namespace = nmstate?.metadata.namespace ?? nmstateNamespace;
  const daemonSets = useWatch({ list: 'daemonSets', namespace });
  const deployments = useWatch({ list: 'deployments', namespace });
  return {
    subscriptions,
    lvmClusters,
    nmStates,
    hyperConvergeds,
    storageClasses,
    imageRegistryConfigs,
    imageConfigs,
    daemonSets,
    deployments,
  };
};
