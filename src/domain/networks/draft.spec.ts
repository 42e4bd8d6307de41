import { plainEnglish } from '../translate';
import { networksProblemText } from './draft-text';
import { checkBridge, checkMapping, checkNetworksDraft, emptyNetworksDraft, selectionOf, wishOf } from './draft';
import type { NetworksDraft, PortGroupChoice, Selection } from './draft';
import type { PortGroup } from './port-groups';
import type { VlanReading } from './vlan';

const certain: VlanReading = { state: 'vlan', vlan: 100 };
const trunk: VlanReading = { state: 'trunk', ranges: '10-20' };
const portGroup = (id: string, reading: VlanReading, vms = 1): PortGroup => ({ id, name: id, path: id, reading, vms, nicsPerVm: 1 });
const good: NetworksDraft = { ...emptyNetworksDraft, bridge: 'br1' };

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
  ['no bridge', emptyNetworksDraft, 'project', [portGroup('a', certain)], ['Enter the name of the Linux bridge on the nodes, such as br1.']],
  [
    'no mapping',
    { ...good, kind: 'localnet' },
    'project',
    [portGroup('a', certain)],
    ['Enter the name of the bridge mapping on the nodes, such as physnet.'],
  ],
  ['no project', good, '', [portGroup('a', certain)], ['Choose the project that the VMs will run in.']],
  ['a question is open', good, 'project', [portGroup('a', trunk)], ['Answer which VLAN it is, or skip this port group.']],
  [
    'VLAN 4095',
    { ...good, choices: { a: { answer: { use: 'vlan', text: '4095' } } } },
    'project',
    [portGroup('a', trunk)],
    ['4095 means every VLAN in vSphere. A network has one VLAN, 1 to 4094.'],
  ],
  [
    'a bad name',
    { ...good, choices: { a: { name: 'A b' } } },
    'project',
    [portGroup('a', certain)],
    ['Use lower-case letters, digits and "-" only, beginning and ending with a letter or digit.'],
  ],
  ['nothing chosen', { ...good, choices: { a: { selected: false } } }, 'project', [portGroup('a', certain)], ['Choose at least one port group.']],
])('%s', (_, draft, project, portGroups, expected) => {
  const texts = checkNetworksDraft(draft, project, portGroups).map((problem) => networksProblemText(plainEnglish, problem));
  expect(texts).toEqual(expected);
});

test('the wish has what is in and decided, with the name the user gave', () => {
  const groups = [portGroup('a', certain), portGroup('b', trunk), portGroup('c', trunk), portGroup('d', trunk)];
  const draft = {
    ...good,
    choices: { a: { name: 'mine' }, b: { answer: { use: 'vlan', text: '7' } }, c: { answer: { use: 'skip' } } },
  } as const;
  expect(wishOf(draft, 'project', 'mtv/vcenter', groups)).toMatchObject({
    attachment: { kind: 'linux-bridge', bridge: 'br1' },
    portGroups: [
      { id: 'a', vlan: 100, chosenName: 'mine' },
      { id: 'b', vlan: 7 },
    ],
  });
});
