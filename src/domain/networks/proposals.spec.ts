import type { NodeInterface, NodeNetworkState } from '../nmstate-objects';
import { plainEnglish } from '../translate';
import { emptyNetworksDraft, withProposals } from './draft';
import type { NetworksDraft } from './draft';
import { readNodeNetworks } from './node-networks';
import { proposalText } from './node-text';
import type { PortGroup } from './port-groups';
import { proposeAttachments } from './proposals';
import type { SourceSwitch } from './switches';
import type { VlanReading } from './vlan';

const source = (id: string, rest: Partial<SourceSwitch> = {}): SourceSwitch => ({
  id,
  name: id,
  kind: 'distributed',
  hosts: ['esx1'],
  withoutUplink: [],
  ...rest,
});
const group = (vlan: number | 'untagged' | 'trunk', on = source('a')): PortGroup => {
  const readings: Record<string, VlanReading> = {
    untagged: { state: 'untagged' },
    trunk: { state: 'trunk', ranges: '10-20' },
  };
  const id = `${on.id} ${String(vlan)}`;
  const reading = typeof vlan === 'number' ? ({ state: 'vlan', vlan } as const) : readings[vlan];
  return {
    id,
    name: id,
    path: id,
    label: id,
    reading: reading ?? { state: 'unknown' },
    vms: 1,
    nicsPerVm: 1,
    switch: on,
  };
};
const trunk = (min: number, max: number) => ({ mode: 'trunk', 'trunk-tags': [{ 'id-range': { min, max } }] });
const bridge = (name: string, port: string, vlan = {}): NodeInterface => ({
  name,
  type: 'linux-bridge',
  bridge: { port: [{ name: port, vlan }] },
});
const ovs = (name: string, port: string): NodeInterface => ({ ...bridge(name, port), type: 'ovs-bridge' });
const node = (name: string, ...bridges: NodeInterface[]): NodeNetworkState => ({
  metadata: { name },
  status: {
    currentState: {
      interfaces: [
        ...['eno1', 'eno2', 'eno3'].map((card) => ({ name: card, type: 'ethernet', mtu: 1500 })),
        { name: 'eno1.10', type: 'vlan', vlan: { 'base-iface': 'eno1', id: 10 } },
        { name: 'eno1.20', type: 'vlan', vlan: { 'base-iface': 'eno1', id: 20 } },
        ...bridges,
      ],
      ovn: {
        'bridge-mappings': bridges
          .filter(({ type }) => type === 'ovs-bridge')
          .map((each) => ({ localnet: `on-${each.name}`, bridge: each.name })),
      },
    },
  },
});
const both = (...bridges: NodeInterface[]) => [node('n1', ...bridges), node('n2', ...bridges)];

const b = source('b');
const lab = source('lab', { kind: 'standard', withoutUplink: ['esx1'] });
const trunkAnswered: NetworksDraft = { attachments: {}, choices: { 'a trunk': { answer: { use: 'trunk' } } } };

test.each<[string, NodeNetworkState[], PortGroup[], Record<string, string>, NetworksDraft?]>([
  ['the only bridge', both(bridge('br1', 'eno2')), [group(10)], { a: 'br1 OnlyOne' }],
  ['the only mapping', both(ovs('br-ex', 'eno1')), [group(10)], { a: 'on-br-ex NodeNetwork' }],
  [
    'a bridge before the network of the nodes',
    both(ovs('br-ex', 'eno1'), bridge('br1', 'eno2')),
    [group(10)],
    { a: 'br1 OnlyOne' },
  ],
  [
    'a mapping on a bridge of its own',
    both(ovs('br-ex', 'eno1'), ovs('ovs1', 'eno2')),
    [group(10)],
    { a: 'on-ovs1 OnlyOne' },
  ],
  ['one of two that suit', both(bridge('br1', 'eno2'), bridge('br2', 'eno3')), [group(10)], {}],
  [
    'case 10: the one in the VLAN',
    both(bridge('br1', 'eno2'), bridge('br10', 'eno1.10')),
    [group(10)],
    { a: 'br10 InVlan' },
  ],
  ['in the VLAN of one of two port groups', both(bridge('br10', 'eno1.10')), [group(10), group(20)], {}],
  ['a VLAN for what is untagged', both(bridge('br10', 'eno1.10')), [group('untagged')], {}],
  [
    'the one that passes these VLANs and not all',
    both(bridge('br1', 'eno2', trunk(2, 4094)), bridge('br2', 'eno3', trunk(5, 15))),
    [group(10), group(11)],
    { a: 'br2 PassesVlans' },
  ],
  ['one that does not pass them', both(bridge('br1', 'eno2', trunk(20, 30))), [group(10)], {}],
  [
    'untagged is no sign for a filter',
    both(bridge('br1', 'eno2', trunk(5, 15))),
    [group('untagged')],
    { a: 'br1 OnlyOne' },
  ],
  ['on one node only', [node('n1', bridge('br1', 'eno2')), node('n2')], [group(10)], {}],
  ['without uplink', both(bridge('br1', 'tap0')), [group(10)], {}],
  [
    'different on the nodes',
    [node('n1', bridge('br1', 'eno2')), node('n2', bridge('br1', 'eno1.10'))],
    [group(10)],
    {},
  ],
  ['a trunk on a bridge', both(bridge('br1', 'eno2')), [group('trunk')], { a: 'br1 OnlyOne' }, trunkAnswered],
  ['no trunk on a localnet', both(ovs('br-ex', 'eno1')), [group('trunk')], {}, trunkAnswered],
  ['nothing while no VLAN is decided', both(bridge('br1', 'eno2')), [group('trunk')], {}],
  ['nothing for a switch without uplink', both(bridge('br1', 'eno2')), [group(10, lab)], {}],
  ['what suits two switches, for neither', both(bridge('br1', 'eno2')), [group(10), group(20, b)], {}],
  [
    'two bridges on one card in VLANs of their own, for two switches',
    both(bridge('br10', 'eno1.10'), bridge('br20', 'eno1.20')),
    [group(10), group(20, b)],
    { a: 'br10 InVlan', b: 'br20 InVlan' },
  ],
  [
    'not the wire of what the user chose for another switch, be it by another name',
    both(ovs('br-ex', 'eno1'), bridge('br1', 'eno1'), bridge('br2', 'eno2')),
    [group(10), group(20, b)],
    { b: 'br2 OnlyOne' },
    {
      attachments: { a: { kind: 'localnet', bridge: '', mapping: 'on-br-ex', inVlan: '', mtu: '', anyMac: false } },
      choices: {},
    },
  ],
])('%s', (_, states, portGroups, expected, draft = emptyNetworksDraft) => {
  const proposals = proposeAttachments(draft, portGroups, readNodeNetworks(states));
  const found = [...proposals].map(([id, { attachment, because }]) => [
    id,
    `${attachment.kind === 'localnet' ? attachment.mapping : attachment.bridge} ${because}`,
  ]);
  expect(Object.fromEntries(found)).toEqual(expected);
  expect(Object.keys(withProposals(draft, proposals).attachments).sort()).toEqual(
    [...Object.keys(expected), ...Object.keys(draft.attachments)].sort(),
  );
});

test.each(['InVlan', 'PassesVlans', 'OnlyOne', 'NodeNetwork'] as const)(
  '%s is to be checked by the user',
  (because) => {
    expect(proposalText(plainEnglish, because)).toMatch(
      /^Suggested because .*\. Check that (it is the same wire|.* carry .*)\.$/,
    );
  },
);
