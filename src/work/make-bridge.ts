import type { Cluster } from '../domain/cluster';
import { converge, observe } from '../domain/converge';
import type { ConvergeFailure } from '../domain/converge';
import type { ClusterFailure } from '../domain/failure';
import { isTransient } from '../domain/failure';
import {
  planAllNodes,
  planFirstNode,
  planPolicyRemoval,
  planTakingBack,
  policyNeeds,
} from '../domain/networks/new-bridge/bridge-policy';
import type { MakingProblem } from '../domain/networks/new-bridge/bridge-policy';
import { nodesFor, policyNameOf } from '../domain/networks/new-bridge/bridge-wish';
import type { BridgeWish } from '../domain/networks/new-bridge/bridge-wish';
import { bridgeNeeds } from '../domain/networks/new-bridge/facts';
import { mayBeOnNode, readRollOut, rollOutNeeds, rollOutState } from '../domain/networks/new-bridge/roll-out';
import type { NodeProgress, RollOutSeen } from '../domain/networks/new-bridge/roll-out';
import { found, missed, open, patience, poll } from '../domain/patience';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';

/** What is going on. `back`: what was made is taken away again. */
export type MakingPhase = 'first' | 'rest' | 'back';

/** How the host follows it. */
export interface MakingOptions {
  /** Ends the making: what was made until then is taken away. */
  readonly signal: AbortSignal;
  readonly onPhase: (phase: MakingPhase) => void;
  readonly onNodes: (nodes: readonly NodeProgress[]) => void;
}

/** Whether the cluster is again as it was. `left`: the policy stays, because a node did not take the bridge away, or it could not be seen. */
export type TakingBack =
  | { readonly state: 'done' }
  | { readonly state: 'left'; readonly nodes: readonly NodeProgress[]; readonly failure?: ConvergeFailure<never> };

/**
 * Why there is no new bridge. `NotStored`: the policy could not be written; nothing has begun, or what began goes on. `Failed` and `Cancelled`: it was
 * taken back. `Unseen` and `Stalled`: it is not known how it ends; the policy stays, NMState goes on, and another run continues.
 */
export type MakingFailure =
  | { readonly code: 'NotStored'; readonly failure: ConvergeFailure<MakingProblem>; readonly back?: TakingBack }
  | { readonly code: 'Failed'; readonly nodes: readonly NodeProgress[]; readonly back: TakingBack }
  | { readonly code: 'Cancelled'; readonly back: TakingBack }
  | { readonly code: 'Unseen'; readonly failure: ClusterFailure }
  | { readonly code: 'Stalled'; readonly nodes: readonly NodeProgress[] };

/** How waiting for nodes ended. */
type Waited =
  | { readonly end: 'done' | 'failed' | 'stalled'; readonly nodes: readonly NodeProgress[] }
  | { readonly end: 'cancelled' }
  | { readonly end: 'unseen'; readonly failure: ClusterFailure };

/** What is looked at before the policy is written: who may not see how far nodes are must not begin. */
export const makingNeeds = (wish: BridgeWish) => ({
  ...bridgeNeeds,
  enactments: rollOutNeeds(policyNameOf(wish)).enactments,
});

/**
 * Makes a bridge: its policy for one node, then, when that node has it and passed NMState's tests, for all of them. What fails is taken back from
 * the nodes, and its policy deleted. Called again it goes on, whatever was lost in between.
 */
export const makeBridge = async (
  cluster: Cluster,
  wish: BridgeWish,
  { signal, onPhase, onNodes }: MakingOptions,
): Promise<Result<readonly NodeProgress[], MakingFailure>> => {
  const name = policyNameOf(wish);
  const back = (): Promise<TakingBack> => {
    onPhase('back');
    return takeBack(cluster, name, onNodes);
  };
  let nodes: readonly NodeProgress[] = [];
  for (const phase of ['first', 'rest'] as const) {
    onPhase(phase);
    const plan = phase === 'first' ? planFirstNode(wish) : planAllNodes(wish);
    const stored = await converge({ cluster, needs: makingNeeds(wish), plan });
    if (!stored.ok) {
      // One node has it by now, and the others will not.
      const isHalf = phase === 'rest' && stored.error.code === 'Refused';
      return err({ code: 'NotStored', failure: stored.error, ...(isHalf && { back: await back() }) });
    }
    const choice = nodesFor(wish, stored.value);
    if ('code' in choice) return err({ code: 'NotStored', failure: { code: 'Refused', problem: choice } });
    const wanted = phase === 'first' ? [choice.first.node] : choice.nodes;
    const waited = await waitFor(cluster, name, () => wanted, onNodes, signal);
    switch (waited.end) {
      case 'unseen':
        return err({ code: 'Unseen', failure: waited.failure });
      case 'stalled':
        return err({ code: 'Stalled', nodes: waited.nodes });
      case 'cancelled':
        return err({ code: 'Cancelled', back: await back() });
      case 'failed':
        return err({ code: 'Failed', nodes: waited.nodes, back: await back() });
      case 'done':
        nodes = waited.nodes;
    }
  }
  return ok(nodes);
};

/**
 * Takes away from all nodes what a policy of ours made there, and then deletes the policy. Where the policy was for the first node only, and NMState rolled
 * back there or never began, there is nothing to take away.
 */
export const takeBack = async (
  cluster: Cluster,
  policy: string,
  onNodes: (nodes: readonly NodeProgress[]) => void,
): Promise<TakingBack> => {
  const left = (failure: ConvergeFailure<never>): TakingBack => ({ state: 'left', nodes: [], failure });
  const before = await observe(cluster, rollOutNeeds(policy));
  const isClean =
    before.ok &&
    (before.value.policy?.metadata.generation ?? 1) === 1 &&
    !readRollOut(before.value, selectedBy(before.value)).some(mayBeOnNode);
  if (!isClean) {
    const turned = await converge({ cluster, needs: policyNeeds(policy), plan: planTakingBack });
    if (!turned.ok) return left(turned.error);
    const waited = await waitFor(cluster, policy, selectedBy, onNodes);
    if (waited.end === 'unseen') return left({ code: 'ReadFailed', failure: waited.failure });
    if (waited.end !== 'done') return { state: 'left', nodes: 'nodes' in waited ? waited.nodes : [] };
  }
  const gone = await converge({ cluster, needs: policyNeeds(policy), plan: planPolicyRemoval });
  return gone.ok ? { state: 'done' } : left(gone.error);
};

/** The nodes that a policy is for. */
const selectedBy = ({ policy, nodes }: RollOutSeen): readonly string[] =>
  nodes
    .filter(({ metadata: { labels } }) =>
      Object.entries(policy?.spec?.nodeSelector ?? {}).every(([key, value]) => labels?.[key] === value),
    )
    .map(({ metadata }) => metadata.name);

/** Looks until all nodes are through, one failed, or nothing has moved for long. */
const waitFor = (
  cluster: Cluster,
  policy: string,
  wantedIn: (seen: RollOutSeen) => readonly string[],
  onNodes: (nodes: readonly NodeProgress[]) => void,
  signal?: AbortSignal,
): Promise<Waited> => {
  let last = '';
  return poll<Waited>(cluster, patience.rollOut, async () => {
    if (signal?.aborted) return found({ end: 'cancelled' });
    const seen = await observe(cluster, rollOutNeeds(policy));
    if (!seen.ok) {
      const unseen = { end: 'unseen', failure: seen.error } as const;
      return isTransient(seen.error) ? missed(unseen) : found(unseen);
    }
    // Nobody carries out what is gone.
    if (!seen.value.policy) return found({ end: 'unseen', failure: goneOf(policy) });
    const wanted = wantedIn(seen.value);
    const nodes = readRollOut(seen.value, wanted);
    onNodes(nodes);
    if (wanted.length === 0) return found({ end: 'done', nodes });
    const end = rollOutState(nodes);
    if (end !== 'running') return found({ end, nodes });
    const now = JSON.stringify(nodes);
    const isMoving = now !== last;
    last = now;
    return isMoving ? open : missed({ end: 'stalled', nodes });
  });
};

const goneOf = (name: string): ClusterFailure => ({
  code: 'NotFound',
  message: '',
  kind: 'nodeNetworkConfigurationPolicies',
  verb: 'get',
  name,
});
