import type { KindId } from './kinds';
import type { Translate } from './translate';

type Table = Readonly<Record<string, readonly KindId[]>>;

/** What brings the kinds that Kubernetes itself does not have. Apart from `kinds.ts`, because the Status card loads this and not that. */
const products: Table = {
  'Migration Toolkit for Virtualization': ['forkliftControllers', 'providers', 'hosts', 'plans', 'networkMaps'],
  Multus: ['networkAttachmentDefinitions'],
  NMState: ['nmStates', 'nodeNetworkStates', 'nodeNetworkConfigurationPolicies'],
  'OpenShift Virtualization': ['hyperConvergeds', 'virtualMachines', 'virtualMachineInstances'],
  'LVM Storage': ['lvmClusters'],
  'OpenShift GitOps': ['applications', 'argoCds'],
};

/** Parts of OpenShift that an installation may leave out, by the names that ClusterVersion has for them. */
const capabilities: Table = {
  OperatorLifecycleManager: ['subscriptions', 'operatorGroups', 'clusterServiceVersions'],
  OperatorLifecycleManagerV1: ['clusterExtensions'],
  Build: ['builds', 'buildConfigs'],
  Console: ['consoleConfigs', 'consolePlugins'],
  ImageRegistry: ['imageRegistryConfigs'],
};

const keyIn = (table: Table, kind: KindId): string | undefined =>
  Object.keys(table).find((name) => table[name]?.includes(kind));

/** What is missing on a cluster that does not have a kind, in a sentence. */
export const missingText = (t: Translate, kind: KindId): string => {
  const product = keyIn(products, kind);
  if (product !== undefined) return t('{{product}} is not installed.', { product });
  const capability = keyIn(capabilities, kind);
  return capability === undefined
    ? t('This cluster does not have {{kind}}.', { kind })
    : t('The OpenShift capability {{capability}} is not enabled.', { capability });
};
