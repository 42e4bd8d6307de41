import { keyOf, nameOfChange } from '../domain/change';
import { operators } from '../domain/operators/operator';
import type { OperatorId } from '../domain/operators/operator';
import { memoryCluster } from './memory-cluster';
import type { MemoryCluster } from './memory-cluster';

/** A cluster of a version of OpenShift with nothing prepared. */
export const openshift = (version: string, ...projects: string[]): MemoryCluster => {
  const cluster = memoryCluster('openshift-image-registry', ...projects);
  cluster.put('clusterVersions', { metadata: { name: 'version' }, status: { desired: { version } } });
  cluster.put('imageRegistryConfigs', {
    metadata: { name: 'cluster' },
    spec: { managementState: 'Removed', storage: {} },
  });
  return cluster;
};

/** An operator that somebody installed. */
export const operatorBy = (
  cluster: MemoryCluster,
  id: OperatorId,
  names: { namespace: string; group: string; subscription: string; package?: string; everywhere?: boolean },
): void => {
  const { namespace } = names;
  cluster.put('operatorGroups', {
    metadata: { name: names.group, namespace },
    spec: names.everywhere ? {} : { targetNamespaces: [namespace] },
  });
  cluster.put('subscriptions', {
    metadata: { name: names.subscription, namespace },
    spec: { name: names.package ?? operators[id].package },
    status: { installedCSV: `${id}.v1` },
  });
};

/** The writes to a cluster, in words. */
export const made = (cluster: MemoryCluster, from = 0): string[] =>
  cluster.writes.slice(from).map((change) => keyOf(nameOfChange(change)));
