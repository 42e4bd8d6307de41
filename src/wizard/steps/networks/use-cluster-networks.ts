import { useMemo } from 'react';
import { readNetworkPerNic } from '../../../domain/networks/mtv-version';
import type { NetworkPerNic } from '../../../domain/networks/mtv-version';
import type { NodeNetworks } from '../../../domain/networks/node-networks';
import { nodesUnknown } from '../../../domain/networks/nodes-unknown';
import type { NodesUnknown } from '../../../domain/networks/nodes-unknown';
import { useMtvProject } from '../../MtvProjectContext';
import { useServices } from '../../ServicesContext';
import { useNodeSide } from './use-node-side';
import type { NodeSide } from './use-node-side';

/** What is known of the nodes' networks. */
export type NodesSeen =
  | { readonly state: 'loading' }
  | { readonly state: 'unknown'; readonly why: NodesUnknown }
  | { readonly state: 'known'; readonly nodes: NodeNetworks; readonly side: NodeSide };

/** What the nodes have, and how MTV maps networks; the latter is absent where nothing tells it. */
export interface ClusterNetworks {
  readonly seen: NodesSeen;
  /** Once it was wanted and has come, whatever is seen since. */
  readonly side?: NodeSide;
  readonly networkPerNic?: NetworkPerNic;
}

/** Watched here and nowhere else: only this step needs the nodes. Nodes and policies that may not be listed leave a part of it open. */
const useNodes = (): Pick<ClusterNetworks, 'seen' | 'side'> => {
  const { useWatch } = useServices();
  const states = useWatch({ list: 'nodeNetworkStates' });
  const reported = states.state === 'loaded' && states.items.length > 0 ? states.items : undefined;
  // KubeVirt marks the nodes that it runs virtual machines on.
  const machines = useWatch(reported && { list: 'nodes', labelSelector: 'kubevirt.io/schedulable=true' });
  const policies = useWatch(reported && { list: 'nodeNetworkConfigurationPolicies' });
  const side = useNodeSide(reported !== undefined);
  const seen = useMemo((): NodesSeen => {
    const why = side === 'failed' ? 'unloaded' : nodesUnknown(states);
    if (why) return { state: 'unknown', why };
    if (!reported || !side || side === 'failed' || machines.state === 'loading' || policies.state === 'loading')
      return { state: 'loading' };
    const nodes = side.readNodeNetworks(
      reported,
      machines.state === 'loaded' ? machines.items : [],
      policies.state === 'loaded' ? side.readNodePolicies(policies.items) : undefined,
    );
    return { state: 'known', nodes, side };
  }, [states, reported, machines, policies, side]);
  return { seen, ...(side && side !== 'failed' && { side }) };
};

/** What the step needs of the cluster beside its networks. */
export const useClusterNetworks = (): ClusterNetworks => {
  const { useWatch } = useServices();
  const { name, source } = useMtvProject();
  const { seen, side } = useNodes();
  const versions = useWatch(source === 'looking' ? undefined : { list: 'clusterServiceVersions', namespace: name });
  return useMemo(
    () => ({
      seen,
      ...(side && { side }),
      ...(versions.state === 'loaded' && { networkPerNic: readNetworkPerNic(versions.items) }),
    }),
    [seen, side, versions],
  );
};
