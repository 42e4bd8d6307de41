import type { InventorySnapshot } from '../../src/domain/networks/inventory';

/** A vCenter's networks as MTV's inventory lists them: `count` port groups with a VLAN each, and one of every kind that nobody can decide about. */
export const sourceNetworks = (count: number): InventorySnapshot => {
  const group = (id: string, name: string, vlanId: string, dvSwitch = 'dvs-1') =>
    ({ id, name, path: `/DC0/network/${name}`, variant: 'DvPortGroup', vlanId, dvSwitch: { id: dvSwitch } }) as const;
  const dvSwitch = (id: string, name: string) =>
    ({ id, name, path: `/DC0/network/${name}`, variant: 'DvSwitch', vlanId: '', host: [] }) as const;
  const standard = (id: string, name: string) =>
    ({ id, name, path: `/DC0/network/${name}`, variant: 'Standard', vlanId: '' }) as const;
  const host = (id: string, vlans: Readonly<Record<string, number>>) => ({
    id,
    name: id,
    networks: [],
    networking: {
      switches: [{ key: 'key-vSwitch0', name: 'vSwitch0', pNICs: ['vmnic0'] }],
      portGroups: Object.entries(vlans).map(([name, vlanId]) => ({ name, vSwitch: 'key-vSwitch0', vlanId })),
    },
  });
  return {
    networks: [
      dvSwitch('dvs-1', 'DSwitch-1'),
      dvSwitch('dvs-2', 'DSwitch-2'),
      ...Array.from({ length: count }, (_, at) =>
        group(idOf(at), `net-${String(at)}`, String(100 + at), at % 4 === 3 ? 'dvs-2' : 'dvs-1'),
      ),
      group('dvportgroup-trunk', 'trunk', '10-20,30-30'),
      group('dvportgroup-untagged', 'untagged', ''),
      standard('network-agreed', 'agreed'),
      standard('network-disputed', 'disputed'),
    ],
    hosts: [host('host-1', { agreed: 700, disputed: 701 }), host('host-2', { agreed: 700, disputed: 702 })],
    vms: [],
  };
};

/** The moRef of the n-th port group with a VLAN. */
export const idOf = (at: number): string => `dvportgroup-${String(1000 + at)}`;

/** Those that nobody can decide about, and two that can be: an untagged one, and a standard one that all hosts agree on. */
export const otherIds = [
  'dvportgroup-trunk',
  'dvportgroup-untagged',
  'network-agreed',
  'network-disputed',
  'dvportgroup-unknown',
] as const;
