import { plainEnglish } from '../translate';
import { networksProblemText } from './draft-text';
import { checkNetworksDraft, emptyNetworksDraft, selectionOf, switchesToAttach, wishOf } from './draft';
import type { NetworksDraft, PortGroupChoice, Selection } from './draft';
import { readNodeNetworks } from './node-networks';
import type { PortGroup } from './port-groups';
import type { SourceSwitch } from './switches';
import type { VlanReading } from './vlan';
import { checkBridge, checkMapping, emptyAttachment } from './attachment';
import type { AttachmentDraft } from './attachment';

const certain: VlanReading = { state: 'vlan', vlan: 100 };
const trunk: VlanReading = { state: 'trunk', ranges: '10-20' };
const dvs: SourceSwitch = { id: 'dvs-8', name: 'dvs', kind: 'distributed', hosts: ['esx1'], withoutUplink: [] };
const lonely: SourceSwitch = {
  id: 'vs1',
  name: 'vSwitch1',
  kind: 'standard',
  hosts: ['esx1'],
  withoutUplink: ['esx1'],
};
const portGroup = (id: string, reading: VlanReading, vms = 1, source = dvs): PortGroup => ({
  id,
  name: id,
  path: id,
  label: id,
  reading,
  vms,
  nicsPerVm: 1,
  switch: source,
});
const attached = (patch: Partial<AttachmentDraft>, source = dvs): NetworksDraft['attachments'] => ({
  [source.id]: { ...emptyAttachment(source), ...patch },
});
const good: NetworksDraft = { ...emptyNetworksDraft, attachments: attached({ bridge: 'br1' }) };

test.each<[string, PortGroup, PortGroupChoice | undefined, Selection]>([
  ['used, certain', portGroup('a', certain), undefined, 'in'],
  ['used, left out', portGroup('a', certain), { selected: false }, 'out'],
  ['unused', portGroup('a', certain, 0), undefined, 'out'],
  ['unused, chosen', portGroup('a', certain, 0), { selected: true }, 'in'],
  ['in doubt', portGroup('a', trunk), undefined, 'ask'],
  ['in doubt, answered', portGroup('a', trunk), { answer: { use: 'untagged' } }, 'in'],
  ['in doubt, skipped', portGroup('a', trunk), { answer: { use: 'skip' } }, 'out'],
])('%s', (_, group, choice, expected) => {
  expect(selectionOf(group, choice)).toBe(expected);
});

test.each([
  ['br1', undefined],
  ['br-vms_0.1', undefined],
  ['', 'BridgeEmpty'],
  ['bridge-of-the-vms', 'BridgeTooLong'],
  ['br 1', 'BridgeSyntax'],
  ['-br', 'BridgeSyntax'],
  ['br-ex', 'BridgeOfOvn'],
  ['br-int', 'BridgeOfOvn'],
])('bridge %p', (bridge, expected) => {
  expect(checkBridge(bridge)).toBe(expected);
});

test.each([
  ['physnet', undefined],
  ['', 'MappingEmpty'],
  ['a:b', 'MappingSyntax'],
  ['a b', 'MappingSyntax'],
])('mapping %p', (mapping, expected) => {
  expect(checkMapping(mapping)).toBe(expected);
});

test.each<[string, NetworksDraft, string, PortGroup[], string[]]>([
  ['nothing wrong', good, 'project', [portGroup('a', certain)], []],
  [
    'no bridge',
    emptyNetworksDraft,
    'project',
    [portGroup('a', certain)],
    ['Enter the name of the Linux bridge on the nodes, such as br1.'],
  ],
  [
    'no mapping',
    { ...good, attachments: attached({ kind: 'localnet' }) },
    'project',
    [portGroup('a', certain)],
    ['Enter the name of the bridge mapping on the nodes, such as physnet.'],
  ],
  ['no project', good, '', [portGroup('a', certain)], ['Choose the project that the VMs will run in.']],
  ['a question is open', good, 'project', [portGroup('a', trunk)], ['Choose the VLAN, or skip this port group.']],
  [
    'VLAN 4095',
    { ...good, choices: { a: { answer: { use: 'vlan', text: '4095' } } } },
    'project',
    [portGroup('a', trunk)],
    ['In vSphere, 4095 means every VLAN. A network has one VLAN, from 1 to 4094.'],
  ],
  [
    'a bad name',
    { ...good, choices: { a: { name: 'A b' } } },
    'project',
    [portGroup('a', certain)],
    ['Use only lowercase letters, digits and "-". Begin and end with a letter or digit.'],
  ],
  [
    'a switch of two',
    good,
    'project',
    [portGroup('a', certain), portGroup('b', certain, 1, { ...dvs, id: 'dvs-9' })],
    ['Enter the name of the Linux bridge on the nodes, such as br1.'],
  ],
  [
    'case 1: a switch without uplink',
    good,
    'project',
    [portGroup('a', certain), portGroup('b', certain, 1, lonely)],
    ['Choose how to attach this switch, or skip its port groups.'],
  ],
  [
    'case 1: a switch without uplink, left out',
    { ...good, attachments: { ...good.attachments, ...attached({ kind: 'none' }, lonely) } },
    'project',
    [portGroup('a', certain), portGroup('b', trunk, 1, lonely)],
    [],
  ],
  [
    'case 10: another VLAN than the one that the bridge is in',
    { ...good, attachments: attached({ bridge: 'br10', inVlan: '10' }) },
    'project',
    [portGroup('a', certain)],
    [
      'br10 is already in VLAN 10 and carries no other VLAN. Skip this port group here, and attach it to another bridge later.',
    ],
  ],
  [
    'case 27: a trunk on a localnet',
    { attachments: attached({ kind: 'localnet', mapping: 'physnet' }), choices: { a: { answer: { use: 'trunk' } } } },
    'project',
    [portGroup('a', trunk)],
    ['An OVN localnet does not pass tags on. Choose one VLAN, or attach the switch to a Linux bridge.'],
  ],
  [
    'case 26: an MTU that is none',
    { ...good, attachments: attached({ bridge: 'br1', mtu: '9k' }) },
    'project',
    [portGroup('a', certain)],
    ['An MTU is a number from 1280 to 65535.'],
  ],
  [
    'an MTU below what IPv6 needs',
    { ...good, attachments: attached({ bridge: 'br1', mtu: '900' }) },
    'project',
    [portGroup('a', certain)],
    ['An MTU is a number from 1280 to 65535.'],
  ],
  [
    'a VLAN of the wire that is none',
    { ...good, attachments: attached({ bridge: 'br1', inVlan: '4095' }) },
    'project',
    [portGroup('a', certain)],
    ['In vSphere, 4095 means every VLAN. A network has one VLAN, from 1 to 4094.'],
  ],
  [
    'nothing chosen',
    { ...good, choices: { a: { selected: false } } },
    'project',
    [portGroup('a', certain)],
    ['Choose at least one port group.'],
  ],
])('%s', (_, draft, project, portGroups, expected) => {
  const texts = checkNetworksDraft(draft, project, portGroups).map((problem) =>
    networksProblemText(plainEnglish, problem),
  );
  expect(texts).toEqual(expected);
});

test('the wish has what is in and decided, with the name the user gave', () => {
  const groups = [
    portGroup('a', certain),
    portGroup('b', trunk),
    portGroup('c', trunk),
    portGroup('d', trunk),
    portGroup('e', trunk),
  ];
  const draft: NetworksDraft = {
    ...good,
    choices: {
      a: { name: 'mine' },
      b: { answer: { use: 'vlan', text: '7' } },
      c: { answer: { use: 'skip' } },
      e: { answer: { use: 'trunk' } },
    },
  };
  const attachment = { kind: 'linux-bridge', bridge: 'br1' };
  expect(wishOf(draft, 'project', 'mtv/vcenter', groups).portGroups).toMatchObject([
    { id: 'a', vlan: 100, chosenName: 'mine', network: { attachment, tag: 100, mtu: undefined, anyMac: false } },
    { id: 'b', vlan: 7, network: { attachment, tag: 7 } },
    { id: 'e', network: { attachment, tag: { trunk: '10-20' } } },
  ]);
});

test('case 1: equal VLANs on two switches come to two networks, unless both are given one bridge', () => {
  const other: SourceSwitch = { ...dvs, id: 'dvs-20', name: 'dmz' };
  const groups = [portGroup('prod-app', certain), portGroup('dmz-web', certain, 1, other)];
  expect(switchesToAttach(good, groups)).toEqual([other, dvs]);
  const bridges = (bridge: string) => {
    const draft = { ...good, attachments: { ...good.attachments, ...attached({ bridge }, other) } };
    return wishOf(draft, 'project', 'p', groups).portGroups.map(({ network }) => network.attachment);
  };
  expect(bridges('br2')).toEqual([
    { kind: 'linux-bridge', bridge: 'br1' },
    { kind: 'linux-bridge', bridge: 'br2' },
  ]);
  expect(bridges('br1')).toEqual([
    { kind: 'linux-bridge', bridge: 'br1' },
    { kind: 'linux-bridge', bridge: 'br1' },
  ]);
});

test.each<[string, Partial<AttachmentDraft>, object]>([
  ['case 2: a localnet has an MTU', { kind: 'localnet', mapping: 'physnet' }, { mtu: 1500 }],
  ['case 2: unless told otherwise', { kind: 'localnet', mapping: 'physnet', mtu: '9000' }, { mtu: 9000 }],
  ['case 25: any MAC address', { bridge: 'br1', anyMac: true }, { anyMac: true }],
  ['a localnet checks no MAC addresses', { kind: 'localnet', mapping: 'physnet', anyMac: true }, { anyMac: false }],
  ['case 26: the MTU of a bridge', { bridge: 'br1', mtu: '9000' }, { mtu: 9000 }],
  ['case 10: a bridge that the user says is in the VLAN', { bridge: 'br10', inVlan: '100' }, { tag: undefined }],
])('%s', (_, wire, expected) => {
  expect(
    wishOf({ ...good, attachments: attached(wire) }, 'project', 'p', [portGroup('a', certain)]).portGroups[0]?.network,
  ).toMatchObject(expected);
});

describe('case 10: what the nodes say of a bridge', () => {
  const state = (name: string, vlan: number) => ({
    metadata: { name },
    status: {
      currentState: {
        interfaces: [
          { name: 'bond0', type: 'bond' },
          { name: `bond0.${String(vlan)}`, type: 'vlan', vlan: { 'base-iface': 'bond0', id: vlan } },
          {
            name: 'br10',
            type: 'linux-bridge',
            bridge: { port: [{ name: `bond0.${String(vlan)}` }, { name: 'veth1' }] },
          },
        ],
      },
    },
  });
  const draft = { ...good, attachments: attached({ bridge: 'br10' }) };
  const groups = [portGroup('a', certain)];

  test('counts without a word from the user', () => {
    const nodes = readNodeNetworks([state('n1', 100), state('n2', 100)]);
    expect(checkNetworksDraft(draft, 'project', groups, { nodes })).toEqual([]);
    expect(wishOf(draft, 'project', 'p', groups, { nodes }).portGroups[0]?.network.tag).toBeUndefined();
  });

  test('is a question where they disagree', () => {
    const nodes = readNodeNetworks([state('n1', 100), state('n2', 200)]);
    const [problem] = checkNetworksDraft(draft, 'project', groups, { nodes });
    expect(problem && networksProblemText(plainEnglish, problem)).toMatch(/different VLANs/);
    expect(
      checkNetworksDraft({ ...draft, attachments: attached({ bridge: 'br10', inVlan: '100' }) }, 'project', groups, {
        nodes,
      }),
    ).toEqual([]);
  });
});

test.each([
  ['needed', 3],
  ['unknown', 3],
  ['not-needed', 1],
] as const)('three NICs of a VM on one port group, a network for each %s', (networkPerNic, copies) => {
  const groups = [{ ...portGroup('a', certain), nicsPerVm: 3 }];
  expect(wishOf(good, 'project', 'p', groups, { networkPerNic }).portGroups[0]?.copies).toBe(copies);
});
