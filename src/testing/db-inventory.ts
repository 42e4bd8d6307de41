import type { InventorySnapshot } from '../domain/networks/inventory';

/** An inventory with one port group that needs a network: `db`, VLAN 200, on a distributed switch, with one virtual machine. */
export const dbInventory: InventorySnapshot = {
  networks: [
    {
      id: 'dvportgroup-1',
      name: 'db',
      path: '/DC0/network/db',
      variant: 'DvPortGroup',
      vlanId: '200',
      dvSwitch: { id: 'dvs-8' },
    },
  ],
  hosts: [],
  vms: [{ id: 'vm', name: 'vm', networks: [{ id: 'dvportgroup-1' }] }],
};
