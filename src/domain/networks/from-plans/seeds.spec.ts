import type { Change } from '../../change';
import { keyOf, nameOfChange } from '../../change';
import type { MigrationPlan, NetworkMap, NetworkMapEntry } from '../../migration-objects';
import type { NetworkAttachmentDefinition, Provider } from '../../objects';
import { isOurs } from '../../ownership';
import type { Result } from '../../result';
import { err, ok } from '../../result';
import { plainEnglish } from '../../translate';
import { numbers } from '../../../testing/numbers';
import {
  entryOf,
  mapOf,
  networksSeen,
  pair,
  planOf,
  policyOf,
  portGroupOf,
  projectsCalled,
  providerOf,
  ruleOf,
  vcenter,
} from '../../../testing/networks-seen';
import type { InventoryFailure, InventorySnapshot } from '../inventory';
import { nadOf } from '../nad';
import { keyOfObject } from './named';
import { planNetworks, planNetworksOf } from './plan-networks';
import { planUnused } from './plan-unused';
import type { NetworksSeen } from './world';
import { worldOf } from './world';

// Those that are certain come more often.
const certain = ['pg-100', 'pg-101', 'pg-200', 'net-0'];
const portGroups = [...vcenter.networks.map(({ id }) => id), 'gone', ...certain, ...certain, ...certain, ...certain];
const projects = ['default', 'vms', 'new'];
const networks = ['web', 'web', 'web', 'db', 'db', 'Wrong'];

/** A cluster with few names, so that much of it meets: several plans on a map, several maps on a network, and NADs of everybody. */
const clusterOf = (seed: number): NetworksSeen => {
  const below = numbers(seed);
  const pick = <T>(of: readonly [T, ...T[]]): T => of[below(of.length)] ?? of[0];
  const some = <T>(most: number, make: (at: number) => T): readonly T[] =>
    Array.from({ length: below(most + 1) }, (_, at) => make(at));
  const project = () => projects[below(projects.length)] ?? 'vms';
  const destination = () => `${project()}/${networks[below(networks.length)] ?? 'web'}`;
  const entry = (): NetworkMapEntry => entryOf(portGroups[below(portGroups.length)] ?? 'pg-100', destination());
  const source = { name: pick(['vc', 'vc', 'vc', 'vc-2', 'none', 'ovirt']), namespace: 'openshift-mtv' };
  const ends = () => pick([pair, pair, pair, pair, pair, { ...pair, source }]);
  const nad = (): NetworkAttachmentDefinition => {
    const [namespace = '', name = ''] = destination().split('/');
    const tag = pick([100, 101, undefined]);
    const made = nadOf({
      name,
      namespace,
      network: { attachment: { kind: 'linux-bridge', bridge: 'br1' }, tag, mtu: undefined, anyMac: false },
      provider: 'openshift-mtv/vc',
      portGroups: [],
    });
    const by = pick<Partial<NetworkAttachmentDefinition['metadata']>>([
      { labels: {} },
      { annotations: { 'migration-prep/declared-by': 'migration-prep/prep' } },
      {},
    ]);
    return { ...made, metadata: { ...made.metadata, uid: `uid-${String(below(1e6))}`, ...by } };
  };
  const read: Result<InventorySnapshot, InventoryFailure> = ok(vcenter);
  return networksSeen({
    policy: policyOf({
      rules: [
        ...some(2, () =>
          ruleOf({
            vlan: pick(['100-199', 'untagged', 300]),
            switch: pick(['', 'DSwitch', 'Iso*']),
            portGroup: pick(['', 'untagged-*', 'web-*']),
            bridge: pick(['br1', 'br2']),
          }),
        ),
        ...some(1, () => ruleOf({})),
      ],
      namespaces: pick([[], [], ['vms', 'new']]),
      createNamespaces: pick([[], ['new']]),
      removeUnused: below(2) === 0,
    }),
    plans: some(6, (at) =>
      planOf(`wave-${String(at)}`, `map-${String(below(4))}`, {
        targetNamespace: project(),
        provider: ends(),
        archived: below(8) === 0,
      }),
    ),
    networkMaps: [0, 1, 2, 3].flatMap((at) =>
      below(8) === 0 ? [] : [mapOf(`map-${String(at)}`, some(4, entry), ends())],
    ),
    providers: [
      providerOf('vc', 'vsphere', below(8) > 0),
      providerOf('vc-2', 'vsphere'),
      providerOf('ovirt', 'ovirt'),
      providerOf('host', 'openshift'),
    ],
    nads: [...new Map(some(5, nad).map((each) => [keyOfObject(each), each])).values()],
    namespaces: { state: 'loaded', items: projectsCalled('default', 'plans', ...pick([['vms'], ['vms', 'new'], []])) },
    virtualMachines: {
      state: 'loaded',
      items: some(2, (at) => ({
        metadata: { name: `vm-${String(at)}`, namespace: project() },
        spec: { template: { spec: { networks: [{ name: 'nic', multus: { networkName: destination() } }] } } },
      })),
    },
    virtualMachineInstances: pick([
      { state: 'loaded', items: [] },
      { state: 'loaded', items: [] },
      { state: 'failed', failure: { code: 'Forbidden', message: '' } },
    ]),
    inventories: new Map([
      ['uid-vc', read],
      ['uid-vc-2', pick([read, err({ code: 'Loading' })])],
    ]),
  });
};

/** What the cluster holds when the changes have been made. */
const carriedOut = (seen: NetworksSeen, changes: readonly Change[]): NetworksSeen => {
  const nads = new Map(seen.nads.map((nad) => [keyOfObject(nad), nad]));
  const namespaces = seen.namespaces.state === 'loaded' ? [...seen.namespaces.items] : [];
  for (const change of changes) {
    if (change.verb === 'create' && change.kind === 'namespaces') namespaces.push(change.object);
    else if (change.verb === 'create') nads.set(keyOfObject(change.object), change.object);
    else if (change.verb === 'delete') nads.delete(`${change.namespace ?? ''}/${change.name}`);
  }
  return { ...seen, nads: [...nads.values()], namespaces: { state: 'loaded', items: namespaces } };
};

const said = ({ changes, notes }: ReturnType<typeof planNetworks>) => ({
  changes: changes.map((change) => ({ ...change, why: change.why(plainEnglish) })),
  notes: notes.map((note) => ({ ...note, text: note.text(plainEnglish) })),
});

const shuffled = <T>(items: readonly T[], below: (limit: number) => number): readonly T[] =>
  items
    .map((item) => [below(1e9), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

const seeds = Array.from({ length: 1500 }, (_, seed) => seed);

test('the cases are of every sort', () => {
  const sorts = new Map<string, number>();
  for (const seed of seeds) {
    const { changes, notes } = planNetworks(clusterOf(seed));
    for (const sort of [...changes.map(({ verb, kind }) => `${verb} ${kind}`), ...notes.map(({ reason }) => reason)])
      sorts.set(sort, (sorts.get(sort) ?? 0) + 1);
  }
  for (const sort of [
    'create networkAttachmentDefinitions',
    'create namespaces',
    'delete networkAttachmentDefinitions',
    'SourcesConflict',
    'NetworkDiffers',
    'UsersUnknown',
    'VlanUntaggedOrPrivate',
    'ProviderMissing',
    'ProvidersDiffer',
    'ProjectNotAllowed',
  ])
    expect([sort, (sorts.get(sort) ?? 0) > 20]).toEqual([sort, true]);
});

test('when it is done, nothing is left to do, and nothing that was there is touched but what is ours', () => {
  for (const seed of seeds) {
    const before = clusterOf(seed);
    const { changes } = planNetworks(before);
    const after = carriedOut(before, changes);
    expect([seed, planNetworks(after).changes.map(nameOfChange)]).toEqual([seed, []]);
    const ofOthers = before.nads.filter((nad) => !isOurs(nad));
    expect(ofOthers.filter((nad) => !after.nads.includes(nad))).toEqual([]);
    for (const change of changes) {
      expect(change.verb).not.toBe('patch');
      if (change.verb === 'create') expect(isOurs(change.object)).toBe(true);
    }
    expect(new Set(changes.map((change) => keyOf(nameOfChange(change)))).size).toBe(changes.length);
  }
});

test('the order in which things are listed does not matter', () => {
  for (const seed of seeds) {
    const seen = clusterOf(seed);
    const below = numbers(seed + 1);
    const mixed: NetworksSeen = {
      ...seen,
      plans: shuffled<MigrationPlan>(seen.plans, below),
      networkMaps: shuffled<NetworkMap>(seen.networkMaps, below),
      providers: shuffled<Provider>(seen.providers, below),
      nads: shuffled(seen.nads, below),
      inventories: new Map(shuffled([...seen.inventories], below)),
    };
    expect(said(planNetworks(mixed))).toEqual(said(planNetworks(seen)));
  }
});

test('one plan at a time comes to the same as all at once', () => {
  for (const seed of seeds) {
    const seen = clusterOf(seed);
    const world = worldOf(seen);
    const plans = [...seen.plans].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    const nads = [...seen.nads].sort((a, b) => (keyOfObject(a) < keyOfObject(b) ? -1 : 1));
    const each = [...plans.map((plan) => planNetworksOf(plan, world)), ...nads.map((nad) => planUnused(nad, world))];
    const changes = new Map(each.flatMap((one) => one.changes.map((change) => [keyOf(nameOfChange(change)), change])));
    const whole = said({ changes: [...changes.values()], notes: each.flatMap(({ notes }) => notes) });
    expect(whole).toEqual(said(planNetworks(seen)));
  }
});

test('10,000 plans with three networks each, of which all have one in common, are planned in seconds', () => {
  const ids = Array.from({ length: 300 }, (_, at) => at);
  const inventory: InventorySnapshot = {
    networks: [
      ...vcenter.networks,
      ...ids.map((at) => portGroupOf(`many-${String(at)}`, `many-${String(at)}`, String(1000 + at))),
    ],
    hosts: [],
    vms: [],
  };
  const waves = Array.from({ length: 10_000 }, (_, at) => at);
  const seen = networksSeen({
    plans: waves.map((at) => planOf(`wave-${String(at)}`, `map-${String(at)}`)),
    networkMaps: waves.map((at) =>
      mapOf(`map-${String(at)}`, [
        entryOf('pg-100', 'vms/shared'),
        entryOf(`many-${String(at % 300)}`, `vms/one-${String(at)}`),
        entryOf(`many-${String(at % 300)}`, `vms/two-${String(at)}`),
      ]),
    ),
    inventories: new Map([['uid-vc', ok(inventory)]]),
  });
  const begin = performance.now();
  expect(planNetworks(seen).changes).toHaveLength(20_001);
  expect(performance.now() - begin).toBeLessThan(20_000);
});
