import { listOf } from '../domain/lists';
import type { ClusterNode, NodeNetworkConfigurationPolicy, NodeNetworkState } from '../domain/nmstate-objects';
import type { MemoryCluster } from './memory-cluster';

/** What a node does with a policy. `never`: NMState does not begin there. `unsure`: the rollback fails too. */
export type NodeManners = 'carries-out' | 'loses-gateway' | 'refuses' | 'unsure' | 'never' | 'stays-at-work';

/** NMState in memory, as far as its policies go. It acts whenever somebody waits. */
export interface MemoryNmstate {
  readonly act: () => void;
  /** From now on. Nodes that are not named carry out. */
  readonly manners: Record<string, NodeManners>;
}

type Status = 'True' | 'False' | 'Unknown';
const conditions = (reason: string, message: string, states: Readonly<Record<string, Status>>) =>
  ['Available', 'Failing', 'Progressing', 'Pending', 'Aborted'].map((type) => ({
    type,
    status: states[type] ?? 'False',
    reason,
    message: states[type] === 'True' ? message : '',
  }));

/**
 * NMState's handlers, one node at a time, as docs/facts/platform.md §11 says: an enactment for each node with the policy's generation; one that
 * fails lets the others abort; one whose policy is deleted goes, and the network of its node stays.
 */
export const memoryNmstate = (cluster: MemoryCluster): MemoryNmstate => {
  const manners: Record<string, NodeManners> = {};

  const enact = (
    node: ClusterNode,
    { metadata }: NodeNetworkConfigurationPolicy,
    status: ReturnType<typeof conditions>,
  ): void => {
    cluster.put('nodeNetworkConfigurationEnactments', {
      metadata: {
        name: `${node.metadata.name}.${metadata.name}`,
        labels: { 'nmstate.io/policy': metadata.name, 'nmstate.io/node': node.metadata.name },
      },
      status: { policyGeneration: metadata.generation ?? 0, conditions: status },
    });
  };

  const actOn = (policy: NodeNetworkConfigurationPolicy): void => {
    const { generation, name } = policy.metadata;
    const selected = cluster
      .all('nodes')
      .filter(({ metadata: { labels } }) =>
        Object.entries(policy.spec?.nodeSelector ?? {}).every(([key, value]) => labels?.[key] === value),
      );
    const stateOf = (node: ClusterNode): string | undefined => {
      const enactment = cluster
        .all('nodeNetworkConfigurationEnactments')
        .find((each) => each.metadata.name === `${node.metadata.name}.${name}`);
      if (enactment?.status?.policyGeneration !== generation) return undefined;
      return enactment?.status?.conditions?.find(({ status }) => status === 'True')?.type;
    };
    const isThere = ({ status, metadata }: ClusterNode): boolean =>
      status?.conditions?.[0]?.status === 'True' && manners[metadata.name] !== 'never';
    const next = selected.find((node) => isThere(node) && !/Available|Failing|Aborted/.test(stateOf(node) ?? ''));
    if (!next) return;
    if (selected.some((node) => stateOf(node) === 'Failing')) {
      enact(next, policy, conditions('ConfigurationAborted', 'aborted', { Aborted: 'True' }));
    } else if (stateOf(next) !== 'Progressing') {
      enact(
        next,
        policy,
        conditions('ConfigurationProgressing', 'Applying desired state', {
          Progressing: 'True',
          Failing: 'Unknown',
          Available: 'Unknown',
        }),
      );
    } else if (manners[next.metadata.name] !== 'stays-at-work') {
      const failed = failures[manners[next.metadata.name] ?? 'carries-out'];
      if (failed !== undefined) {
        enact(next, policy, conditions('FailedToConfigure', failed, { Failing: 'True' }));
      } else {
        enact(next, policy, conditions('SuccessfullyConfigured', 'successfully reconciled', { Available: 'True' }));
        configure(next.metadata.name, policy);
      }
    }
  };

  const configure = (node: string, { spec }: NodeNetworkConfigurationPolicy): void => {
    const state = cluster.all('nodeNetworkStates').find(({ metadata }) => metadata.name === node);
    if (state) cluster.put('nodeNetworkStates', configured(state, spec?.desiredState ?? {}));
  };

  return {
    manners,
    act: () => {
      const policies = cluster.all('nodeNetworkConfigurationPolicies');
      for (const policy of policies) actOn(policy);
      for (const { metadata } of cluster.all('nodeNetworkConfigurationEnactments'))
        if (!policies.some(({ metadata: { name } }) => name === metadata.labels?.['nmstate.io/policy']))
          cluster.remove('nodeNetworkConfigurationEnactments', metadata.name);
    },
  };
};

const failures: Partial<Record<NodeManners, string>> = {
  'loses-gateway':
    'error reconciling NodeNetworkConfigurationPolicy on node at desired state apply: "",\n rolling back desired state configuration: failed runnig probes after network changes: failed runnig probe \'ping\' with after network reconfiguration -> currentState: {"interfaces": []}: context deadline exceeded',
  refuses:
    'error reconciling NodeNetworkConfigurationPolicy on node at desired state apply: "",\n failed to execute nmstatectl apply: exit status 1: NmstateError: VerificationError: Verification failure: br-vms.interface.bridge.port',
  unsure:
    'error reconciling NodeNetworkConfigurationPolicy on node at desired state apply: "",\n rolling back desired state configuration: failed runnig probes after network changes: failed runnig probe \'api-server\' with after network reconfiguration -> currentState: {}: timed out: failed running probes after rollback: context deadline exceeded',
};

/** What a node reports once a policy is carried out there. */
const configured = (
  state: NodeNetworkState,
  { interfaces, ovn }: NonNullable<NonNullable<NodeNetworkConfigurationPolicy['spec']>['desiredState']>,
): NodeNetworkState => {
  const before = state.status?.currentState ?? {};
  const wanted = listOf(interfaces);
  const touched = new Set(wanted.map(({ name }) => name));
  const ports = new Map(
    wanted.flatMap(({ name, state: is, bridge }) =>
      is === 'absent' ? [] : listOf(bridge?.port).map((port) => [port.name, name] as const),
    ),
  );
  const kept = listOf(before.interfaces).filter(({ name, type }) => !touched.has(name) || type === 'ethernet');
  const mappings = listOf(ovn?.['bridge-mappings']);
  const others = listOf(before.ovn?.['bridge-mappings']).filter(
    ({ localnet }) => !mappings.some((each) => each.localnet === localnet),
  );
  return {
    ...state,
    status: {
      currentState: {
        ...before,
        ovn: { 'bridge-mappings': [...others, ...mappings.filter((each) => each.state !== 'absent')] },
        interfaces: [
          ...kept.map(({ controller, ...each }) => {
            const bridge = touched.has(each.name) ? ports.get(each.name) : controller;
            return { ...each, ...(bridge !== undefined && { controller: bridge }) };
          }),
          ...wanted
            .filter((each) => each.type === 'linux-bridge' && each.state !== 'absent')
            .map(({ name = '', bridge }) => ({
              name,
              type: 'linux-bridge',
              state: 'up',
              bridge: { port: listOf(bridge?.port).map((port) => ({ name: port.name ?? '' })) },
            })),
        ],
      },
    },
  };
};
