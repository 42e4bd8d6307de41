import { plainEnglish } from '../translate';
import type { InventoryHost, InventoryNetwork } from './inventory';
import { isIsolated, readSwitches, switchText, switchesOf, uplinkText } from './switches';

const standard = (id: string, name = id): InventoryNetwork => ({
  id,
  name,
  path: `/DC/network/${name}`,
  variant: 'Standard',
  vlanId: '',
});
const distributed = (id: string, dvs: string): InventoryNetwork => ({
  id,
  name: id,
  path: `/DC/network/${id}`,
  variant: 'DvPortGroup',
  vlanId: '100',
  dvSwitch: { id: dvs },
});

/** A host whose switches are written as "vSwitch0: a, b" with an uplink, or "vSwitch1! c" without. */
const host = (id: string, networks: readonly string[], ...switches: readonly string[]): InventoryHost => {
  const read = switches.map((text) => {
    const [, name = '', mark, groups = ''] = /^(\w+)([:!]) (.*)$/.exec(text) ?? [];
    return { name, key: `key ${name}`, pNICs: mark === ':' ? ['vmnic0'] : [], groups: groups.split(', ') };
  });
  return {
    id,
    name: id,
    networks: networks.map((each) => ({ id: each })),
    networking: {
      portGroups: read.flatMap(({ key, groups }) => groups.map((name) => ({ name, vSwitch: key, vlanId: 0 }))),
      switches: read.map(({ key, name, pNICs }) => ({ key, name, pNICs })),
    },
  };
};
const read = (
  networks: readonly InventoryNetwork[],
  hosts: readonly InventoryHost[],
  used = networks.map(({ id }) => id),
) => {
  const switches = readSwitches({ networks, hosts }, (id) => used.includes(id));
  return (id: string) => switches.get(id);
};

test('case 1: two distributed switches stay two, named where the inventory names them', () => {
  const dvs: InventoryNetwork = {
    id: 'dvs-20',
    name: 'dmz',
    path: '/DC/network/dmz',
    variant: 'DvSwitch',
    host: [
      { Host: { id: 'host-1' }, PNIC: ['vmnic2'] },
      { Host: { id: 'host-2' }, PNIC: [] },
    ],
  };
  const of = read(
    [distributed('a', 'dvs-10'), distributed('b', 'dvs-20'), distributed('c', 'dvs-20'), dvs],
    [host('host-1', [])],
  );
  expect(of('a')).toMatchObject({ id: 'dvs-10', name: 'dvs-10' });
  expect(of('b')).toEqual({
    id: 'dvs-20',
    name: 'dmz',
    kind: 'distributed',
    hosts: ['host-1', 'host-2'],
    withoutUplink: ['host-2'],
  });
  expect(of('c')).toEqual(of('b'));
});

test('case 1: a switch without uplink is another switch, and isolated', () => {
  const of = read(
    [standard('VM Network'), standard('lab')],
    [host('esx1', ['VM Network', 'lab'], 'vSwitch0: VM Network', 'vSwitch1! lab')],
  );
  const [wire, lab] = [of('VM Network'), of('lab')];
  expect(wire && isIsolated(wire)).toBe(false);
  expect(lab && isIsolated(lab)).toBe(true);
  expect(lab?.id).not.toBe(wire?.id);
  expect(lab && uplinkText(plainEnglish, lab)).toContain('no uplink');
});

test('a distributed switch without uplink is isolated as well; one of which nothing is told is not called so', () => {
  const bare = (host?: InventoryNetwork['host']): InventoryNetwork => ({
    id: 'dvs',
    name: 'dvs',
    path: '',
    variant: 'DvSwitch',
    host: host ?? null,
  });
  const isolatedWith = (dvs: InventoryNetwork) => {
    const source = read([distributed('a', 'dvs'), dvs], [])('a');
    return source && isIsolated(source);
  };
  expect(isolatedWith(bare([{ Host: { id: 'h' }, PNIC: null }]))).toBe(true);
  expect(isolatedWith(bare())).toBe(false);
});

test('switches of hosts are one where a port group that VMs use is on them, whatever they are called', () => {
  const of = read(
    [standard('n1', 'app'), standard('n2', 'db')],
    [
      host('esx1', ['n1', 'n2'], 'vSwitch0: app', 'vSwitch1: db'),
      host('esx2', ['n1', 'n2'], 'vSwitch7: app', 'vSwitch1: db'),
    ],
  );
  expect(of('n1')).toMatchObject({ name: 'vSwitch0, vSwitch7', hosts: ['esx1', 'esx2'] });
  expect(of('n2')).toMatchObject({ name: 'vSwitch1' });
  expect(of('n1')?.id).not.toBe(of('n2')?.id);
});

test('a vSwitch0 on two hosts is not one switch by its name', () => {
  const of = read(
    [standard('n1', 'a'), standard('n2', 'b')],
    [host('esx1', ['n1'], 'vSwitch0: a'), host('esx2', ['n2'], 'vSwitch0: b')],
  );
  expect(of('n1')?.id).not.toBe(of('n2')?.id);
  expect(switchText(plainEnglish, of('n1') ?? { id: '', name: '', kind: 'nsx', hosts: [], withoutUplink: [] })).toBe(
    'Standard switch vSwitch0 of esx1',
  );
});

test('a switch of many hosts is named by its first, which no other of that name has', () => {
  const text = (...hosts: readonly string[]) =>
    switchText(plainEnglish, { id: '', name: 'vSwitch0', kind: 'standard', hosts, withoutUplink: [] });
  expect([text('esx1', 'esx2'), text('esx1', 'esx2', 'esx3')]).toEqual([
    'Standard switch vSwitch0 of esx1, esx2',
    'Standard switch vSwitch0 of esx1 and 2 more hosts',
  ]);
});

test('an unused port group joins nothing; it is on a switch of its own where it is on several', () => {
  const networks = [standard('n1', 'a'), standard('n2', 'b'), standard('n3', 'VM Network')];
  const hosts = [
    host('esx1', ['n1', 'n3'], 'vSwitch0: a, VM Network'),
    host('esx2', ['n2', 'n3'], 'vSwitch0: b, VM Network'),
  ];
  const of = read(networks, hosts, ['n1', 'n2']);
  expect(new Set(['n1', 'n2', 'n3'].map((id) => of(id)?.id)).size).toBe(3);
  const all = read(networks, hosts);
  expect(new Set(['n1', 'n2', 'n3'].map((id) => all(id)?.id)).size).toBe(1);
});

test('port groups of one name in two datacenters are on their own hosts', () => {
  const hosts = [host('e', ['n1'], 'vSwitch0: VM Network'), host('w', ['n2'], 'vSwitch0: VM Network')];
  const of = read([standard('n1', 'VM Network'), standard('n2', 'VM Network')], hosts);
  expect(of('n1')).toMatchObject({ hosts: ['e'] });
  expect(of('n2')).toMatchObject({ hosts: ['w'] });
});

test('where nothing tells the switch, a network is on its own; NSX is one', () => {
  const of = read(
    [standard('n1'), distributed('n2', ''), { id: 'o', name: 'seg', path: '', variant: 'OpaqueNetwork' }],
    [],
  );
  expect([of('n1')?.kind, of('n2')?.kind, of('o')?.kind]).toEqual(['unknown', 'unknown', 'nsx']);
  expect(of('n1')?.id).not.toBe(of('n2')?.id);
});

test('the order of hosts and networks does not matter', () => {
  const networks = [standard('n1', 'a'), standard('n2', 'b'), standard('n3', 'c')];
  const hosts = [
    host('esx1', ['n1', 'n2'], 'vSwitch0: a, b'),
    host('esx2', ['n2', 'n3'], 'vSwitch0: b', 'vSwitch1! c'),
    host('esx3', ['n1'], 'vSwitch0: a'),
  ];
  const groups = (of: ReturnType<typeof read>) => {
    const found = networks.flatMap(({ id }) => of(id) ?? []).map((each) => ({ switch: each }));
    return switchesOf(found);
  };
  expect(groups(read([...networks].reverse(), [...hosts].reverse()))).toEqual(groups(read(networks, hosts)));
});
