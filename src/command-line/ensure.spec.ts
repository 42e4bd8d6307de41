import type { MemoryCluster } from '../testing/memory-cluster';
import { made, openshift, operatorBy } from '../testing/memory-openshift';
import type { KindId } from '../domain/kinds';
import { operatorIds, operators } from '../domain/operators/operator';
import { virtDefaultAnnotation } from '../domain/storage/virt-default';
import { cleanupParts, cleanupTasks } from './cleanup';
import { ensureTasks } from '../work/prepare/ensure';
import { execute, wishing } from './execute-tasks';

const wishes = (() => {
  const install = { mode: 'install' };
  return wishing({
    operators: {
      lvms: { ...install, operand: { paths: ['/dev/disk/by-id/a'] } },
      mtv: install,
      nmstate: install,
      cnv: install,
    },
    storage: { virtDefaultClass: 'lvms', unsetOthers: true },
    registry: { enable: true },
    virtualization: { evictionStrategy: 'LiveMigrateIfPossible' },
  });
})();

const ensure = (cluster: MemoryCluster, between?: () => void) =>
  execute(ensureTasks({ cluster, dryRun: false, say: () => undefined }, wishes, []), between);

const storage = (
  cluster: MemoryCluster,
  name: string,
  provisioner: string,
  annotations: Record<string, string> = {},
): void => {
  cluster.put('storageClasses', { metadata: { name, annotations }, provisioner });
};

/** LVM Storage makes its class once there is an LVMCluster. */
const lvmStorage = (cluster: MemoryCluster) => () => {
  if (
    cluster.all('lvmClusters').length > 0 &&
    !cluster.all('storageClasses').some(({ metadata }) => metadata.name === 'lvms-vg1')
  ) {
    storage(cluster, 'lvms-vg1', 'topolvm.io');
  }
};

const bare = () => openshift('4.21.3');

/** Operators in odd projects under odd names, two classes marked, the registry Removed. */
const half = () => {
  const cluster = openshift('4.20.1', 'migration', 'net', 'openshift-cnv');
  operatorBy(cluster, 'mtv', { namespace: 'migration', group: 'migration-x7k2p', subscription: 'forklift' });
  operatorBy(cluster, 'nmstate', { namespace: 'net', group: 'global', subscription: 'nm', everywhere: true });
  operatorBy(cluster, 'cnv', { namespace: 'openshift-cnv', group: 'cnv', subscription: 'cnv' });
  cluster.put('hyperConvergeds', {
    metadata: { name: 'mine', namespace: 'openshift-cnv' },
    spec: { evictionStrategy: 'LiveMigrate' },
  });
  storage(cluster, 'ceph', 'rbd', { [virtDefaultAnnotation]: 'true' });
  storage(cluster, 'nfs', 'nfs', { [virtDefaultAnnotation]: 'true' });
  return cluster;
};

/** As the Assisted Installer leaves it: its bundle and LVM Storage, by its names, in its projects. */
const assisted = () => {
  const homes = {
    lvms: 'openshift-storage',
    mtv: 'openshift-mtv',
    nmstate: 'openshift-nmstate',
    cnv: 'openshift-cnv',
  } as const;
  const cluster = openshift('4.21.3', ...Object.values(homes));
  for (const id of operatorIds) {
    const { operatorGroup: group, subscription } = operators[id];
    operatorBy(cluster, id, { namespace: homes[id], group, subscription });
  }
  cluster.put('lvmClusters', { metadata: { name: 'lvmcluster-sample', namespace: homes.lvms } });
  cluster.put('forkliftControllers', { metadata: { name: 'forklift-controller', namespace: homes.mtv } });
  cluster.put('nmStates', { metadata: { name: 'nmstate' } });
  cluster.put('hyperConvergeds', { metadata: { name: 'kubevirt-hyperconverged', namespace: homes.cnv }, spec: {} });
  storage(cluster, 'lvms-vg1', 'topolvm.io');
  return cluster;
};

const prepared = async () => {
  const cluster = assisted();
  await ensure(cluster);
  return cluster;
};

/** What must hold whatever was there: one of each, one class marked, the registry on. */
const expectWhole = (cluster: MemoryCluster): void => {
  for (const id of operatorIds) {
    expect(cluster.all('subscriptions').filter(({ spec }) => spec?.name === operators[id].package)).toHaveLength(1);
    expect(cluster.all(operators[id].operand.kind)).toHaveLength(1);
  }
  const homes = cluster.all('operatorGroups').map(({ metadata }) => metadata.namespace);
  expect(new Set(homes).size).toBe(homes.length);
  const marked = cluster
    .all('storageClasses')
    .filter(({ metadata }) => metadata.annotations?.[virtDefaultAnnotation] === 'true');
  expect(marked.map(({ metadata }) => metadata.name)).toEqual(['lvms-vg1']);
  expect(cluster.all('imageRegistryConfigs')[0]?.spec).toMatchObject({
    managementState: 'Managed',
    storage: { pvc: {} },
  });
  expect(cluster.all('hyperConvergeds')[0]?.spec?.evictionStrategy).toBe('LiveMigrateIfPossible');
};

test('a bare cluster gets all of it, each in the project its operator suggests', async () => {
  const cluster = bare();
  const { code, complaints, said } = await ensure(cluster, lvmStorage(cluster));
  expect({ code, complaints }).toEqual({ code: 0, complaints: [] });
  expect(said).toContain('virt-default-class: waiting. LVM Storage has not created its storage class yet.');
  expectWhole(cluster);
  expect(cluster.all('subscriptions').map(({ metadata }) => metadata.namespace)).toEqual([
    'openshift-lvm-storage',
    'openshift-mtv',
    'openshift-nmstate',
    'openshift-cnv',
  ]);
});

test('a half prepared one keeps what it has, wherever that is', async () => {
  const cluster = half();
  const { code } = await ensure(cluster, lvmStorage(cluster));
  expect(code).toBe(0);
  expectWhole(cluster);
  expect(made(cluster).filter((key) => /^create (subscriptions|operatorGroups|namespaces)/.test(key))).toEqual([
    'create namespaces /openshift-lvm-storage',
    'create operatorGroups openshift-lvm-storage/openshift-storage-operatorgroup',
    'create subscriptions openshift-lvm-storage/lvms-operator',
  ]);
  expect(cluster.all('forkliftControllers')[0]?.metadata.namespace).toBe('migration');
});

test("the Assisted Installer's is adopted: three fields and a claim", async () => {
  const cluster = assisted();
  expect((await ensure(cluster)).code).toBe(0);
  expectWhole(cluster);
  expect(made(cluster).sort()).toEqual([
    'create persistentVolumeClaims openshift-image-registry/image-registry-migration-prep',
    'patch hyperConvergeds openshift-cnv/kubevirt-hyperconverged',
    'patch imageRegistryConfigs /cluster',
    'patch storageClasses /lvms-vg1',
  ]);
});

test('a prepared one needs no write', async () => {
  const cluster = await prepared();
  const { length } = cluster.writes;
  const { code, complaints } = await ensure(cluster);
  expect({ code, complaints, made: made(cluster, length) }).toEqual({ code: 0, complaints: [], made: [] });
});

const kindsWritten: readonly KindId[] = [
  'namespaces',
  'operatorGroups',
  'subscriptions',
  'lvmClusters',
  'forkliftControllers',
  'nmStates',
  'hyperConvergeds',
  'persistentVolumeClaims',
];
test.each(kindsWritten.flatMap((kind) => (['before', 'after'] as const).map((when) => ({ kind, when }))))(
  'nothing is made twice when the answer to a creation of $kind is lost ($when it takes place)',
  async ({ kind, when }) => {
    const cluster = bare();
    // More often than one run of the loop bears: the next round goes on.
    cluster.fail({ verb: 'create', kind, failure: 'Unreachable', when, times: when === 'before' ? 6 : 1 });
    expect((await ensure(cluster, lvmStorage(cluster))).code).toBe(0);
    expectWhole(cluster);
    expect(new Set(made(cluster)).size).toBe(made(cluster).length);
  },
);

test('a webhook that is not up yet is waited for; one that refuses is not', async () => {
  const late = bare();
  late.fail({
    verb: 'create',
    kind: 'hyperConvergeds',
    failure: 'ServerError',
    message: 'failed calling webhook',
    times: 9,
  });
  expect((await ensure(late, lvmStorage(late))).code).toBe(0);
  const strict = bare();
  strict.fail({ verb: 'create', kind: 'lvmClusters', failure: 'Rejected', message: 'duplicate LVMCluster' });
  const { code, complaints } = await execute(
    ensureTasks({ cluster: strict, dryRun: false, say: () => undefined }, wishes, ['operators', 'operands']),
  );
  expect(code).toBe(1);
  expect(complaints).toEqual(['operand/lvms: The cluster refused LVMCluster lvmcluster-sample: duplicate LVMCluster']);
  expect(strict.all('forkliftControllers')).toHaveLength(1);
});

test.each(['Forbidden', 'SessionExpired'] as const)(
  '%s ends with the code for a missing right, the rest is done',
  async (failure) => {
    const cluster = assisted();
    cluster.fail({ verb: 'patch', kind: 'storageClasses', failure });
    expect((await ensure(cluster)).code).toBe(4);
    expect(cluster.all('hyperConvergeds')[0]?.spec?.evictionStrategy).toBe('LiveMigrateIfPossible');
  },
);

test('what never comes ends with the deadline, which says what was waited for', async () => {
  const cluster = bare();
  const { code, complaints } = await ensure(cluster);
  expect(code).toBe(3);
  expect(complaints).toContain(
    'virt-default-class: the deadline has passed. LVM Storage has not created its storage class yet.',
  );
});

test('an LVMCluster of somebody else is told from the wished one, and left', async () => {
  const { said } = await ensure(assisted());
  expect(said.find((line) => line.startsWith('operand/lvms'))).toMatch(
    /left as it is. It differs from the wishes in: it has no such device class/,
  );
});

describe('cleanup', () => {
  test.each([
    ['Released', {}],
    // What the volume's controller has not seen yet.
    ['Bound', { claimRef: { uid: 'of a claim that is gone' } }],
  ])('waits for a volume that is %s and nobody claims before it lets LVM Storage go', async (phase, of) => {
    const cluster = bare();
    await ensure(cluster, lvmStorage(cluster));
    const spec = { storageClassName: 'lvms-vg1', persistentVolumeReclaimPolicy: 'Delete', ...of };
    cluster.put('persistentVolumes', { metadata: { name: 'pv' }, spec, status: { phase } });
    let rounds = 0;
    const { code, said } = await everything(cluster, () => {
      rounds += 1;
      if (rounds === 2) cluster.remove('persistentVolumes', 'pv');
    });
    expect(code).toBe(0);
    expect(said).toContain('operand/lvms: waiting. LVM Storage is still deleting volumes that are no longer claimed.');
    expect(cluster.all('subscriptions')).toEqual([]);
    expect(cluster.all('namespaces').map(({ metadata }) => metadata.name)).toEqual(['openshift-image-registry']);
  });

  test('keeps LVM Storage for a volume whose claim is there', async () => {
    const cluster = bare();
    await ensure(cluster, lvmStorage(cluster));
    cluster.put('persistentVolumeClaims', { metadata: { name: 'disk', namespace: 'default' } });
    const uid =
      cluster.all('persistentVolumeClaims').find(({ metadata }) => metadata.name === 'disk')?.metadata.uid ?? '';
    const spec = { storageClassName: 'lvms-vg1', persistentVolumeReclaimPolicy: 'Delete', claimRef: { uid } };
    cluster.put('persistentVolumes', { metadata: { name: 'pv' }, spec, status: { phase: 'Bound' } });
    const { said } = await everything(cluster);
    expect(said.find((line) => line.startsWith('operand/lvms'))).toMatch(
      /kept, because it is in use: 1 × PersistentVolume/,
    );
  });

  const everything = (cluster: MemoryCluster, between?: () => void) =>
    execute(
      cleanupTasks({ cluster, dryRun: false, say: () => undefined }, cleanupParts, {
        plugin: 'migration-prep',
        report: 'r',
        release: 'mp',
        namespace: 'default',
      }),
      between,
    );

  test.each([
    ['half', half],
    ['assisted', assisted],
  ])('of a cluster that was %s gives back what it was', async (_, make) => {
    const cluster = make();
    const held = (each: MemoryCluster) =>
      [...kindsWritten, 'storageClasses' as const].map((kind) =>
        each.all(kind).map(({ metadata: { name, namespace, labels, annotations = {} }, ...rest }) => ({
          name,
          namespace,
          labels,
          annotations,
          ...rest,
        })),
      );
    await ensure(cluster, lvmStorage(cluster));
    expect((await everything(cluster)).code).toBe(0);
    if (make === half) cluster.remove('storageClasses', 'lvms-vg1');
    expect(held(cluster)).toEqual(held(make()));
    expect(cluster.all('imageRegistryConfigs')[0]?.spec?.managementState).toBe('Removed');
  });

  test.each([
    ['virtualMachines', 'cnv'],
    ['plans', 'mtv'],
    ['nodeNetworkConfigurationPolicies', 'nmstate'],
    ['persistentVolumes', 'lvms'],
  ] as const)('keeps an operator whose %s exist', async (kind, id) => {
    const cluster = bare();
    await ensure(cluster, lvmStorage(cluster));
    cluster.put(kind, {
      metadata: { name: 'w' },
      ...(kind === 'persistentVolumes' && { spec: { storageClassName: 'lvms-vg1' } }),
    });
    const { code, said } = await everything(cluster);
    expect(code).toBe(0);
    expect(said.find((line) => line.startsWith(`operator/${id}`))).toMatch(/is kept, because it is in use: 1 × /);
    expect(cluster.all('subscriptions').map(({ spec }) => spec?.name)).toEqual([operators[id].package]);
    expect(cluster.all(operators[id].operand.kind)).toHaveLength(1);
  });
});
