import { because, create, deletionOf, patchOf } from '../../change';
import type { Needs, Seen } from '../../cluster';
import type { Plan } from '../../converge';
import type { NodeNetworkConfigurationPolicy } from '../../nmstate-objects';
import { isOurs, owned } from '../../ownership';
import { err, ok } from '../../result';
import type { Text } from '../../translate';
import type { BridgeWish } from './bridge-wish';
import { nodesFor, nodesThatHave, policyNameOf } from './bridge-wish';
import type { BridgeFacts } from './facts';
import { nodeBridge } from './nic-use';
import type { ChoiceProblem, NodeChoice } from './node-choice';
import { isRemoving, removalOf, takesAway } from './policy-removal';
import type { DesiredState } from './policy-removal';

/** Why a bridge is not made. */
export type MakingProblem =
  | ChoiceProblem
  /** Nodes have something of that name already. */
  | { readonly code: 'NameOnNodes'; readonly nodes: readonly string[] }
  /** Somebody else's policy, or one for something else, has the name. */
  | { readonly code: 'PolicyTaken' | 'BeingRemoved' | 'PolicyGone'; readonly policy: string };

/** What nodes are to have. The card is named too, so that it stays up when the bridge is taken away (docs/facts/platform.md §11). */
export const desiredStateOf = (wish: BridgeWish): DesiredState => {
  if (wish.kind === 'localnet')
    return { ovn: { 'bridge-mappings': [{ localnet: wish.name, bridge: nodeBridge, state: 'present' }] } };
  const bridge = { options: { stp: { enabled: false } }, port: [{ name: wish.nic }] };
  return {
    interfaces: [
      { name: wish.nic, type: wish.nicType, state: 'up', ...noAddress },
      { name: wish.name, type: 'linux-bridge', state: 'up', ...noAddress, bridge },
    ],
  };
};

const noAddress = { ipv4: { enabled: false }, ipv6: { enabled: false } } as const;

/** What we need to know of a policy while nodes carry it out. */
export const policyNeeds = (name: string) =>
  ({ policy: { kind: 'nodeNetworkConfigurationPolicies', name } }) as const satisfies Needs;
type PolicySeen = Seen<ReturnType<typeof policyNeeds>>;

/** Makes the policy for one node, unless it is there. Everything is judged by what the nodes report now. */
export const planFirstNode =
  (wish: BridgeWish) =>
  (facts: BridgeFacts): Plan<MakingProblem> => {
    const checked = check(wish, facts);
    if ('code' in checked) return err(checked);
    if (checked.policy) return ok([]);
    const { node, selector } = checked.choice.first;
    const why: Text = (t) =>
      t('No node has {{bridge}} yet. The first to get it is {{node}}.', { bridge: wish.name, node });
    const object: NodeNetworkConfigurationPolicy = {
      metadata: owned({ name: policyNameOf(wish) }),
      spec: { nodeSelector: selector, maxUnavailable: 1, desiredState: desiredStateOf(wish) },
    };
    return ok([because(why, create('nodeNetworkConfigurationPolicies', object))]);
  };

/** Lets the policy be for all nodes of the choice, one after the other. */
export const planAllNodes =
  (wish: BridgeWish) =>
  (facts: BridgeFacts): Plan<MakingProblem> => {
    const checked = check(wish, facts);
    if ('code' in checked) return err(checked);
    const { policy, choice } = checked;
    if (!policy) return err({ code: 'PolicyGone', policy: policyNameOf(wish) });
    if (isSame(policy.spec?.nodeSelector ?? {}, choice.selector)) return ok([]);
    const why: Text = (t) =>
      t('{{node}} has {{bridge}}. The other nodes follow.', { bridge: wish.name, node: choice.first.node });
    const write = patchOf('nodeNetworkConfigurationPolicies', policy, [
      { op: 'replace', path: '/spec/nodeSelector', value: choice.selector },
    ]);
    return ok([because(why, write)]);
  };

const check = (
  wish: BridgeWish,
  facts: BridgeFacts,
): MakingProblem | { readonly policy: NodeNetworkConfigurationPolicy | undefined; readonly choice: NodeChoice } => {
  const name = policyNameOf(wish);
  const policy = facts.policies.find(({ metadata }) => metadata.name === name);
  if (policy && isOurs(policy) && isRemoving(policy)) return { code: 'BeingRemoved', policy: name };
  if (policy && (!isOurs(policy) || !isSame(policy.spec?.desiredState, desiredStateOf(wish))))
    return { code: 'PolicyTaken', policy: name };
  const nodes = policy ? [] : nodesThatHave(wish, facts);
  if (nodes.length > 0) return { code: 'NameOnNodes', nodes };
  const choice = nodesFor(wish, facts);
  return 'code' in choice ? choice : { policy, choice };
};

/** Equal, however the API server orders keys. */
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
};

/** Takes away from the nodes what our policy made. */
export const planTakingBack = ({ policy }: PolicySeen): Plan<never> =>
  ok(policy && isOurs(policy) ? removalOf(policy).map((each) => because(takesAway, each)) : []);

/** Deletes our policy, which changes nothing on nodes. */
export const planPolicyRemoval = ({ policy }: PolicySeen): Plan<never> =>
  ok(
    policy && isOurs(policy)
      ? deletionOf('nodeNetworkConfigurationPolicies', policy).map((each) => because(nothingLeft, each))
      : [],
  );

const nothingLeft: Text = (t) => t('Nothing of this policy is on a node.');
