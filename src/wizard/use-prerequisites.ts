import type { Facts, Watched } from '../domain/checks/check';
import { homeOf, notCopied } from '../domain/operators/installation';
import { operators, suggestedNamespace } from '../domain/operators/operator';
import { useServices } from './ServicesContext';

const itemsOf = <T>(watched: Watched<T>): readonly T[] => (watched.state === 'loaded' ? watched.items : []);

/**
 * What the checks of the cluster's prerequisites look at, live. Watched by the Summary alone; other steps do not need it. Lists, also
 * of what there is only one of: for a single object that may not be read the console opens its websocket again and again.
 */
export const usePrerequisites = (): Facts => {
  const { useWatch } = useServices();
  const subscriptions = useWatch({ list: 'subscriptions' });
  const clusterExtensions = useWatch({ list: 'clusterExtensions' });
  const clusterServiceVersions = useWatch({ list: 'clusterServiceVersions', labelSelector: notCopied });
  const operatorGroups = useWatch({ list: 'operatorGroups' });
  const lvmClusters = useWatch({ list: 'lvmClusters' });
  const nmStates = useWatch({ list: 'nmStates' });
  const hyperConvergeds = useWatch({ list: 'hyperConvergeds' });
  const storageClasses = useWatch({ list: 'storageClasses' });
  const imageRegistryConfigs = useWatch({ list: 'imageRegistryConfigs' });
  const imageConfigs = useWatch({ list: 'imageConfigs' });
  const consolePlugins = useWatch({ list: 'consolePlugins' });
  const home = homeOf(operators.nmstate, {
    subscriptions: itemsOf(subscriptions),
    clusterExtensions: itemsOf(clusterExtensions),
    csvs: itemsOf(clusterServiceVersions),
    groups: [],
    operands: [],
  });
  // Where what installs it cannot be seen, it is taken to be where it suggests.
  const namespace = home ?? suggestedNamespace(operators.nmstate, undefined);
  const daemonSets = useWatch({ list: 'daemonSets', namespace });
  const deployments = useWatch({ list: 'deployments', namespace });
  return {
    subscriptions,
    clusterExtensions,
    clusterServiceVersions,
    operatorGroups,
    lvmClusters,
    nmStates,
    hyperConvergeds,
    storageClasses,
    imageRegistryConfigs,
    imageConfigs,
    consolePlugins,
    daemonSets,
    deployments,
  };
};
