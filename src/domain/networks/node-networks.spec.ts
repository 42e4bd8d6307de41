import type { BridgePort, NodeInterface, NodeNetworkState } from '../nmstate-objects';
import { plainEnglish } from '../translate';
import { readNodeNetworks } from './node-networks';
import { attachmentSummary, nodeChoices } from './node-text';
import { rangesText } from './vlan-ranges';

const ports = (...names: string[]) => ({ port: names.map((name) => ({ name })) });
const bond: NodeInterface = { name: 'bond0', type: 'bond' };
const vlan = (name: string, id: number, base = 'bond0'): NodeInterface => ({
  name,
  type: 'vlan',
  vlan: { 'base-iface': base, id },
});
const bridge = (...names: string[]): NodeInterface => ({ name: 'br10', type: 'linux-bridge', bridge: ports(...names) });
const node = (name: string, ...interfaces: NodeInterface[]): NodeNetworkState => ({
  metadata: { name },
  status: { currentState: { interfaces } },
});

test.each<[string, NodeNetworkState[], object]>([
  [
    'case 10: its only port is a VLAN interface',
    [node('n1', bond, vlan('bond0.10', 10), bridge('bond0.10'))],
    { state: 'vlan', vlan: 10 },
  ],
  ['whatever that is called', [node('n1', bond, vlan('uplink', 10), bridge('uplink'))], { state: 'vlan', vlan: 10 }],
  [
    'VMs on it change nothing',
    [node('n1', vlan('b.10', 10), { name: 'vnet0', type: 'tun' }, bridge('b.10', 'vnet0', 'veth7'))],
    { state: 'vlan', vlan: 10 },
  ],
  [
    'two uplinks in one VLAN',
    [node('n1', vlan('a.10', 10), vlan('b.10', 10), bridge('a.10', 'b.10'))],
    { state: 'vlan', vlan: 10 },
  ],
  ['uplinks in two VLANs', [node('n1', vlan('a.10', 10), vlan('b.20', 20), bridge('a.10', 'b.20'))], { state: 'open' }],
  [
    'a card beside the VLAN interface',
    [node('n1', bond, vlan('bond0.10', 10), bridge('bond0', 'bond0.10'))],
    { state: 'open' },
  ],
  [
    'a VLAN in a VLAN',
    [node('n1', bond, vlan('bond0.10', 10), vlan('bond0.10.20', 20, 'bond0.10'), bridge('bond0.10.20'))],
    { state: 'open' },
  ],
  ['a bond', [node('n1', bond, bridge('bond0'))], { state: 'open' }],
  ['no port', [node('n1', bridge())], { state: 'none' }],
  [
    'nodes that agree',
    [node('n1', vlan('b.10', 10), bridge('b.10')), node('n2', vlan('c.10', 10), bridge('c.10'))],
    { state: 'vlan', vlan: 10 },
  ],
  [
    'nodes that do not',
    [node('n1', vlan('b.10', 10), bridge('b.10')), node('n2', bond, bridge('bond0'))],
    { state: 'differs' },
  ],
])('%s', (_, states, uplink) => {
  expect(readNodeNetworks(states).bridges.get('br10')).toMatchObject({
    nodes: states.map(({ metadata }) => metadata.name),
    uplink,
  });
});

test('a bridge mapping is what its OVS bridge is', () => {
  const state: NodeNetworkState = {
    metadata: { name: 'n1' },
    status: {
      currentState: {
        interfaces: [
          vlan('bond0.10', 10),
          { name: 'ovs-vms', type: 'ovs-bridge', bridge: ports('bond0.10', 'patch-to-br-int') },
        ],
        ovn: {
          'bridge-mappings': [
            { localnet: 'physnet', bridge: 'ovs-vms', state: 'present' },
            { localnet: 'gone', bridge: 'ovs-vms', state: 'absent' },
          ],
        },
      },
    },
  };
  const { mappings, bridges } = readNodeNetworks([state]);
  expect([...mappings.keys()]).toEqual(['physnet']);
  expect(mappings.get('physnet')).toMatchObject({
    nodes: ['n1'],
    uplink: { state: 'vlan', vlan: 10 },
    over: ['bond0'],
  });
  expect(bridges.size).toBe(0);
});

test.each([false, true])('br-ex is a bridge and an interface of one name, in whatever order (%s)', (isReversed) => {
  const interfaces: NodeInterface[] = [
    { name: 'eno1', type: 'ethernet', mtu: 1500 },
    { name: 'br-ex', type: 'ovs-bridge', bridge: ports('eno1', 'br-ex', 'patch-br-ex_n1-to-br-int') },
    { name: 'br-ex', type: 'ovs-interface', mtu: 1500 },
  ];
  const currentState = {
    interfaces: isReversed ? [...interfaces].reverse() : interfaces,
    ovn: { 'bridge-mappings': [{ localnet: 'physnet', bridge: 'br-ex' }] },
  };
  const { mappings } = readNodeNetworks([{ metadata: { name: 'n1' }, status: { currentState } }]);
  expect(mappings.get('physnet')).toMatchObject({ uplink: { state: 'open' }, over: ['eno1'], isNodeNetwork: true });
});

test('a node that says nothing yet, and one that says nonsense', () => {
  expect(readNodeNetworks([{ metadata: { name: 'n1' } }]).bridges.size).toBe(0);
  const currentState = { interfaces: 'none', ovn: { 'bridge-mappings': {} } } as unknown as object;
  expect(readNodeNetworks([{ metadata: { name: 'n1' }, status: { currentState } }]).mappings.size).toBe(0);
});

describe('VLAN filtering: what passes', () => {
  const on = (name: string, ...port: BridgePort[]) =>
    node(name, bond, { name: 'eth9', type: 'ethernet' }, { name: 'br10', type: 'linux-bridge', bridge: { port } });
  const trunk = (...tags: (number | readonly [number, number])[]): BridgePort => ({
    name: 'bond0',
    vlan: {
      mode: 'trunk',
      'trunk-tags': tags.map((tag) =>
        typeof tag === 'number' ? { id: tag } : { 'id-range': { min: tag[0], max: tag[1] } },
      ),
    },
  });
  test.each<[string, NodeNetworkState[], string | undefined]>([
    ['no filter', [on('n1', { name: 'bond0' })], undefined],
    ['an empty filter, as NMState writes where there is none', [on('n1', { name: 'bond0', vlan: {} })], undefined],
    ['what NMState sets by itself', [on('n1', trunk([2, 4094]))], '2-4094'],
    ['single VLANs and ranges', [on('n1', trunk(300, [10, 20], 21))], '10-21, 300'],
    [
      'the native VLAN',
      [on('n1', { name: 'bond0', vlan: { mode: 'trunk', tag: 7, 'enable-native': true, 'trunk-tags': [{ id: 9 }] } })],
      '7, 9',
    ],
    ['a tag that is not native', [on('n1', { name: 'bond0', vlan: { mode: 'trunk', tag: 7 } })], ''],
    ['an access port', [on('n1', { name: 'bond0', vlan: { mode: 'access', tag: 10 } })], '10'],
    ['one of two uplinks lets it', [on('n1', trunk(10), { ...trunk(20), name: 'eth9' })], '10, 20'],
    ['one of two uplinks filters nothing', [on('n1', trunk(10), { name: 'eth9' })], undefined],
    ['what passes on every node', [on('n1', trunk([10, 30])), on('n2', trunk([20, 40]))], '20-30'],
    ['a node that filters nothing takes nothing away', [on('n1', trunk(10)), on('n2', { name: 'bond0' })], '10'],
    ['a filter of no VLAN at all', [on('n1', { name: 'bond0', vlan: { mode: 'trunk', 'trunk-tags': null } })], ''],
  ])('%s', (_, states, expected) => {
    const allowed = readNodeNetworks(states).bridges.get('br10')?.allowed;
    expect(allowed && rangesText(allowed)).toBe(expected);
  });
});

describe('MTU, uplinks and the nodes that count', () => {
  const sized = (name: string, mtu: number, uplink = 'bond0') =>
    node(name, { name: uplink, type: 'bond', mtu }, { ...bridge(uplink), mtu: 9000 });

  test('the smallest MTU of any node counts, and every uplink is named', () => {
    expect(readNodeNetworks([sized('n1', 9000), sized('n2', 1500, 'bond1')]).bridges.get('br10')).toMatchObject({
      mtu: 1500,
      over: ['bond0', 'bond1'],
      wires: ['n1/bond0', 'n2/bond1'],
    });
  });

  test('a bond of Open vSwitch is what is below it', () => {
    const ovs: NodeInterface = {
      name: 'ovs1',
      type: 'ovs-bridge',
      bridge: { port: [{ name: 'bond1', 'link-aggregation': { port: [{ name: 'eth1' }, { name: 'eth2' }] } }] },
    };
    const state = node('n1', { name: 'eth1', type: 'ethernet', mtu: 9000 }, { name: 'eth2', type: 'ethernet' }, ovs);
    const currentState = {
      ...state.status?.currentState,
      ovn: { 'bridge-mappings': [{ localnet: 'l', bridge: 'ovs1' }] },
    };
    const { mappings } = readNodeNetworks([{ ...state, status: { currentState } }]);
    expect(mappings.get('l')).toMatchObject({ over: ['eth1', 'eth2'], uplink: { state: 'open' }, mtu: 9000 });
  });

  test('only nodes that run virtual machines count, where that is known, and no cordoned one', () => {
    const states = ['worker-1', 'worker-2', 'worker-3', 'master-1'].map((name) => sized(name, 1500));
    const machines = [
      { metadata: { name: 'worker-1' } },
      { metadata: { name: 'worker-2' } },
      { metadata: { name: 'worker-3' }, spec: { unschedulable: true } },
    ];
    const known = readNodeNetworks(states, machines);
    expect([known.nodes, known.isExact, known.bridges.get('br10')?.nodes]).toEqual([2, true, ['worker-1', 'worker-2']]);
    const unknown = readNodeNetworks(states);
    expect([unknown.nodes, unknown.isExact]).toEqual([4, false]);
  });

  test('VLANs on each other are what is below all of them, also where they end in themselves', () => {
    const stacked = node('n1', bond, vlan('v1', 1), vlan('v2', 2, 'v1'), bridge('v2'));
    expect(readNodeNetworks([stacked]).bridges.get('br10')?.over).toEqual(['bond0']);
    const circle = node('n1', vlan('v1', 1, 'v2'), vlan('v2', 2, 'v1'), bridge('v2'));
    expect(readNodeNetworks([circle]).bridges.get('br10')?.nodes).toEqual(['n1']);
  });

  test('the choices say it in a few words, those on most nodes first', () => {
    const wide = (name: string): NodeInterface => ({ name: 'br-all', type: 'linux-bridge', bridge: ports(name) });
    const nodes = readNodeNetworks([node('n1', bond, wide('bond0'), bridge()), node('n2', bond, wide('bond0'))]);
    expect(nodeChoices(plainEnglish, nodes, 'bridges')).toEqual([
      { value: 'br-all', description: '2 of 2 nodes · uplink bond0' },
      { value: 'br10', description: '1 of 2 nodes · no uplink' },
    ]);
    const filtered: NodeInterface = {
      name: 'br10',
      type: 'linux-bridge',
      mtu: 1500,
      bridge: { port: [{ name: 'bond0.10', vlan: { mode: 'trunk', 'trunk-tags': [{ id: 5 }] } }] },
    };
    const inVlan = readNodeNetworks([node('n1', bond, vlan('bond0.10', 10), filtered)]);
    const seen = inVlan.bridges.get('br10');
    expect(seen && attachmentSummary(plainEnglish, seen, inVlan)).toBe(
      '1 of 1 nodes · uplink bond0 · already in VLAN 10, so its networks get no tag · passes VLANs 5 · MTU 1500',
    );
    const odd = readNodeNetworks([node('n1', bond, bridge('bond0')), node('n2', bridge())]).bridges.get('br10');
    expect(odd && attachmentSummary(plainEnglish, odd, inVlan)).toContain('differs between nodes');
  });
});
