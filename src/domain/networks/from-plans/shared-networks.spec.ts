import { ok } from '../../result';
import {
  entryOf,
  mapOf,
  networksSeen,
  pair,
  planOf,
  policyOf,
  portGroupOf,
  providerOf,
  ruleOf,
  vcenter,
} from '../../../testing/networks-seen';
import { planNetworks, planNetworksOf } from './plan-networks';
import type { NetworksSeen } from './world';
import { worldOf } from './world';

test('every plan that lacks a network comes to the same, whichever is looked at', () => {
  const seen = networksSeen({
    plans: [planOf('wave-1', 'map'), planOf('wave-2', 'other')],
    networkMaps: [mapOf('map', [entryOf('pg-none', 'vms/web')]), mapOf('other', [entryOf('net-0', 'vms/web')])],
    policy: policyOf({ rules: [ruleOf({ portGroup: 'untagged-*', vlan: 'untagged' }), ruleOf({ vlan: 'untagged' })] }),
  });
  const objects = seen.plans.map((plan) =>
    planNetworksOf(plan, worldOf(seen)).changes.flatMap((change) => (change.verb === 'create' ? [change.object] : [])),
  );
  expect(objects[0]).toEqual(objects[1]);
  expect(objects[0]?.[0]?.metadata.annotations?.['migration-prep/port-groups']).toBe(
    '{"provider":"openshift-mtv/vc","portGroups":[{"id":"net-0","name":"standard-untagged"},{"id":"pg-none","name":"untagged-or-private"}]}',
  );
  expect(planNetworks(seen).changes).toHaveLength(1);
});

test('a plan that its index does not have yet is met all the same', () => {
  const seen = networksSeen();
  const [plan] = seen.plans;
  if (!plan) throw new Error('There is no plan.');
  expect(planNetworksOf(plan, { ...worldOf(seen), plansOn: () => [] }).changes).toHaveLength(1);
});

/** What is created, by the port groups that are noted on it. */
const annotated = (seen: NetworksSeen) =>
  planNetworks(seen).changes.flatMap((change) =>
    change.verb === 'create' ? [change.object.metadata.annotations?.['migration-prep/port-groups']] : [],
  );

test('two vCenters with the same network share it', () => {
  const other = { ...pair, source: { name: 'vc-2', namespace: 'openshift-mtv' } };
  const seen = networksSeen({
    plans: [planOf('wave-1', 'map'), planOf('wave-2', 'other', { provider: other })],
    networkMaps: [mapOf('map', [entryOf('pg-100', 'vms/web')]), mapOf('other', [entryOf('pg-100', 'vms/web')], other)],
    providers: [providerOf('vc', 'vsphere'), providerOf('vc-2', 'vsphere'), providerOf('host', 'openshift')],
    inventories: new Map([
      ['uid-vc', ok(vcenter)],
      ['uid-vc-2', ok(vcenter)],
    ]),
  });
  expect(annotated(seen)).toEqual(['{"provider":"openshift-mtv/vc","portGroups":[{"id":"pg-100","name":"web-100"}]}']);
});

test('port groups of one name are noted in the order of their ids', () => {
  const networks = ['pg-y', 'pg-x'].map((id) => portGroupOf(id, 'same', '100'));
  const seen = networksSeen({
    networkMaps: [mapOf('map', [entryOf('pg-y', 'vms/web'), entryOf('pg-x', 'vms/web')])],
    inventories: new Map([['uid-vc', ok({ networks, hosts: [], vms: [] })]]),
  });
  expect(annotated(seen)).toEqual([
    '{"provider":"openshift-mtv/vc","portGroups":[{"id":"pg-x","name":"same"},{"id":"pg-y","name":"same"}]}',
  ]);
});
