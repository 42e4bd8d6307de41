import type { Facts } from '../domain/checks/check';
import { operators, subscriptionsOf } from '../domain/operators/operator';
import { useServices } from './ServicesContext';

/** Where NMState is when its Subscription cannot be seen (facts/platform.md §1). */
const nmstateNamespace = 'openshift-nmstate';

/** What the checks of the cluster's prerequisites look at, live. Watched by the Summary alone; other steps do not need it. */
export const usePrerequisites = (): Facts => {
  const { useWatch } = useServices();
  const subscriptions = useWatch({ list: 'subscriptions' });
  const lvmClusters = useWatch({ list: 'lvmClusters' });
  const nmStates = useWatch({ list: 'nmStates' });
  const hyperConvergeds = useWatch({ list: 'hyperConvergeds' });
  const storageClasses = useWatch({ list: 'storageClasses' });
  const imageRegistryConfigs = useWatch({ kind: 'imageRegistryConfigs', name: 'cluster' });
  const imageConfigs = useWatch({ kind: 'imageConfigs', name: 'cluster' });
  const [nmstate] = subscriptions.state === 'loaded' ? subscriptionsOf(operators.nmstate, subscriptions.items) : [];
  const namespace = nmstate?.metadata.namespace ?? nmstateNamespace;
  const daemonSets = useWatch({ kind: 'daemonSets', name: 'nmstate-handler', namespace });
  const deployments = useWatch({ kind: 'deployments', name: 'nmstate-webhook', namespace });
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
