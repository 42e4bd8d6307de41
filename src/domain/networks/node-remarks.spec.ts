import type { NodeInterface, NodeNetworkConfigurationPolicy, NodeNetworkState } from '../nmstate-objects';
import { plainEnglish } from '../translate';
import { emptyAttachment } from './attachment';
import type { AttachmentDraft } from './attachment';
import { readNodeNetworks } from './node-networks';
import { readNodePolicies } from './node-policies';
import { remarksOnChoice } from './node-remarks';
import { remarkText } from './node-text';
import type { SourceSwitch } from './switches';
import type { Vlan } from './vlan';

const dvs: SourceSwitch = { id: 'dvs-8', name: 'dvs', kind: 'distributed', hosts: ['esx1'], withoutUplink: [] };
const on = (patch: Partial<AttachmentDraft>): AttachmentDraft => ({ ...emptyAttachment(dvs), ...patch });
const mapped = (mapping: string, rest: Partial<AttachmentDraft> = {}) => on({ kind: 'localnet', mapping, ...rest });
const bridge = (name: string, port: string, vlan = {}): NodeInterface => ({
  name,
  type: 'linux-bridge',
  bridge: { port: [{ name: port, vlan }] },
});
const ovs: NodeInterface = { name: 'br-ex', type: 'ovs-bridge', bridge: { port: [{ name: 'eno1' }] } };
const node = (name: string, ...interfaces: NodeInterface[]): NodeNetworkState => ({
  metadata: { name },
  status: {
    currentState: {
      interfaces: [
        { name: 'bond0', type: 'bond', mtu: 1500 },
        { name: 'bond0.10', type: 'vlan', mtu: 1500, vlan: { 'base-iface': 'bond0', id: 10 } },
        { name: 'eno1', type: 'ethernet', mtu: 1400 },
        ...interfaces,
      ],
      ovn: {
        'bridge-mappings': interfaces.includes(ovs) ? [{ localnet: 'physnet', bridge: 'br-ex', state: 'present' }] : [],
      },
    },
  },
});
const policy = (
  name: string,
  bridge_: string,
  nodeSelector: Record<string, string> = {},
  condition?: string,
): NodeNetworkConfigurationPolicy => ({
  metadata: { name },
  spec: {
    nodeSelector,
    desiredState: {
      interfaces: [{ name: bridge_ }],
      ovn: {
        'bridge-mappings': [
          { localnet: 'physnet', bridge: bridge_ },
          { localnet: 'gone', bridge: name, state: 'absent' },
        ],
      },
    },
  },
  ...(condition !== undefined && { status: { conditions: [{ type: condition, status: 'True' }] } }),
});

const filter = { mode: 'trunk', 'trunk-tags': [{ 'id-range': { min: 10, max: 20 } }, { id: 30 }] };
const all = ['n1', 'n2'];
const even = (...interfaces: NodeInterface[]) => all.map((name) => node(name, ...interfaces));
const odd = (...interfaces: NodeInterface[]) => [node('n1', ...interfaces), node('n2')];

test.each<[string, NodeNetworkState[], AttachmentDraft, readonly Vlan[], readonly string[]]>([
  ['fits', even(bridge('br1', 'bond0', filter)), on({ bridge: 'br1' }), [10, 30, undefined], []],
  ['nothing named yet', even(), on({}), [10], []],
  ['nothing decided', even(), { ...on({}), kind: 'none' }, [10], []],
  ['on no node', even(), on({ bridge: 'br1' }), [10], ['No node has br1 yet.']],
  [
    'a bridge on one node: VMs are scheduled there',
    odd(bridge('br1', 'bond0')),
    on({ bridge: 'br1' }),
    [10],
    ['br1 is on 1 of 2 nodes. Its virtual machines run only there.'],
  ],
  [
    'a mapping on one node: VMs elsewhere do not start',
    odd(ovs),
    mapped('physnet', { mtu: '1400' }),
    [10],
    ['physnet is on 1 of 2 nodes. On the others, its virtual machines do not start.'],
  ],
  [
    'in other VLANs',
    [node('n1', bridge('br1', 'bond0.10')), node('n2', bridge('br1', 'bond0'))],
    on({ bridge: 'br1' }),
    [10],
    ['The nodes have br1 in different VLANs.'],
  ],
  [
    'no uplink',
    even(bridge('br1', 'veth1')),
    on({ bridge: 'br1' }),
    [],
    ['br1 has no uplink, so its virtual machines reach only those on the same node.'],
  ],
  [
    'MTU above the uplink',
    even(bridge('br1', 'bond0')),
    on({ bridge: 'br1', mtu: '9000' }),
    [10],
    ['The MTU 9000 is above that of br1 on the nodes, 1500. Larger frames are dropped.'],
  ],
  ['an MTU that is none is said elsewhere', even(bridge('br1', 'bond0')), on({ bridge: 'br1', mtu: 'x' }), [10], []],
  [
    'case 2: the usual MTU of a localnet above its uplink',
    even(ovs),
    mapped('physnet'),
    [10],
    ['The MTU 1500 is above that of physnet on the nodes, 1400. Larger frames are dropped.'],
  ],
  [
    'VLANs that the filter holds back',
    even(bridge('br1', 'bond0', filter)),
    on({ bridge: 'br1' }),
    [10, 21, 22, 400, { trunk: '12-35' }],
    ['br1 does not pass the VLANs 12-35, 400, only 10-20, 30. Allow them in the node network configuration policy.'],
  ],
  [
    'case 10: in its VLAN already, nothing is tagged',
    even(bridge('br1', 'bond0.10', filter)),
    on({ bridge: 'br1' }),
    [50],
    [],
  ],
  ['said to be in a VLAN already', even(bridge('br1', 'bond0', filter)), on({ bridge: 'br1', inVlan: '50' }), [50], []],
])('%s', (_, states, attachment, vlans, expected) => {
  const nodes = readNodeNetworks(
    states,
    all.map((name) => ({ metadata: { name } })),
  );
  const name = attachment.kind === 'localnet' ? attachment.mapping : attachment.bridge;
  expect(remarksOnChoice(nodes, attachment, vlans).map((each) => remarkText(plainEnglish, name, each))).toEqual(
    expected,
  );
});

test('where it is not known which nodes run VMs, that is said', () => {
  const [remark] = remarksOnChoice(readNodeNetworks(odd(bridge('br1', 'bond0'))), on({ bridge: 'br1' }), []);
  expect(remark && remarkText(plainEnglish, 'br1', remark)).toMatch(
    /Which of the nodes run virtual machines is not known\.$/,
  );
});

test.each<[string, NodeNetworkConfigurationPolicy[], readonly string[]]>([
  ['one policy', [policy('a', 'br-ex')], []],
  ['two that agree', [policy('a', 'br-ex'), policy('b', 'br-ex')], []],
  [
    'two that do not',
    [policy('b', 'ovs1'), policy('a', 'br-ex')],
    ['The policies a, b put physnet on different bridges: br-ex, ovs1. Make them alike.'],
  ],
  ['two for different nodes', [policy('a', 'br-ex', { zone: 'x' }), policy('b', 'ovs1', { zone: 'y' })], []],
  [
    'two for nodes that may be the same',
    [policy('a', 'br-ex', { zone: 'x' }), policy('b', 'ovs1', { rack: 'y' })],
    ['The policies a, b put physnet on different bridges: br-ex, ovs1. Make them alike.'],
  ],
  [
    'one that failed',
    [policy('a', 'br-ex', {}, 'Degraded')],
    ['The policy a failed on some nodes. See its enactments for the reason.'],
  ],
  ['one that runs', [policy('a', 'br-ex', {}, 'Progressing')], ['The policy a is still being carried out.']],
  [
    'one that failed among some that run',
    [policy('a', 'br-ex', {}, 'Degraded'), policy('b', 'br-ex', {}, 'Progressing')],
    ['The policy a failed on some nodes. See its enactments for the reason.'],
  ],
])('policies: %s', (_, policies, expected) => {
  const nodes = readNodeNetworks(even(ovs), [], readNodePolicies(policies));
  const remarks = remarksOnChoice(nodes, mapped('physnet', { mtu: '1400' }), [10]);
  expect(remarks.map((each) => remarkText(plainEnglish, 'physnet', each))).toEqual(expected);
  expect(nodes.policies.conflicts.has('gone')).toBe(false);
});

test('a policy that was never read, or says nonsense', () => {
  const odd_ = [
    { metadata: { name: 'a' } },
    { metadata: { name: 'b' }, spec: { desiredState: { interfaces: {} as never } } },
  ];
  expect(readNodePolicies(odd_).open.size).toBe(0);
});
