import { conditionOf, isTrue } from '../../conditions';
import type { Needs } from '../../cluster';
import type {
  ClusterNode,
  NodeNetworkConfigurationEnactment,
  NodeNetworkConfigurationPolicy,
} from '../../nmstate-objects';
import { isReady } from './facts';

/** What tells how far nodes are with a policy. */
export const rollOutNeeds = (policy: string) =>
  ({
    policy: { kind: 'nodeNetworkConfigurationPolicies', name: policy },
    enactments: { list: 'nodeNetworkConfigurationEnactments', labelSelector: `${policyLabel}=${policy}` },
    nodes: { list: 'nodes' },
  }) as const satisfies Needs;

const policyLabel = 'nmstate.io/policy';
const nodeLabel = 'nmstate.io/node';

/** How a failure left a node. `unsure`: NMState could not see that the node has its earlier network again. */
export type RolledBack = 'yes' | 'unsure';

/**
 * How far a node is. `waiting`: NMState has not begun there. `queued`: other nodes come first. `away`: the node is not ready, as while it
 * restarts; NMState goes on when it is back. `aborted`: not tried, because another node failed.
 */
export type NodeProgress =
  | { readonly node: string; readonly state: 'waiting' | 'queued' | 'working' | 'away' | 'done' | 'aborted' }
  | { readonly node: string; readonly state: 'retrying'; readonly message: string }
  | {
      readonly node: string;
      readonly state: 'failed';
      readonly message: string;
      /** The probe that the node no longer passed, in NMState's words. */
      readonly probe?: string;
      readonly rolledBack: RolledBack;
    };

/** What was seen of a roll-out. */
export interface RollOutSeen {
  readonly policy: NodeNetworkConfigurationPolicy | undefined;
  readonly enactments: readonly NodeNetworkConfigurationEnactment[];
  readonly nodes: readonly ClusterNode[];
}

/**
 * How far each of these nodes is with the policy as it is now. Only enactments of its generation count: conditions of the one before stay until
 * NMState begins, also those of the policy itself (docs/facts/platform.md §11). Nodes that the cluster no longer has are left out.
 */
export const readRollOut = (
  { policy, enactments, nodes }: RollOutSeen,
  wanted: readonly string[],
): readonly NodeProgress[] => {
  const byNode = new Map(
    enactments
      .filter(({ status }) => status?.policyGeneration === policy?.metadata.generation)
      .map((each) => [each.metadata.labels?.[nodeLabel] ?? '', each]),
  );
  const present = new Map(nodes.map((node) => [node.metadata.name, node]));
  return wanted.flatMap((name) => {
    const node = present.get(name);
    return node ? [progressOf(node, byNode.get(name))] : [];
  });
};

const progressOf = (
  cluster: ClusterNode,
  { status }: Pick<NodeNetworkConfigurationEnactment, 'status'> = {},
): NodeProgress => {
  const { name: node } = cluster.metadata;
  const failing = conditionOf(status, 'Failing');
  if (isTrue(status, 'Available')) return { node, state: 'done' };
  if (isTrue(status, 'Aborted')) return { node, state: 'aborted' };
  if (failing?.status === 'True' && !isTrue(status, 'Progressing')) return failureOf(node, failing.message ?? '');
  if (!isReady(cluster)) return { node, state: 'away' };
  if (failing?.status === 'True') return { node, state: 'retrying', message: failing.message ?? '' };
  if (isTrue(status, 'Pending')) return { node, state: 'queued' };
  return { node, state: isTrue(status, 'Progressing') ? 'working' : 'waiting' };
};

/** NMState's message quotes the whole state of the node; only its beginning says why. */
const failureOf = (node: string, message: string): NodeProgress => {
  const [, probe] = /failed runnig probe '([a-z-]+)'/.exec(message) ?? [];
  const isUnsure = /failed (running probes after|calling nmstatectl) rollback/.test(message);
  return {
    node,
    state: 'failed',
    message: shortened(message),
    ...(probe !== undefined && { probe }),
    rolledBack: isUnsure ? 'unsure' : 'yes',
  };
};

const shortened = (message: string): string => {
  const text = message
    .replace(/ -> currentState:[\s\S]*/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

/** How all of it is: a failure on one node is the end, since the others are then not tried. */
export const rollOutState = (progress: readonly NodeProgress[]): 'done' | 'failed' | 'running' => {
  if (progress.some(({ state }) => state === 'failed' || state === 'aborted')) {
    // One that works still ends by itself, and what it comes to matters.
    return progress.some(({ state }) => state === 'working' || state === 'retrying') ? 'running' : 'failed';
  }
  return progress.length > 0 && progress.every(({ state }) => state === 'done') ? 'done' : 'running';
};

/** Whether something of the policy may be on a node: not where NMState never began, or rolled back. */
export const mayBeOnNode = (each: NodeProgress): boolean =>
  each.state === 'failed'
    ? each.rolledBack === 'unsure'
    : each.state !== 'aborted' && each.state !== 'waiting' && each.state !== 'queued';
