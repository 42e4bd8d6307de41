import type { MemoryCluster } from '../testing/memory-cluster';
import { made, openshift, operatorBy } from '../testing/memory-openshift';
import { virtDefaultAnnotation } from '../domain/storage/virt-default';
import { cleanupParts, cleanupTasks } from './cleanup';
import { ensureTasks } from '../work/prepare/ensure';
import { execute, wishing } from './execute-tasks';

describe('case 3: an operator that is there', () => {
  const parts = (cluster: MemoryCluster, content: object, only: readonly string[] = []) =>
    execute(ensureTasks({ cluster, dryRun: false, say: () => undefined }, wishing(content), only), undefined, 5000);

  test('under another name of its package is used where it is, and gets its own resource there', async () => {
    const cluster = openshift('4.21.3', 'konveyor-forklift', 'kubevirt-hyperconverged');
    operatorBy(cluster, 'mtv', {
      namespace: 'konveyor-forklift',
      group: 'migration',
      subscription: 'forklift-operator',
      package: 'forklift-operator',
    });
    operatorBy(cluster, 'cnv', {
      namespace: 'kubevirt-hyperconverged',
      group: 'g',
      subscription: 'c',
      package: 'community-kubevirt-hyperconverged',
      everywhere: true,
    });
    const { code, said } = await parts(cluster, { operators: { mtv: { mode: 'install' }, cnv: { mode: 'install' } } });
    expect(code).toBe(0);
    expect(said).toContain(
      'operator/mtv: its Subscription is in project konveyor-forklift, for package forklift-operator. It is used as it is.',
    );
    expect(made(cluster)).toEqual([
      'create forkliftControllers konveyor-forklift/forklift-controller',
      'create hyperConvergeds kubevirt-hyperconverged/kubevirt-hyperconverged',
    ]);
  });

  test('by a ClusterExtension is used where that says', async () => {
    const cluster = openshift('4.21.3', 'mtv-v1');
    cluster.put('clusterExtensions', {
      metadata: { name: 'mtv' },
      spec: { namespace: 'mtv-v1', source: { catalog: { packageName: 'mtv-operator' } } },
      status: {
        conditions: [{ type: 'Installed', status: 'True' }],
        install: { bundle: { name: 'mtv-operator.v2.12.1' } },
      },
    });
    const { code, said } = await parts(cluster, { operators: { mtv: { mode: 'install' } } });
    expect(code).toBe(0);
    expect(said).toContain(
      'operator/mtv: Migration Toolkit for Virtualization is installed by ClusterExtension mtv (mtv-operator.v2.12.1). It is used as it is.',
    );
    expect(made(cluster)).toEqual(['create forkliftControllers mtv-v1/forklift-controller']);
  });

  test('or only its own resource, is not installed a second time: that is refused, or adopted by wish', async () => {
    const cluster = openshift('4.21.3', 'openshift-mtv');
    cluster.put('forkliftControllers', { metadata: { name: 'forklift-controller', namespace: 'openshift-mtv' } });
    const refused = await parts(cluster, { operators: { mtv: { mode: 'install' } } });
    expect(refused.code).toBe(1);
    expect(refused.complaints).toEqual([
      expect.stringMatching(
        /^operator\/mtv: .* is not installed again, because ForkliftController openshift-mtv\/forklift-controller exists/,
      ),
    ]);
    const adopted = await parts(cluster, { operators: { mtv: { mode: 'adopt' } } });
    expect(adopted.code).toBe(0);
    expect(adopted.said).toContainEqual(
      expect.stringMatching(/^operator\/mtv: .* is unknown: .* It is used as it is\.$/),
    );
    expect(made(cluster)).toEqual([]);
  });

  test('once, and left its API behind, is installed again; its own resource waits for it', async () => {
    const cluster = openshift('4.21.3');
    const alone = await parts(cluster, { operators: { mtv: { mode: 'install' } } }, ['operands']);
    expect(alone.code).toBe(3);
    expect(made(cluster)).toEqual([]);
    expect((await parts(cluster, { operators: { mtv: { mode: 'install' } } })).code).toBe(0);
    expect(made(cluster)).toContain('create subscriptions openshift-mtv/mtv-operator');
  });

  test('and is adopted stays when everything of ours is taken back', async () => {
    const cluster = openshift('4.21.3', 'konveyor-forklift', 'mine');
    operatorBy(cluster, 'mtv', {
      namespace: 'konveyor-forklift',
      group: 'migration',
      subscription: 'forklift-operator',
      package: 'forklift-operator',
    });
    cluster.put('clusterExtensions', {
      metadata: { name: 'virt' },
      spec: { namespace: 'mine', source: { catalog: { packageName: 'kubevirt-hyperconverged' } } },
    });
    await parts(cluster, { operators: { mtv: { mode: 'install' }, cnv: { mode: 'install' } } });
    const { code, said } = await execute(
      cleanupTasks({ cluster, dryRun: false, say: () => undefined }, cleanupParts, {
        plugin: 'migration-prep',
        report: 'r',
        release: 'mp',
        namespace: 'default',
      }),
    );
    expect(code).toBe(0);
    expect(said).toContain('operator/mtv: somebody else installed it.');
    expect(said).toContain('operator/cnv: somebody else installed it.');
    expect(cluster.all('subscriptions')).toHaveLength(1);
    expect([...cluster.all('forkliftControllers'), ...cluster.all('hyperConvergeds')]).toEqual([]);
  });
});

describe('case 7: the class of virtual machines', () => {
  const wish = (unsetOthers: boolean) => wishing({ storage: { virtDefaultClass: 'lvms', unsetOthers } });
  const classes = (newer: string) => {
    const cluster = openshift('4.21.3');
    cluster.put('storageClasses', {
      metadata: { name: 'lvms-vg1', creationTimestamp: '2026-03-01T00:00:00Z' },
      provisioner: 'topolvm.io',
    });
    cluster.put('storageClasses', {
      metadata: { name: 'ceph', creationTimestamp: newer, annotations: { [virtDefaultAnnotation]: 'true' } },
      provisioner: 'rbd',
    });
    return cluster;
  };
  const mark = (cluster: MemoryCluster, unsetOthers = false) =>
    execute(ensureTasks({ cluster, dryRun: false, say: () => undefined }, wish(unsetOthers), []));

  test('is not the wished one while a newer one is marked: that is told, and which', async () => {
    const { code, complaints } = await mark(classes('2026-04-01T00:00:00Z'));
    expect(code).toBe(1);
    expect(complaints).toEqual([
      expect.stringMatching(/lvms-vg1 is marked, but disks of virtual machines get ceph: .* CDI takes the newest/),
    ]);
  });

  test('is the wished one while an older one is marked', async () => {
    const { code, said } = await mark(classes('2026-02-01T00:00:00Z'));
    expect({ code, said }).toEqual({
      code: 0,
      said: ['virt-default-class: the class is marked, and used as the newest of several: lvms-vg1, ceph.'],
    });
  });

  test('is the wished one when the mark of others may be taken', async () => {
    const { code, said } = await mark(classes('2026-04-01T00:00:00Z'), true);
    expect({ code, said }).toEqual({ code: 0, said: ['virt-default-class: the class is marked, and used.'] });
  });

  test.each(['at once', 'after a while'])(
    'is not when another operator sets its mark back %s, and that one is named',
    async (when) => {
      const cluster = classes('2026-04-01T00:00:00Z');
      const setBack = () => {
        const metadata = {
          name: 'ceph',
          creationTimestamp: '2026-04-01T00:00:00Z',
          annotations: { [virtDefaultAnnotation]: 'true' },
        };
        const managedFields = [
          {
            manager: 'ocs-operator',
            fieldsV1: { 'f:metadata': { 'f:annotations': { [`f:${virtDefaultAnnotation}`]: {} } } },
          },
        ];
        cluster.put('storageClasses', { metadata: { ...metadata, managedFields }, provisioner: 'rbd' });
      };
      const world = {
        cluster: {
          ...cluster,
          pause: () => {
            setBack();
            return Promise.resolve();
          },
        },
        dryRun: false,
        say: () => undefined,
      };
      const apply: typeof cluster.apply = async (...change) => {
        const answer = await cluster.apply(...change);
        setBack();
        return answer;
      };
      const tasks = ensureTasks(
        when === 'at once' ? { ...world, cluster: { ...cluster, apply } } : world,
        wish(true),
        [],
      );
      const { code, complaints } = await execute(tasks);
      expect(code).toBe(1);
      expect(complaints).toEqual([expect.stringContaining('ceph')]);
      if (when !== 'at once') expect(complaints[0]).toContain('Somebody sets StorageClass ceph back: ocs-operator.');
    },
  );
});

const managedFields = [
  { manager: 'argocd-controller', fieldsV1: { 'f:spec': { 'f:evictionStrategy': {}, 'f:managementState': {} } } },
];

test.each<[string, object, (cluster: MemoryCluster) => void]>([
  [
    'eviction-strategy',
    { virtualization: { evictionStrategy: 'LiveMigrateIfPossible' } },
    (cluster) => {
      cluster.put('hyperConvergeds', {
        metadata: { name: 'mine', namespace: 'openshift-cnv', managedFields },
        spec: { evictionStrategy: 'LiveMigrate' },
      });
    },
  ],
  [
    'registry',
    { registry: { enable: true, storageClass: 'fast' } },
    (cluster) => {
      cluster.put('imageRegistryConfigs', {
        metadata: { name: 'cluster', managedFields },
        spec: { managementState: 'Removed', storage: {} },
      });
    },
  ],
])('case 7, its kind: %s that somebody sets back is not done, and who did is told', async (task, content, setBack) => {
  const cluster = openshift('4.21.3', 'openshift-cnv');
  setBack(cluster);
  const pause = () => {
    setBack(cluster);
    return Promise.resolve();
  };
  const { code, complaints } = await execute(
    ensureTasks({ cluster: { ...cluster, pause }, dryRun: false, say: () => undefined }, wishing(content), []),
  );
  expect(code).toBe(1);
  expect(complaints).toEqual([
    expect.stringMatching(new RegExp(`^${task}: Somebody sets .* back: argocd-controller\\.`)),
  ]);
});
