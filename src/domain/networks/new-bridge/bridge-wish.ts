import { compareText } from '../../compare-text';
import { listOf } from '../../lists';
import { toName } from '../../names';
import { checkBridge, checkMapping } from '../attachment';
import type { BridgeProblem, MappingProblem } from '../attachment';
import type { BridgeFacts, NodeReport } from './facts';
import { machineNodes, reportsOf } from './facts';
import type { NicUse } from './nic-use';
import { nicUseOn, nodeBridge } from './nic-use';
import type { ChoiceProblem, NodeChoice } from './node-choice';
import { chooseNodes } from './node-choice';

/** A bridge that no node has yet: a Linux bridge over a free network card or bond; or a bridge mapping on `br-ex`, which needs no card. */
export type BridgeWish =
  | { readonly kind: 'linux-bridge'; readonly name: string; readonly nic: string; readonly nicType: string }
  | { readonly kind: 'localnet'; readonly name: string };

/** The policy of a bridge. Its name follows from the bridge's, so that another try finds what the first one made. */
export const policyNameOf = ({ name }: Pick<BridgeWish, 'name'>): string =>
  `migration-prep-${toName(name, 'bridge')}`.slice(0, 63).replace(/-+$/, '');

/** `BridgeReserved`: OpenShift uses such names itself. */
export type WishProblem = BridgeProblem | MappingProblem | 'BridgeReserved' | 'NicMissing';

/** What is wrong with a name for a new bridge or mapping. */
export const checkNewName = ({ kind, name }: Pick<BridgeWish, 'kind' | 'name'>): WishProblem | undefined => {
  if (kind === 'localnet') return checkMapping(name);
  return checkBridge(name) ?? (reserved.test(name) ? 'BridgeReserved' : undefined);
};

// As the documentation of OpenShift lists them (docs/facts/platform.md §11).
const reserved =
  /^(br0|br-(ext|int|local|nexthop)|ext|int|tun0|ext-vxlan|(k8s|ovn-k8s|patch-br)-.*|(genev|vxlan)_sys_.*)$/;

/** A network card or bond: on which nodes that run virtual machines it is free, and what uses it on the others. */
export interface NicOffer {
  readonly name: string;
  readonly type: string;
  readonly free: readonly string[];
  readonly used: readonly { readonly node: string; readonly use: NicUse }[];
}

/** Cards by name, those that are free on most nodes first. `machines`: how many nodes run virtual machines. */
export const nicOffers = (facts: BridgeFacts): { readonly offers: readonly NicOffer[]; readonly machines: number } => {
  const machines = machineNodes(reportsOf(facts));
  const names = new Map<string, string>();
  for (const { interfaces = [] } of machines)
    for (const { name, type = '' } of interfaces) if (isCard(type)) names.set(name, type);
  const offers = [...names].map(([name, type]): NicOffer => {
    const uses = machines.map((each) => ({ node: nameOf(each), use: nicUseOn(each, name, facts.policies) }));
    return {
      name,
      type,
      free: uses.flatMap(({ node, use }) => (use ? [] : [node])),
      used: uses.flatMap(({ node, use }) => (use ? [{ node, use }] : [])),
    };
  });
  return {
    offers: offers.sort((a, b) => b.free.length - a.free.length || compareText(a.name, b.name)),
    machines: machines.length,
  };
};

const isCard = (type: string): boolean => type === 'ethernet' || type === 'bond';
const nameOf = ({ node }: NodeReport): string => node.metadata.name;

/** The nodes for a wish, or why there are none. */
export const nodesFor = (wish: BridgeWish, facts: BridgeFacts): NodeChoice | ChoiceProblem =>
  chooseNodes(reportsOf(facts), (report) => isAble(wish, facts, report));

/** How many of the nodes that run virtual machines a wish leaves out: there, a Linux bridge's machines are not scheduled. */
export const nodesWithout = (wish: BridgeWish, facts: BridgeFacts): readonly string[] =>
  machineNodes(reportsOf(facts))
    .filter((report) => !isAble(wish, facts, report))
    .map(nameOf);

const isAble = (wish: BridgeWish, { policies }: BridgeFacts, report: NodeReport): boolean => {
  if (wish.kind === 'localnet') return report.switches.some(({ name }) => name === nodeBridge);
  const own = { bridge: wish.name, policy: policyNameOf(wish) };
  return nicUseOn(report, wish.nic, policies, own) === undefined;
};

/** The nodes that have something of that name already. */
export const nodesThatHave = ({ kind, name }: BridgeWish, facts: BridgeFacts): readonly string[] =>
  reportsOf(facts)
    .filter(({ interfaces = [], switches, state }) =>
      kind === 'linux-bridge'
        ? [...interfaces, ...switches].some((each) => each.name === name)
        : listOf(state?.status?.currentState?.ovn?.['bridge-mappings']).some(
            (each) => each.localnet === name && each.state !== 'absent',
          ),
    )
    .map(nameOf);
