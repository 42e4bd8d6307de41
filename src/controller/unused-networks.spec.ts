import type { KindId } from '../domain/kinds';
import { nadOf } from '../domain/networks/nad';
import type { NetworkAttachmentDefinition } from '../domain/objects';
import { declaredBy } from '../domain/ownership';
import { err } from '../domain/result';
import { memoryHost } from '../testing/memory-host';
import type { MemoryHost } from '../testing/memory-host';
import { entryOf, mapOf, planOf, policyOf } from '../testing/networks-seen';
import { networks } from './networks';

const release = { namespace: 'migration-prep', name: 'prep' };
const key = 'unused';

const made = (name: string, annotations = declaredBy(release)): NetworkAttachmentDefinition => {
  const network = {
    attachment: { kind: 'linux-bridge', bridge: 'br1' },
    tag: 100,
    mtu: undefined,
    anyMac: false,
  } as const;
  const nad = nadOf({ name, namespace: 'vms', network, provider: 'openshift-mtv/vc', portGroups: [] });
  return { ...nad, metadata: { ...nad.metadata, annotations: { ...nad.metadata.annotations, ...annotations } } };
};

/** Two networks that this release made, and that nothing names. */
const play = (policy: Parameters<typeof policyOf>[0] = { removeUnused: true }) => {
  const host = memoryHost('default', 'plans', 'vms', 'other');
  const { cluster } = host;
  for (const name of ['web', 'db']) cluster.put('networkAttachmentDefinitions', made(name));
  const reconcile = networks({
    policy: policyOf(policy),
    release,
    readInventory: () => Promise.resolve(err({ code: 'Down' })),
  }).start(host);
  return {
    ...host,
    remove: () => reconcile(key),
    left: () => cluster.all('networkAttachmentDefinitions').map(({ metadata }) => metadata.name),
  };
};
const on = (...names: readonly string[]) => names.map((networkName) => ({ name: 'nic', multus: { networkName } }));
const vm = (namespace: string, name: string) => ({
  metadata: { name: 'vm', namespace },
  spec: { template: { spec: { networks: on(name) } } },
});

const users: readonly (readonly [string, (cluster: MemoryHost['cluster']) => void])[] = [
  [
    'a virtual machine',
    (cluster) => {
      cluster.put('virtualMachines', vm('vms', 'web'));
    },
  ],
  [
    'a virtual machine of another project',
    (cluster) => {
      cluster.put('virtualMachines', vm('other', 'vms/web'));
    },
  ],
  [
    'a virtual machine that runs',
    (cluster) => {
      cluster.put('virtualMachineInstances', {
        metadata: { name: 'vm', namespace: 'vms' },
        spec: { networks: on('web') },
      });
    },
  ],
  [
    'a network map',
    (cluster) => {
      cluster.put('networkMaps', mapOf('map', [entryOf('pg-9', 'vms/web')]));
    },
  ],
  [
    "MTV's settings",
    (cluster) => {
      cluster.put('forkliftControllers', {
        metadata: { name: 'forklift-controller', namespace: 'other' },
        spec: { controller_transfer_network: 'vms/web' },
      });
    },
  ],
  [
    'a plan in the archive',
    (cluster) => {
      cluster.put(
        'plans',
        planOf('wave', 'map', { archived: true, transferNetwork: { namespace: 'vms', name: 'web' } }),
      );
    },
  ],
];

test('what nothing names is removed, and the log says so', async () => {
  const { see, added, remove, left, logged } = play();
  see();
  expect(added()).toContain(key);
  expect(await remove()).toEqual({ ok: true, value: {} });
  expect(left()).toEqual([]);
  expect(logged).toEqual(
    ['vms/web', 'vms/db'].map((object) => ['info removed', { kind: 'networkAttachmentDefinitions', object }]),
  );
  expect(await remove()).toEqual({ ok: true, value: {} });
});

test.each(users)('what %s names is kept, and removed when it does so no more', async (_, put) => {
  const { see, added, remove, left, cluster } = play();
  put(cluster);
  see();
  await remove();
  expect(left()).toEqual(['web']);
  added();
  for (const kind of [
    'virtualMachines',
    'virtualMachineInstances',
    'networkMaps',
    'plans',
    'forkliftControllers',
  ] as const)
    for (const { metadata } of cluster.all(kind)) cluster.remove(kind, metadata.name, metadata.namespace);
  see();
  expect(added()).toContain(key);
  await remove();
  expect(left()).toEqual([]);
});

test.each(users)('what %s has named since its watch told last is kept: all is listed anew', async (_, put) => {
  const { see, remove, left, cluster } = play();
  see();
  put(cluster);
  await remove();
  expect(left()).toEqual(['web']);
});

test.each<KindId>([
  'plans',
  'networkMaps',
  'forkliftControllers',
  'virtualMachines',
  'virtualMachineInstances',
  'networkAttachmentDefinitions',
])('while the list of %s fails, nothing is removed, and it is tried again', async (kind) => {
  const { see, remove, left, cluster } = play();
  see();
  cluster.forbid('list', kind);
  expect(await remove()).toMatchObject({ ok: false, error: { code: 'Forbidden', kind } });
  expect(left()).toEqual(['web', 'db']);
  cluster.permit('list', kind);
  await remove();
  expect(left()).toEqual([]);
});

test.each<KindId>(['plans', 'networkMaps', 'forkliftControllers', 'virtualMachines', 'virtualMachineInstances'])(
  'until %s are listed, nothing is removed',
  async (last) => {
    const { see, remove, left } = play();
    const all = ['plans', 'networkMaps', 'providers', 'networkAttachmentDefinitions', 'namespaces'] as const;
    const kinds: readonly KindId[] = [...all, 'forkliftControllers', 'virtualMachines', 'virtualMachineInstances'];
    see(...kinds.filter((kind) => kind !== last));
    expect((await remove()).ok).toBe(true);
    expect(left()).toEqual(['web', 'db']);
    see(last);
    await remove();
    expect(left()).toEqual([]);
  },
);

test.each(['forbidden', 'absent'] as const)(
  'where virtual machines are %s, each network gets one Event and stays',
  async (knowledge) => {
    const { see, know, remove, left, cluster, clock } = play();
    see();
    know('virtualMachines', knowledge);
    expect(await remove()).toEqual({ ok: true, value: { again: 5000 } });
    await clock.advance(5000);
    expect(await remove()).toEqual({ ok: true, value: { again: 45 * 60_000 } });
    await clock.advance(60_000);
    await remove();
    expect(left()).toEqual(['web', 'db']);
    expect(
      cluster.all('events').map(({ reason, count, involvedObject }) => [reason, count, involvedObject.name]),
    ).toEqual([
      ['UsersUnknown', 1, 'web'],
      ['UsersUnknown', 1, 'db'],
    ]);
  },
);

test('what is not of this release is kept', async () => {
  const { see, remove, left, cluster } = play();
  cluster.put('networkAttachmentDefinitions', made('of-the-page', {}));
  cluster.put('networkAttachmentDefinitions', made('of-others', declaredBy({ ...release, name: 'other' })));
  cluster.put('networkAttachmentDefinitions', { metadata: { name: 'by-hand', namespace: 'vms' } });
  see();
  await remove();
  expect(left().sort()).toEqual(['by-hand', 'of-others', 'of-the-page']);
});

test('a removal that meets a conflict looks again, and removes what it looked at', async () => {
  const { see, remove, left, cluster } = play();
  see();
  cluster.fail({ verb: 'delete', kind: 'networkAttachmentDefinitions', failure: 'Conflict' });
  expect((await remove()).ok).toBe(true);
  expect(left()).toEqual([]);
  expect(cluster.writes.every((write) => write.verb === 'delete' && write.uid !== '')).toBe(true);
});

test('unless values say so, nothing is removed and no virtual machine is looked at', async () => {
  const { see, remove, left, added, cluster } = play({});
  cluster.forbid('list', 'virtualMachines');
  see();
  expect(await remove()).toEqual({ ok: true, value: {} });
  expect([left(), added()]).toEqual([['web', 'db'], []]);
});
