import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import type { NetworksPolicy } from '../domain/networks/rules';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { memoryHost } from '../testing/memory-host';
import { entryOf, mapOf, planOf, policyOf, providerOf, vcenter } from '../testing/networks-seen';
import { networks } from './networks';

const release = { namespace: 'migration-prep', name: 'prep' };

/** A plan that maps VLAN 100 to `vms/web`, and all that it needs. Everything but the network is there. */
const play = (policy: Partial<NetworksPolicy> = {}, projects = ['default', 'plans', 'vms', 'openshift-mtv']) => {
  const host = memoryHost(...projects);
  const { cluster, clock } = host;
  const inventory = { asked: 0, answer: ok(vcenter) as Result<InventorySnapshot, InventoryFailure> };
  cluster.put('providers', providerOf('vc', 'vsphere'));
  cluster.put('providers', providerOf('host', 'openshift'));
  cluster.put('networkMaps', mapOf('map', [entryOf('pg-100', 'vms/web')]));
  cluster.put('plans', planOf('wave-1', 'map'));
  const reconcile = networks({
    policy: policyOf(policy),
    release,
    readInventory: () => {
      inventory.asked += 1;
      return Promise.resolve(inventory.answer);
    },
  }).start(host);
  return {
    ...host,
    inventory,
    reconcile,
    /** Works on a plan until what it has to tell has lasted long enough. */
    settle: async (key: string) => {
      await reconcile(key);
      await clock.advance(6000);
      return reconcile(key);
    },
    made: () => cluster.writes.map(({ verb, kind }) => `${verb} ${kind}`),
    events: () => cluster.all('events').map(({ reason, count }) => `${reason ?? ''} ${String(count)}`),
  };
};
const wave = 'plans/wave-1';
const created = 'create networkAttachmentDefinitions';

test('a plan gets its network, and is looked at again should no watch tell', async () => {
  const { see, added, reconcile, cluster, logged, events } = play();
  see();
  expect(added()).toContain(wave);
  expect(await reconcile(wave)).toEqual({ ok: true, value: { again: 60_000 } });
  expect(cluster.all('networkAttachmentDefinitions')).toMatchObject([
    {
      metadata: {
        name: 'web',
        namespace: 'vms',
        annotations: { 'migration-prep/declared-by': 'migration-prep/prep' },
        labels: { 'app.kubernetes.io/managed-by': 'migration-prep' },
      },
    },
  ]);
  expect(logged).toEqual([['info created', { plan: wave, kind: 'networkAttachmentDefinitions', object: 'vms/web' }]]);
  expect(events()).toEqual([]);
  see();
  expect(await reconcile(wave)).toEqual({ ok: true, value: {} });
});

test.each(['plans', 'networkMaps', 'providers', 'networkAttachmentDefinitions', 'namespaces'] as const)(
  'until %s are listed, nothing is decided and nobody is asked',
  async (last) => {
    const { see, added, reconcile, made, inventory } = play();
    see(
      ...(['plans', 'networkMaps', 'providers', 'networkAttachmentDefinitions', 'namespaces'] as const).filter(
        (kind) => kind !== last,
      ),
    );
    expect(added()).toEqual([]);
    expect(await reconcile(wave)).toEqual({ ok: true, value: {} });
    expect([made(), inventory.asked]).toEqual([[], 0]);
    see(last);
    expect(added()).toEqual([wave]);
    await reconcile(wave);
    expect(made()).toEqual([created]);
  },
);

test('what it wrote it knows at once: neither this plan nor another writes it again before the watch tells', async () => {
  const { see, reconcile, cluster, made } = play({ createNamespaces: ['new'] });
  cluster.put('networkMaps', mapOf('map', [entryOf('pg-100', 'new/web')]));
  for (const name of ['wave-1', 'wave-2']) cluster.put('plans', planOf(name, 'map', { targetNamespace: 'new' }));
  see();
  for (const key of [wave, 'plans/wave-2', wave]) expect((await reconcile(key)).ok).toBe(true);
  expect(made()).toEqual(['create namespaces', created]);
});

test('what it wrote and no watch tells of is doubted after 30 seconds, and found by looking', async () => {
  const { see, clock, reconcile, made, cluster } = play();
  see();
  await reconcile(wave);
  await clock.advance(31_000);
  expect((await reconcile(wave)).ok).toBe(true);
  expect(made()).toEqual([created]);
  cluster.remove('networkAttachmentDefinitions', 'web', 'vms');
  await clock.advance(31_000);
  await reconcile(wave);
  expect(made()).toEqual([created, created]);
});

test('what it wrote and a watch says is gone is written again', async () => {
  const { see, added, reconcile, made, cluster } = play();
  see();
  await reconcile(wave);
  see();
  cluster.remove('networkAttachmentDefinitions', 'web', 'vms');
  added();
  see();
  expect(added()).toEqual([wave]);
  await reconcile(wave);
  expect(made()).toEqual([created, created]);
});

test.each<[string, object, readonly string[]]>([
  ['the same network', { type: 'bridge', bridge: 'br1', vlan: 100 }, []],
  ['another network', { type: 'bridge', bridge: 'br1', vlan: 200 }, ['NetworkDiffers 1']],
])('%s that somebody made meanwhile is looked at, and left as it is', async (_, config, events) => {
  const played = play();
  const { see, cluster, settle, made } = played;
  see();
  cluster.put('networkAttachmentDefinitions', {
    metadata: { name: 'web', namespace: 'vms' },
    spec: { config: JSON.stringify({ cniVersion: '0.3.1', name: 'web', ...config }) },
  });
  expect((await settle(wave)).ok).toBe(true);
  expect(made().filter((write) => write !== 'create events')).toEqual([]);
  expect(played.events()).toEqual(events);
});

test('a creation whose answer was lost is found, and not made twice', async () => {
  const { see, cluster, reconcile, made } = play();
  see();
  cluster.fail({ verb: 'create', kind: 'networkAttachmentDefinitions', failure: 'Unreachable', when: 'after' });
  expect((await reconcile(wave)).ok).toBe(true);
  expect(made()).toEqual([created]);
});

test('without the right to create, the plan says so once, and it is tried again', async () => {
  const { see, cluster, clock, settle, reconcile, events } = play();
  see();
  cluster.forbid('create', 'networkAttachmentDefinitions');
  expect(await settle(wave)).toMatchObject({ ok: false, error: { code: 'Forbidden' } });
  expect(events()).toEqual(['NetworkNotCreated 1']);
  expect(cluster.all('events')[0]?.message).toMatch(/^Migration Prep could not create vms\/web, .* not permitted/);
  await clock.advance(60_000);
  expect((await reconcile(wave)).ok).toBe(false);
  expect(events()).toEqual(['NetworkNotCreated 1']);
  cluster.permit('create', 'networkAttachmentDefinitions');
  expect((await reconcile(wave)).ok).toBe(true);
  expect(cluster.all('networkAttachmentDefinitions')).toHaveLength(1);
});

test('what cannot be decided becomes one Event, is counted, and goes on when it is decided', async () => {
  const { see, cluster, settle, reconcile, events, metrics, clock } = play();
  const undecided = async () => /^migration_prep_undecided (\d+)$/m.exec(await metrics.text())?.[1];
  cluster.put('networkMaps', mapOf('map', [entryOf('pg-trunk', 'vms/a'), entryOf('pg-none', 'vms/b')]));
  see();
  expect(await settle(wave)).toEqual({ ok: true, value: { again: 60_000 } });
  await clock.advance(60_000);
  await reconcile(wave);
  expect(events()).toEqual(['VlanTrunk 1', 'VlanUntaggedOrPrivate 1']);
  expect(await undecided()).toBe('2');
  cluster.put('networkMaps', mapOf('map', [entryOf('pg-100', 'vms/web')]));
  see();
  await reconcile(wave);
  expect([events().length, await undecided()]).toEqual([2, '0']);
  cluster.put('networkMaps', mapOf('map', [entryOf('pg-trunk', 'vms/a')]));
  see();
  await reconcile(wave);
  cluster.remove('plans', 'wave-1', 'plans');
  see();
  await reconcile(wave);
  expect(await undecided()).toBe('0');
});

const codes: readonly InventoryFailure['code'][] = [
  'Loading',
  'Down',
  'Forbidden',
  'SessionExpired',
  'Unreachable',
  'ServerError',
];
test.each(codes)('without an inventory (%s) nothing is written, and it is asked again', async (code) => {
  const { see, settle, made, events, inventory, clock, reconcile } = play();
  inventory.answer = err({ code });
  see();
  expect(await settle(wave)).toEqual({ ok: true, value: { again: 60_000 } });
  expect([made(), events()]).toEqual([['create events'], [`Inventory${code} 1`]]);
  inventory.answer = ok(vcenter);
  await clock.advance(60_000);
  await reconcile(wave);
  expect(made()).toEqual(['create events', created]);
});

test('a hundred plans of one Provider read its inventory once', async () => {
  const { see, cluster, reconcile, inventory, made } = play();
  const names = Array.from({ length: 100 }, (_, at) => `wave-${String(at)}`);
  for (const name of names) cluster.put('plans', planOf(name, 'map'));
  see();
  await Promise.all(names.map((name) => reconcile(`plans/${name}`)));
  expect([inventory.asked, made()]).toEqual([1, [created]]);
});

type Change = [what: string, change: (cluster: ReturnType<typeof play>['cluster']) => void];

/** What decides which network a plan wants. */
const ofWhatDecides: readonly Change[] = [
  [
    'its map',
    (cluster) => {
      cluster.put('networkMaps', mapOf('map', [entryOf('pg-101', 'vms/web')]));
    },
  ],
  [
    'its Provider',
    (cluster) => {
      cluster.put('providers', providerOf('vc', 'vsphere', false));
    },
  ],
];

test.each<Change>([
  ...ofWhatDecides,
  [
    'its project',
    (cluster) => {
      cluster.remove('namespaces', 'vms');
    },
  ],
  [
    'its network',
    (cluster) => {
      cluster.put('networkAttachmentDefinitions', { metadata: { name: 'web', namespace: 'vms' } });
    },
  ],
  [
    'a plan that wants the same network',
    (cluster) => {
      cluster.put('plans', planOf('wave-2', 'map'));
    },
  ],
])('a change of %s puts the plan into the queue, and an unconcerned plan not', (_, change) => {
  const { see, added, cluster } = play();
  cluster.put(
    'networkMaps',
    mapOf('other', [entryOf('pg-200', 'default/db')], {
      source: { name: 'vc-2', namespace: 'openshift-mtv' },
      destination: { name: 'host', namespace: 'openshift-mtv' },
    }),
  );
  cluster.put('plans', {
    ...planOf('apart', 'other', {
      provider: {
        source: { name: 'vc-2', namespace: 'openshift-mtv' },
        destination: { name: 'host', namespace: 'openshift-mtv' },
      },
      targetNamespace: 'default',
    }),
  });
  see();
  added();
  change(cluster);
  see();
  expect(added()).toContain(wave);
  expect(added()).not.toContain('plans/apart');
});

test.each<Change>(ofWhatDecides)(
  'where its network is there, a change of %s puts a plan into the queue too: it may be the wrong one now',
  (_, change) => {
    const { see, added, cluster } = play();
    cluster.put('networkAttachmentDefinitions', { metadata: { name: 'web', namespace: 'vms' } });
    see();
    added();
    change(cluster);
    see();
    expect(added()).toEqual([wave]);
  },
);
