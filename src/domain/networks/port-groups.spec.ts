import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InventoryHost, InventoryNetwork, InventorySnapshot, InventoryVm } from './inventory';
import { readPortGroups } from './port-groups';

const network = (id: string, patch: Partial<InventoryNetwork> = {}): InventoryNetwork => ({
  id,
  name: id,
  path: `/DC0/network/${id}`,
  variant: 'DvPortGroup',
  vlanId: '100',
  ...patch,
});
const vm = (id: string, ...nics: string[]): InventoryVm => ({
  id,
  name: id,
  networks: [...new Set(nics)].map((each) => ({ id: each })),
  nics: nics.map((each) => ({ network: { id: each } })),
});
const host = (name: string, networks: string[], ...portGroups: [string, number][]): InventoryHost => ({
  id: name,
  name,
  networks: networks.map((id) => ({ id })),
  networking: { portGroups: portGroups.map(([group, vlanId]) => ({ name: group, vlanId })) },
});
const read = (snapshot: Partial<InventorySnapshot>) =>
  readPortGroups({ networks: [], hosts: [], vms: [], ...snapshot });

describe('port groups', () => {
  test('come with those of most VMs first, and count NICs of one VM', () => {
    const groups = read({
      networks: [network('b'), network('a'), network('busy')],
      vms: [vm('1', 'busy', 'busy', 'busy'), vm('2', 'busy'), { ...vm('template', 'a'), isTemplate: true }],
    });
    expect(groups.map(({ id, vms, nicsPerVm }) => [id, vms, nicsPerVm])).toEqual([
      ['busy', 2, 3],
      ['a', 0, 0],
      ['b', 0, 0],
    ]);
  });

  test('a VM whose NICs the inventory does not list still counts', () => {
    const [group] = read({
      networks: [network('a')],
      vms: [{ id: '1', name: '1', networks: [{ id: 'a' }], nics: null }],
    });
    expect([group?.vms, group?.nicsPerVm]).toEqual([1, 1]);
  });

  test.each<[string, Partial<InventoryNetwork>, InventoryVm[], boolean]>([
    ['tagged as uplink', { tag: 'SYSTEM/DVS.UPLINKPG', vlanId: '0-4094' }, [], false],
    ['named as uplink and carrying every VLAN', { name: 'DVS0-DVUplinks-8', vlanId: '0-4094' }, [], false],
    ['named as uplink, with one VLAN', { name: 'uplink-100', vlanId: '100' }, [], true],
    ['carrying every VLAN, named otherwise', { name: 'all', vlanId: '0-4094' }, [], true],
    ['uplink by every sign, but a VM is on it', { name: 'DVS0-DVUplinks-8', vlanId: '0-4094' }, [vm('1', 'x')], true],
    ['a switch', { variant: 'DvSwitch' }, [], false],
  ])('%s', (_, patch, vms, isListed) => {
    expect(read({ networks: [network('x', patch)], vms })).toHaveLength(isListed ? 1 : 0);
  });

  test('a standard port group is what its hosts say', () => {
    const standard = { variant: 'Standard', vlanId: '' } as const;
    const groups = read({
      networks: [
        network('n1', { ...standard, name: 'agreed' }),
        network('n2', { ...standard, name: 'odd' }),
        network('n3', { ...standard, name: 'nowhere' }),
      ],
      hosts: [
        host('esx1', ['n1', 'n2'], ['agreed', 300], ['odd', 7]),
        host('esx2', ['n1', 'n2'], ['agreed', 300], ['odd', 8]),
      ],
    });
    expect(groups.map(({ name, reading }) => [name, reading.state])).toEqual([
      ['agreed', 'vlan'],
      ['nowhere', 'unknown'],
      ['odd', 'disagreeing'],
    ]);
  });

  test('port groups of one name in two datacenters are told apart by the hosts that have them', () => {
    const standard = { variant: 'Standard', name: 'VM Network', vlanId: '' } as const;
    const groups = read({
      networks: [network('n1', standard), network('n2', standard)],
      hosts: [host('esx1', ['n1'], ['VM Network', 1]), host('esx2', ['n2'], ['VM Network', 2])],
    });
    expect(groups.map(({ id, reading }) => [id, reading])).toEqual([
      ['n1', { state: 'vlan', vlan: 1 }],
      ['n2', { state: 'vlan', vlan: 2 }],
    ]);
  });

  test('C5: equal names have their path, and their moRef where even that is equal', () => {
    const named = (id: string, path: string) => network(id, { name: 'app', path });
    const groups = read({
      networks: [named('a', '/east/network/app'), named('b', '/west/network/app'), network('c', { name: 'once' })],
    });
    expect(groups.map(({ label }) => label)).toEqual(['app (/east/network/app)', 'app (/west/network/app)', 'once']);
    // NSX shows a segment once for every distributed switch, in one folder.
    expect(
      read({ networks: [named('a', '/DC/network/app'), named('b', '/DC/network/app')] }).map(({ label }) => label),
    ).toEqual(['app (/DC/network/app, a)', 'app (/DC/network/app, b)']);
  });

  test('NICs on an NSX segment carry its key', () => {
    const segment = network('network-o7', { variant: 'OpaqueNetwork', vlanId: '', key: 'seg-1' });
    const [group] = read({
      networks: [segment],
      vms: [{ ...vm('1', 'seg-1', 'seg-1'), networks: [{ id: 'network-o7' }] }],
    });
    expect([group?.id, group?.vms, group?.nicsPerVm, group?.reading.state]).toEqual(['network-o7', 1, 2, 'unknown']);
  });

  test('names are shown as vCenter shows them', () => {
    expect(read({ networks: [network('x', { name: 'a%2fb%5cc %25' })] })[0]?.name).toBe('a/b\\c %');
  });
});

test("MTV's recorded inventory", () => {
  const load = (name: string) =>
    JSON.parse(readFileSync(join(process.cwd(), 'sandbox/recorded', name), 'utf8')) as never;
  const groups = readPortGroups({
    networks: load('inventory-networks-detail1.json'),
    hosts: load('inventory-hosts-detail1.json'),
    vms: load('inventory-vms-detail4.json'),
  });
  const byName = new Map(groups.map(({ name, reading }) => [name, reading]));
  expect(byName.get('app-100')).toEqual({ state: 'vlan', vlan: 100 });
  expect(byName.get('trunk')).toEqual({ state: 'trunk', ranges: '10-20, 30' });
  expect(byName.has('DVS0-DVUplinks-8')).toBe(false);
  expect(groups[0]?.vms).toBeGreaterThan(0);
});
