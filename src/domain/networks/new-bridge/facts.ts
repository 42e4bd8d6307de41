import type { Needs, Seen } from '../../cluster';
import { compareText } from '../../compare-text';
import { isTrue } from '../../conditions';
import { listOf } from '../../lists';
import type { ClusterNode, NodeInterface, NodeNetworkState } from '../../nmstate-objects';

/** What tells which network cards are free, and on which nodes. */
export const bridgeNeeds = {
  states: { list: 'nodeNetworkStates' },
  nodes: { list: 'nodes' },
  policies: { list: 'nodeNetworkConfigurationPolicies' },
} as const satisfies Needs;

/** The same, as it was seen. */
export type BridgeFacts = Seen<typeof bridgeNeeds>;

/** What NMState reports of one node. */
export interface NodeReport {
  readonly node: ClusterNode;
  /** Without those of Open vSwitch that have the name of their bridge; `undefined`: it reports nothing. */
  readonly interfaces: readonly NodeInterface[] | undefined;
  readonly switches: readonly NodeInterface[];
  readonly state: NodeNetworkState | undefined;
}

/** The nodes by name, each with its report. */
export const reportsOf = ({ states, nodes }: Pick<BridgeFacts, 'states' | 'nodes'>): readonly NodeReport[] => {
  const byName = new Map(states.map((state) => [state.metadata.name, state]));
  return [...nodes]
    .sort((a, b) => compareText(a.metadata.name, b.metadata.name))
    .map((node) => {
      const state = byName.get(node.metadata.name);
      const reported = listOf(state?.status?.currentState?.interfaces);
      return {
        node,
        state,
        interfaces: reported.length > 0 ? reported.filter(({ type }) => type !== 'ovs-bridge') : undefined,
        switches: reported.filter(({ type }) => type === 'ovs-bridge'),
      };
    });
};

/** Whether the node is there: the kubelet says so. NMState carries nothing out on others. */
export const isReady = ({ status }: ClusterNode): boolean => isTrue(status, 'Ready');

/** The nodes that virtual machines run on; all that may run pods while KubeVirt marks none (docs/facts/platform.md §10). */
export const machineNodes = (reports: readonly NodeReport[]): readonly NodeReport[] => {
  const open = reports.filter(({ node }) => !node.spec?.unschedulable);
  const marked = open.filter(({ node }) => node.metadata.labels?.['kubevirt.io/schedulable'] === 'true');
  return marked.length > 0 ? marked : open;
};
