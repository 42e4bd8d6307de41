import type { Translate } from '../../translate';
import type { MakingProblem } from './bridge-policy';
import type { BridgeWish, NicOffer, WishProblem } from './bridge-wish';
import type { NicUse } from './nic-use';
import type { NodeProgress } from './roll-out';

/** Why a card is not free on a node, as the end of "worker-0: ". */
export const nicUseText = (t: Translate, use: NicUse): string => {
  switch (use.code) {
    case 'Silent':
      return t('NMState reports nothing of it');
    case 'Absent':
      return t('it has no such card');
    case 'NodeNetwork':
      return t('it carries the traffic of the node');
    case 'PortOf':
      return t('it is a port of {{other}}', { other: use.other });
    case 'Address':
      return t('it has the address {{other}}', { other: use.other });
    case 'Routes':
      return t('a route leads through it');
    case 'Below':
      return t('{{other}} is on it', { other: use.other });
    case 'Down':
      return t('it is down: check its cable and its switch port');
    case 'Policy':
      return t('the policy {{other}} is about it', { other: use.other });
  }
};

/** What is said of a card: on how many of the nodes that run virtual machines it is free, and why not on the others. */
export const nicOfferText = (t: Translate, { free, used }: NicOffer, machines: number): string =>
  [
    free.length === 0
      ? t('Not free on any node.')
      : t('Free on {{nodes}} of {{all}} nodes that run virtual machines.', { nodes: free.length, all: machines }),
    ...reasonsOf(t, used),
  ].join(' ');

/** The same reason is said once, with all of its nodes. */
const reasonsOf = (t: Translate, used: NicOffer['used']): readonly string[] => {
  const nodes = new Map<string, string[]>();
  for (const { node, use } of used) {
    const text = nicUseText(t, use);
    nodes.set(text, [...(nodes.get(text) ?? []), node]);
  }
  return [...nodes].map(([reason, names]) => t('{{nodes}}: {{reason}}.', { nodes: namesText(names), reason }));
};

const namesText = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')}, …` : names.join(', ');

/** What is wrong with what was entered, with the remedy. */
export const wishProblemText = (t: Translate, problem: WishProblem): string => {
  switch (problem) {
    case 'BridgeEmpty':
      return t('Enter a name, such as br-vms.');
    case 'BridgeTooLong':
      return t('The name of a Linux bridge has at most 15 characters.');
    case 'BridgeSyntax':
      return t('Use only letters, digits, "-", "_" and ".". Begin and end with a letter or digit.');
    case 'BridgeOfOvn':
    case 'BridgeReserved':
      return t('OpenShift uses this name itself. Choose another, such as br-vms.');
    case 'MappingEmpty':
      return t('Enter a name, such as vm-network.');
    case 'MappingSyntax':
      return t('The name of a bridge mapping has at most 63 characters and no spaces, ":", "," or "/".');
    case 'NicMissing':
      return t('Choose a network card that is free.');
  }
};

/** Why a bridge is not made, and what to do. */
export const makingProblemText = (t: Translate, problem: MakingProblem): string => {
  switch (problem.code) {
    case 'NoNode':
      return t('No node that runs virtual machines can have it: what the nodes report has changed. Choose again.');
    case 'NoLabel':
      return t(
        'A policy chooses nodes by a label, and no label tells {{nodes}} from nodes that cannot have it. Give exactly these nodes a label of their own, such as "oc label node {{first}} vm-network=yes" for each, then retry.',
        { nodes: namesText(problem.nodes), first: problem.nodes[0] ?? '' },
      );
    case 'NameOnNodes':
      return t('{{nodes}} already have something of this name. Choose another name, or choose it from the list.', {
        nodes: namesText(problem.nodes),
      });
    case 'PolicyTaken':
      return t('There already is another policy named {{policy}}. Choose another name for the bridge.', {
        policy: problem.policy,
      });
    case 'BeingRemoved':
      return t(
        'The policy {{policy}} is taking this bridge away from the nodes. Undo it on the Summary to the end, or choose another name.',
        { policy: problem.policy },
      );
    case 'PolicyGone':
      return t('Somebody deleted the policy {{policy}} meanwhile. The bridge is still on nodes that had it already.', {
        policy: problem.policy,
      });
  }
};

/** How far a node is, in words. */
export const nodeProgressText = (t: Translate, each: NodeProgress): string => {
  switch (each.state) {
    case 'waiting':
      return t('Waiting for NMState');
    case 'queued':
      return t('Waiting for the nodes before it');
    case 'working':
      return t('NMState changes the network and tests it');
    case 'away':
      return t('The node is not ready, as while it restarts. NMState goes on when it is back.');
    case 'done':
      return t('Done');
    case 'aborted':
      return t('Not tried, because another node failed');
    case 'retrying':
      return t('NMState tries again: {{message}}', { message: each.message });
    case 'failed':
      return [
        each.probe === undefined
          ? t('Failed: {{message}}', { message: each.message })
          : t('Failed: {{lost}}.', { lost: lostText(t, each.probe) }),
        each.rolledBack === 'yes'
          ? t('NMState rolled back: the node has its earlier network again.')
          : t('Whether the node has its earlier network again is not known: look at the node.'),
      ].join(' ');
  }
};

const lostText = (t: Translate, probe: string): string => {
  switch (probe) {
    case 'ping':
      return t('the node no longer reached its default gateway');
    case 'dns':
      return t('the node no longer reached its name server');
    case 'api-server':
      return t('the node no longer reached the API server');
    case 'node-readiness':
      return t('the node was no longer ready');
    default:
      return t('the node did not pass the test "{{probe}}"', { probe });
  }
};

/** What can go wrong, said before anything is written. */
export const dangerText = (t: Translate, { kind }: Pick<BridgeWish, 'kind'>): string =>
  kind === 'linux-bridge'
    ? t(
        'This changes the network of nodes. A card that carries traffic which NMState does not report, such as storage without an address, loses it. NMState tests gateway, name server, API server and node, and rolls back what breaks them, which may take some minutes. One node gets the bridge first; the others follow one by one. Nodes with the same label that are added later get it too.',
      )
    : t(
        'This changes Open vSwitch on nodes, not their cards or addresses. Virtual machines will share the cards of the nodes, so the switch ports behind them must carry the VLANs. NMState tests each node and rolls back what breaks it. One node gets the mapping first; the others follow one by one.',
      );

/** What becomes of the nodes that do not get it. */
export const leftOutText = (t: Translate, { kind }: Pick<BridgeWish, 'kind'>, without: readonly string[]): string =>
  kind === 'linux-bridge'
    ? t('{{number}} nodes do not get it: {{nodes}}. Virtual machines with its networks do not run there.', {
        number: without.length,
        nodes: namesText(without),
      })
    : t('{{number}} nodes do not get it: {{nodes}}. Virtual machines with its networks do not start there.', {
        number: without.length,
        nodes: namesText(without),
      });
