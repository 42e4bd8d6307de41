import type { MigrationPlan, NetworkMap, NetworkMapEntry } from '../domain/migration-objects';
import type { InventoryHost, InventoryNetwork, InventorySnapshot } from '../domain/networks/inventory';
import type { NetworksSeen } from '../domain/networks/from-plans/world';
import type { NetworkRule, NetworksPolicy } from '../domain/networks/rules';
import type { Namespace, Provider } from '../domain/objects';
import { ok } from '../domain/result';

/** A rule that matches everything and leads to `br1`, but for what is given. */
export const ruleOf = (given: Partial<NetworkRule>): NetworkRule => ({
  switch: '',
  portGroup: '',
  vlan: '',
  bridge: given.mapping === undefined ? 'br1' : '',
  mapping: '',
  mtu: 0,
  macspoofchk: true,
  ...given,
});

/** A policy with one rule that matches everything, which allows every project and removes nothing, but for what is given. */
export const policyOf = (given: Partial<NetworksPolicy>): NetworksPolicy => ({
  rules: [ruleOf({})],
  namespaces: [],
  createNamespaces: [],
  removeUnused: false,
  ...given,
});

/** A port group of the distributed switch `DSwitch`, which all hosts give an uplink. */
export const portGroupOf = (id: string, name: string, vlanId: string, dvSwitch = 'dvs-1'): InventoryNetwork => ({
  id,
  name,
  path: `/DC0/network/${name}`,
  variant: 'DvPortGroup',
  vlanId,
  dvSwitch: { id: dvSwitch },
  key: id,
});

const dvSwitchOf = (id: string, name: string, uplinks: readonly string[]): InventoryNetwork => ({
  id,
  name,
  path: `/DC0/network/${name}`,
  variant: 'DvSwitch',
  host: [{ Host: { id: 'host-1' }, PNIC: uplinks }],
});

const standardOf = (id: string, name: string): InventoryNetwork => ({
  id,
  name,
  path: `/DC0/network/${name}`,
  variant: 'Standard',
  vlanId: '',
});

const hostOf = (id: string, vlans: Readonly<Record<string, number>>): InventoryHost => ({
  id,
  name: `esxi-${id}`,
  networking: {
    switches: [{ key: 'vSwitch0', name: 'vSwitch0', pNICs: ['vmnic0'] }],
    portGroups: Object.entries(vlans).map(([name, vlanId]) => ({ name, vSwitch: 'vSwitch0', vlanId })),
  },
});

/** A vCenter with port groups of every kind: which VLAN each is in, and on what switch, stands in its name. */
export const vcenter: InventorySnapshot = {
  networks: [
    dvSwitchOf('dvs-1', 'DSwitch', ['vmnic1']),
    dvSwitchOf('dvs-2', 'Isolated', []),
    portGroupOf('pg-100', 'web-100', '100'),
    portGroupOf('pg-101', 'web-101', '101'),
    portGroupOf('pg-200', 'db-200', '200'),
    portGroupOf('pg-none', 'untagged-or-private', ''),
    portGroupOf('pg-trunk', 'trunk', '10-20'),
    portGroupOf('pg-isolated', 'isolated-300', '300', 'dvs-2'),
    portGroupOf('pg-lost', 'lost-400', '400', ''),
    portGroupOf('pg-a', 'twice', '500'),
    { ...portGroupOf('pg-b', 'twice', '501'), path: '/DC1/network/twice' },
    portGroupOf('pg-slash', 'left%2fright', '600'),
    standardOf('net-0', 'standard-untagged'),
    standardOf('net-x', 'standard-disagreeing'),
    { id: 'opaque-1', name: 'segment', path: '/DC0/network/segment', variant: 'OpaqueNetwork' },
  ],
  hosts: [
    hostOf('host-1', { 'standard-untagged': 0, 'standard-disagreeing': 7 }),
    hostOf('host-2', { 'standard-untagged': 0, 'standard-disagreeing': 8 }),
  ],
  vms: [],
};

/** A Provider in MTV's project. */
export const providerOf = (name: string, type: string, isReady = true): Provider => ({
  metadata: { name, namespace: 'openshift-mtv', uid: `uid-${name}` },
  spec: { type, url: type === 'openshift' ? '' : `https://${name}.example.com/sdk` },
  status: { conditions: isReady ? [{ type: 'Ready', status: 'True' }] : [] },
});

/** What source and destination are called by all plans and maps, unless they say otherwise. */
export const pair = {
  source: { name: 'vc', namespace: 'openshift-mtv' },
  destination: { name: 'host', namespace: 'openshift-mtv' },
};

/** An entry of a map: the port group with an id to a network, as in `vms/web`. */
export const entryOf = (id: string, destination: string): NetworkMapEntry => {
  const [namespace = '', name = ''] = destination.split('/');
  return { source: { id, name: `name of ${id}` }, destination: { type: 'multus', namespace, name } };
};

/** A NetworkMap in the project `plans`. */
export const mapOf = (name: string, map: readonly NetworkMapEntry[], provider = pair): NetworkMap => ({
  metadata: { name, namespace: 'plans', uid: `uid-${name}` },
  spec: { provider, map },
});

/** A Plan in the project `plans` that migrates to the project `vms`, but for what is given. */
export const planOf = (name: string, map: string, spec: NonNullable<MigrationPlan['spec']> = {}): MigrationPlan => ({
  metadata: { name, namespace: 'plans', uid: `uid-${name}` },
  spec: {
    provider: pair,
    map: { network: { name: map, namespace: 'plans' } },
    targetNamespace: 'vms',
    vms: [{ id: 'vm-1' }],
    ...spec,
  },
});

/** Projects that are there. */
export const projectsCalled = (...names: readonly string[]): readonly Namespace[] =>
  names.map((name) => ({ metadata: { name, uid: `uid-${name}` }, status: { phase: 'Active' } }));

/** A plan that maps VLAN 100 to `vms/web`, which is not there, and all that it needs; but for what is given. */
export const networksSeen = (given: Partial<NetworksSeen> = {}): NetworksSeen => ({
  release: { namespace: 'migration-prep', name: 'prep' },
  policy: policyOf({}),
  plans: [planOf('wave-1', 'map')],
  networkMaps: [mapOf('map', [entryOf('pg-100', 'vms/web')])],
  controllers: [],
  providers: [providerOf('vc', 'vsphere'), providerOf('host', 'openshift')],
  nads: [],
  namespaces: { state: 'loaded', items: projectsCalled('default', 'plans', 'vms') },
  virtualMachines: { state: 'loaded', items: [] },
  virtualMachineInstances: { state: 'loaded', items: [] },
  inventories: new Map([['uid-vc', ok(vcenter)]]),
  nodes: undefined,
  ...given,
});
