import { portGroupOf, policyOf, ruleOf } from '../../testing/networks-seen';
import { plainEnglish } from '../translate';
import { coversGlob, isEverything, matchesGlob } from './glob';
import { readPortGroups } from './port-groups';
import type { NetworkRule, NetworksPolicy } from './rules';
import { applyRules, checkNetworksPolicy } from './rules';
import { isTaken, matchesVlan, readVlanMatch } from './vlan-match';
import type { VlanMatch } from './vlan-match';

test.each<[string, string, boolean]>([
  ['', 'anything', true],
  ['web', 'web', true],
  ['web', 'Web', false],
  ['web', 'web-1', false],
  ['web-*', 'web-', true],
  ['web-*', 'web-100', true],
  ['*-web', 'a-web-web', true],
  ['*a*b', 'aab', true],
  ['*a*b', 'aba', false],
  ['w?b', 'wéb', true],
  ['w?b', 'wb', false],
  ['?', '日', true],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
  ['*', '', true],
  ['a', '', false],
  ['**', 'x', true],
])('whether "%s" matches "%s"', (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});

test('a pattern that would keep a regular expression busy for years', () => {
  expect(matchesGlob(`${'a*'.repeat(30)}b`, 'a'.repeat(80))).toBe(false);
});

test.each<[string, string, boolean]>([
  ['', 'web', true],
  ['', '', true],
  ['*', '', true],
  ['web', '', false],
  ['web', 'web', true],
  ['web-*', 'web-1*', true],
  ['web-*', 'web-?', true],
  ['web-?', 'web-?', true],
  ['web-?', 'web-1', true],
  ['web-1', 'web-?', false],
  ['web-?', 'web-*', false],
  ['web-1*', 'web-*', false],
  ['*a*', 'xa*b', true],
  ['?*', '*', false],
])('whether "%s" leaves nothing to "%s"', (pattern, other, expected) => {
  expect(coversGlob(pattern, other)).toBe(expected);
});

test.each([
  ['', true],
  ['*', true],
  ['**', true],
  ['?', false],
  ['a*', false],
])('whether "%s" leaves nothing out', (pattern, expected) => {
  expect(isEverything(pattern)).toBe(expected);
});

const vlans = (...ranges: readonly (readonly [number, number])[]): VlanMatch => ({ state: 'vlans', ranges });

test.each<[string, VlanMatch | string]>([
  ['', { state: 'any' }],
  [' untagged ', { state: 'untagged' }],
  ['100', vlans([100, 100])],
  ['100-199, 300', vlans([100, 199], [300, 300])],
  ['1-4094', vlans([1, 4094])],
  ['100-100', vlans([100, 100])],
  ['200-100', 'Reversed 200-100'],
  ['100,', 'VlanEmpty '],
  ['Untagged', 'VlanNotNumber Untagged'],
  ['1-2-3', 'VlanNotNumber 1-2-3'],
  ['0', 'VlanZero 0'],
  ['0-10', 'VlanZero 0-10'],
  ['4095', 'VlanAll 4095'],
  ['100-5000', 'VlanOutOfRange 100-5000'],
  ['0-5,7,9-8,4000-4095', 'VlanZero 0-5; Reversed 9-8; VlanAll 4000-4095'],
])('VLANs "%s"', (text, expected) => {
  const read = readVlanMatch(text);
  expect(read.ok ? read.value : read.error.map(({ code, part }) => `${code} ${part}`).join('; ')).toEqual(expected);
});

test.each<[VlanMatch, number | undefined, boolean]>([
  [{ state: 'any' }, 1, true],
  [{ state: 'any' }, undefined, true],
  [{ state: 'untagged' }, undefined, true],
  [{ state: 'untagged' }, 1, false],
  [vlans([10, 20], [30, 30]), 10, true],
  [vlans([10, 20], [30, 30]), 20, true],
  [vlans([10, 20], [30, 30]), 30, true],
  [vlans([10, 20], [30, 30]), 21, false],
  [vlans([10, 20]), undefined, false],
])('whether %j has %s', (match, vlan, expected) => {
  expect(matchesVlan(match, vlan)).toBe(expected);
});

test.each<[VlanMatch, readonly VlanMatch[], boolean]>([
  [{ state: 'any' }, [], false],
  [vlans([1, 2]), [{ state: 'any' }], true],
  [{ state: 'untagged' }, [{ state: 'untagged' }], true],
  [{ state: 'untagged' }, [vlans([1, 4094])], false],
  [{ state: 'any' }, [vlans([1, 4094])], false],
  [{ state: 'any' }, [vlans([1, 4094]), { state: 'untagged' }], true],
  [vlans([10, 20]), [vlans([15, 20]), vlans([10, 14])], true],
  [vlans([10, 20]), [vlans([10, 14]), vlans([16, 20])], false],
  [vlans([10, 20], [40, 40]), [vlans([1, 30])], false],
  [vlans([1, 4094]), [{ state: 'untagged' }], false],
])('whether nothing of %j is left by %j', (match, others, expected) => {
  expect(isTaken(match, others)).toBe(expected);
});

const check = (policy: Partial<NetworksPolicy>) =>
  checkNetworksPolicy(policyOf(policy)).map(({ path, text }) => `${path}: ${text(plainEnglish)}`);
const never = (at: number, rules: string): string =>
  `networks.rules[${String(at)}]: It never matches, because ${rules} before it match all that it matches. Move it up, or remove it.`;

test.each<[string, Partial<NetworksPolicy>, readonly string[]]>([
  ['nothing declared', { rules: [] }, []],
  ['rules that each have their share', { rules: [ruleOf({ vlan: '1-99' }), ruleOf({ vlan: 100 }), ruleOf({})] }, []],
  [
    'VLANs that are none',
    { rules: [ruleOf({}), ruleOf({ vlan: 'all' })] },
    ['networks.rules[1].vlan: "all" is no VLAN and no range of VLANs. Write VLANs such as 100-199,300, or untagged.'],
  ],
  [
    'a range the wrong way round',
    { rules: [ruleOf({ vlan: '300,200-100' })] },
    ['networks.rules[0].vlan: In "200-100" the higher VLAN comes first. Write the lower one first.'],
  ],
  [
    "vSphere's 0",
    { rules: [ruleOf({ vlan: 0 })] },
    ['networks.rules[0].vlan: "0" has VLAN 0, which means no tag in vSphere. Write untagged.'],
  ],
  [
    "vSphere's 4095",
    { rules: [ruleOf({ vlan: '4095' })] },
    ['networks.rules[0].vlan: "4095" is out of range. VLANs go from 1 to 4094.'],
  ],
  [
    "OVN's own bridge",
    { rules: [ruleOf({ bridge: 'br-ex' })] },
    [
      'networks.rules[0].bridge: This bridge belongs to the cluster network and is not a Linux bridge. Choose OVN localnet to use it.',
    ],
  ],
  [
    'a mapping with a space',
    { rules: [ruleOf({ mapping: 'phys net' })] },
    [
      'networks.rules[0].mapping: The name of a bridge mapping has at most 63 characters and no spaces, ":", "," or "/".',
    ],
  ],
  [
    'both',
    { rules: [ruleOf({ bridge: 'br1', mapping: 'physnet' })] },
    ['networks.rules[0]: Give either a bridge or a mapping, not both.'],
  ],
  [
    'neither',
    { rules: [ruleOf({ bridge: '' })] },
    ['networks.rules[0].bridge: Enter the name of the Linux bridge on the nodes, such as br1.'],
  ],
  [
    'an MTU that is too small',
    { rules: [ruleOf({ mtu: 576 })] },
    ['networks.rules[0].mtu: An MTU is a number from 1280 to 65535.'],
  ],
  ['a rule after one for everything', { rules: [ruleOf({}), ruleOf({ vlan: 100 })] }, [never(1, 'rules[0]')]],
  [
    'a rule after one for all of its names',
    { rules: [ruleOf({ portGroup: 'web-*' }), ruleOf({ portGroup: 'web-1*', switch: 'DSwitch' })] },
    [never(1, 'rules[0]')],
  ],
  [
    'a rule after one for some of its names',
    { rules: [ruleOf({ portGroup: 'web-1*' }), ruleOf({ portGroup: 'web-*' })] },
    [],
  ],
  ['a rule after one for another switch', { rules: [ruleOf({ switch: 'A' }), ruleOf({ switch: 'B' })] }, []],
  [
    'a rule whose VLANs others share',
    { rules: [ruleOf({ vlan: '1-99' }), ruleOf({ vlan: '100-200' }), ruleOf({ vlan: '50-150' })] },
    [never(2, 'rules[0], rules[1]')],
  ],
  [
    'a rule after one that cannot be read',
    { rules: [ruleOf({ vlan: 'x' }), ruleOf({ vlan: 100 })] },
    ['networks.rules[0].vlan: "x" is no VLAN and no range of VLANs. Write VLANs such as 100-199,300, or untagged.'],
  ],
  [
    'a project to be created where nothing may be',
    { namespaces: ['a'], createNamespaces: ['a', 'b'] },
    [
      'networks.createNamespaces[1]: b is not in prepare.networks.namespaces, so no network may be created there. Add it there too.',
    ],
  ],
  ['a project to be created where everything may be', { createNamespaces: ['b'] }, []],
])('%s', (_, policy, expected) => {
  expect(check(policy)).toEqual(expected);
});

test.each<[string, Partial<NetworkRule>, string]>([
  ['nothing', {}, 'VlanUntaggedOrPrivate'],
  ['every VLAN of these port groups', { portGroup: 'legacy-*' }, 'VlanUntaggedOrPrivate'],
  ['untagged, for every port group', { vlan: 'untagged' }, 'VlanUntaggedOrPrivate'],
  ['untagged, for * of a switch', { vlan: 'untagged', switch: 'dvs-1', portGroup: '*' }, 'VlanUntaggedOrPrivate'],
  ['VLANs', { portGroup: 'legacy-*', vlan: '1-4094' }, 'VlanUntaggedOrPrivate'],
  ['untagged, for other port groups', { portGroup: 'other-*', vlan: 'untagged' }, 'VlanUntaggedOrPrivate'],
  ['untagged, for these port groups', { portGroup: 'legacy-*', vlan: 'untagged' }, 'br1 untagged'],
  ['untagged, for these on this switch', { portGroup: 'legacy-*', switch: 'dvs-1', vlan: 'untagged' }, 'br1 untagged'],
])('what may be untagged or private, when a rule says %s', (_, rule, expected) => {
  const [portGroup] = readPortGroups({
    networks: [portGroupOf('pg', 'legacy-1', '')],
    hosts: [],
    vms: [],
  });
  if (!portGroup) throw new Error('There is no port group.');
  const decision = applyRules([ruleOf(rule)], undefined)(portGroup);
  expect(
    decision.ok
      ? `${decision.value.attachment.kind === 'linux-bridge' ? decision.value.attachment.bridge : ''} ${decision.value.tag === undefined ? 'untagged' : 'tagged'}`
      : decision.error.reason,
  ).toBe(expected);
});
