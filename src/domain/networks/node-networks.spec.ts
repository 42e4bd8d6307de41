import type { NodeInterface, NodeNetworkState } from '../platform-objects';
import { plainEnglish } from '../translate';
import { nodeAttachmentText, readNodeNetworks } from './node-networks';

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
  expect(readNodeNetworks(states).bridges.get('br10')).toEqual({
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
  expect([...mappings]).toEqual([['physnet', { nodes: ['n1'], uplink: { state: 'vlan', vlan: 10 } }]]);
  expect(bridges.size).toBe(0);
});

test('a node that says nothing yet', () => {
  expect(readNodeNetworks([{ metadata: { name: 'n1' } }]).bridges.size).toBe(0);
  expect(nodeAttachmentText(plainEnglish, 'br1', undefined)).toBe('No node has br1 yet.');
});
