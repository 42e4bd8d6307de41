import { card, nodeOf, reportOf } from '../../../testing/cards';
import type { NodeInterface, NodeNetworkConfigurationPolicy } from '../../nmstate-objects';
import { plainEnglish } from '../../translate';
import { makingProblemText, nicOfferText, wishProblemText } from './bridge-text';
import { checkNewName, nicOffers, nodesFor, nodesThatHave, nodesWithout, policyNameOf } from './bridge-wish';
import type { BridgeWish } from './bridge-wish';

const wish: BridgeWish = { kind: 'linux-bridge', name: 'br-vms', nic: 'eno2', nicType: 'ethernet' };
const workers = ['worker-0', 'worker-1', 'worker-2'];
const factsOf = (
  cards: (name: string) => readonly NodeInterface[],
  policies: readonly NodeNetworkConfigurationPolicy[] = [],
) => ({
  nodes: workers.map((name) => nodeOf(name)),
  states: workers.map((name) => reportOf(name, ...cards(name))),
  policies,
});
const textOf = (facts: Parameters<typeof nicOffers>[0], name: string): string | undefined => {
  const { offers, machines } = nicOffers(facts);
  const offer = offers.find((each) => each.name === name);
  return offer && nicOfferText(plainEnglish, offer, machines);
};

test.each<[string, NodeInterface | readonly NodeInterface[], string]>([
  ['a card that is up and that nothing uses', card('eno2'), 'Free on 3 of 3 nodes that run virtual machines.'],
  ['a bond', card('eno2', { type: 'bond' }), 'Free on 3 of 3 nodes that run virtual machines.'],
  ['an address of the link only', card('eno2', { ipv6: { enabled: true, address: [{ ip: 'fe80::1' }] } }), 'Free on 3'],
  ['a port of br-ex', card('eno2', { controller: 'br-ex' }), 'it carries the traffic of the node.'],
  ['a port of a bond', card('eno2', { controller: 'bond0' }), 'it is a port of bond0.'],
  [
    'a port that only the bridge tells',
    [card('eno2'), { name: 'br9', type: 'linux-bridge', bridge: { port: [{ name: 'eno2' }] } }],
    'it is a port of br9.',
  ],
  [
    'a port of a bond that Open vSwitch makes',
    [
      card('eno2'),
      {
        name: 'ovs9',
        type: 'ovs-bridge',
        bridge: { port: [{ name: 'b', 'link-aggregation': { port: [{ name: 'eno2' }] } }] },
      },
    ],
    'it is a port of ovs9.',
  ],
  [
    'an address',
    card('eno2', { ipv4: { enabled: true, address: [{ ip: '10.1.1.1' }] } }),
    'it has the address 10.1.1.1.',
  ],
  [
    'an address of IPv6',
    card('eno2', { ipv6: { enabled: true, address: [{ ip: 'fd00::1' }] } }),
    'the address fd00::1.',
  ],
  [
    'a VLAN on it',
    [card('eno2'), { name: 'eno2.7', type: 'vlan', vlan: { 'base-iface': 'eno2', id: 7 } }],
    'eno2.7 is on it.',
  ],
  ['a card that is down', card('eno2', { state: 'down' }), 'it is down: check its cable and its switch port.'],
])('%s', (_, cards, text) => {
  expect(
    textOf(
      factsOf(() => [cards].flat()),
      'eno2',
    ),
  ).toContain(text);
});

test('a card with a default route of its own, or another route, is not free', () => {
  const via = (destination: string) => {
    const facts = factsOf(() => [card('eno2')]);
    const states = facts.states.map((state) => ({
      ...state,
      status: {
        currentState: {
          ...state.status?.currentState,
          routes: { running: [{ destination, 'next-hop-interface': 'eno2' }] },
        },
      },
    }));
    return textOf({ ...facts, states }, 'eno2');
  };
  expect(via('0.0.0.0/0')).toContain('it carries the traffic of the node.');
  expect(via('::/0')).toContain('it carries the traffic of the node.');
  expect(via('10.9.0.0/16')).toContain('a route leads through it.');
});

test('a card that a policy of others is about is not free, even where nothing of it has been carried out', () => {
  const policy = (name: string, port: string): NodeNetworkConfigurationPolicy => ({
    metadata: { name },
    spec: { desiredState: { interfaces: [{ name: 'br1', bridge: { port: [{ name: port }] } }] } },
  });
  expect(
    textOf(
      factsOf(() => [card('eno2')], [policy('storage', 'eno2')]),
      'eno2',
    ),
  ).toContain('the policy storage is about it');
  expect(
    nodesFor(
      wish,
      factsOf(() => [card('eno2')], [policy(policyNameOf(wish), 'eno2')]),
    ),
  ).toMatchObject({ nodes: workers });
});

test("the nodes' own card is never offered, and cards that some nodes have come with the count and the reason", () => {
  const facts = factsOf((name) => (name === 'worker-2' ? [] : [card('eno2'), card('eno3', { controller: 'bond0' })]));
  const { offers } = nicOffers(facts);
  expect(offers.map(({ name, free }) => [name, free.length])).toEqual([
    ['eno2', 2],
    ['eno1', 0],
    ['eno3', 0],
  ]);
  expect(textOf(facts, 'eno2')).toBe('Free on 2 of 3 nodes that run virtual machines. worker-2: it has no such card.');
  expect(textOf(facts, 'eno1')).toBe(
    'Not free on any node. worker-0, worker-1, worker-2: it carries the traffic of the node.',
  );
  expect(nodesWithout(wish, facts)).toEqual(['worker-2']);
});

describe('the nodes of the policy', () => {
  const free = factsOf(() => [card('eno2')]);

  test('are those with the label of workers, the first of them first', () => {
    expect(nodesFor(wish, free)).toEqual({
      first: { node: 'worker-0', selector: { 'kubernetes.io/hostname': 'worker-0' } },
      selector: { 'node-role.kubernetes.io/worker': '' },
      nodes: workers,
    });
  });

  test('begin with one that is ready', () => {
    const nodes = [nodeOf('worker-0', {}, 'False'), nodeOf('worker-1'), nodeOf('worker-2', {}, 'Unknown')];
    expect(nodesFor(wish, { ...free, nodes })).toMatchObject({ first: { node: 'worker-1' } });
  });

  test('never include one whose card carries traffic or that reports nothing, also where it runs no virtual machines', () => {
    const master = nodeOf('master-0', { 'kubevirt.io/schedulable': 'false' });
    const facts = { ...free, nodes: [...free.nodes, master] };
    // It is a worker too, so that the label of workers would ask it as well.
    expect(nodesFor(wish, facts)).toMatchObject({ selector: { 'kubevirt.io/schedulable': 'true' }, nodes: workers });
    const busy = { ...facts, states: [...facts.states, reportOf('master-0', card('eno2', { controller: 'br-ex' }))] };
    expect(nodesFor(wish, busy)).toMatchObject({ selector: { 'kubevirt.io/schedulable': 'true' } });
    const able = { ...facts, states: [...facts.states, reportOf('master-0', card('eno2'))] };
    expect(nodesFor(wish, able)).toMatchObject({ selector: { 'node-role.kubernetes.io/worker': '' } });
  });

  test('are found by a label of their own where only some have the card; without one, the remedy is said', () => {
    const some = factsOf((name) => (name === 'worker-2' ? [] : [card('eno2')]));
    const choice = nodesFor(wish, some);
    expect(choice).toEqual({ code: 'NoLabel', nodes: ['worker-0', 'worker-1'] });
    if (!('code' in choice)) return;
    expect(makingProblemText(plainEnglish, choice)).toContain(
      'no label tells worker-0, worker-1 from nodes that cannot',
    );
    const nodes = some.nodes.map((each) =>
      each.metadata.name === 'worker-2' ? each : nodeOf(each.metadata.name, { rack: 'b' }),
    );
    expect(nodesFor(wish, { ...some, nodes })).toMatchObject({
      selector: { rack: 'b' },
      nodes: ['worker-0', 'worker-1'],
    });
  });

  test('may be a single one', () => {
    const one = factsOf((name) => (name === 'worker-1' ? [card('eno2')] : []));
    expect(nodesFor(wish, one)).toEqual({
      first: { node: 'worker-1', selector: { 'kubernetes.io/hostname': 'worker-1' } },
      selector: { 'kubernetes.io/hostname': 'worker-1' },
      nodes: ['worker-1'],
    });
    expect(
      nodesFor(
        wish,
        factsOf(() => []),
      ),
    ).toEqual({ code: 'NoNode' });
  });

  test('are, for a mapping, those with br-ex; and all that may run pods where KubeVirt marks none', () => {
    const mapping: BridgeWish = { kind: 'localnet', name: 'vm-network' };
    const unmarked = workers.map((name) => nodeOf(name, { 'kubevirt.io/schedulable': '' }));
    expect(nodesFor(mapping, { ...free, nodes: unmarked })).toMatchObject({ nodes: workers });
    const states = free.states.map((each) => ({
      metadata: each.metadata,
      status: { currentState: { interfaces: [card('eno1')] } },
    }));
    expect(nodesFor(mapping, { ...free, states })).toEqual({ code: 'NoNode' });
  });
});

test('what nodes have already is found, also where it is an interface of another kind', () => {
  const facts = factsOf(() => [{ name: 'br-vms', type: 'ovs-interface' }]);
  expect(nodesThatHave(wish, facts)).toEqual(workers);
  expect(nodesThatHave({ kind: 'localnet', name: 'physnet' }, facts)).toEqual(workers);
  expect(nodesThatHave({ kind: 'localnet', name: 'br-vms' }, facts)).toEqual([]);
});

test.each([
  ['linux-bridge', 'br-vms', undefined],
  ['linux-bridge', '', 'Enter a name'],
  ['linux-bridge', 'br0', 'OpenShift uses this name itself.'],
  ['linux-bridge', 'vxlan_sys_4789', 'OpenShift uses this name itself.'],
  ['linux-bridge', 'br-ex', 'OpenShift uses this name itself.'],
  ['linux-bridge', 'a-name-that-is-too-long', '15'],
  ['localnet', 'a:b', 'no spaces'],
  ['localnet', 'vm-network', undefined],
] as const)('%s "%s"', (kind, name, text) => {
  const problem = checkNewName({ kind, name });
  if (text === undefined) expect(problem).toBeUndefined();
  else expect(problem && wishProblemText(plainEnglish, problem)).toContain(text);
});
