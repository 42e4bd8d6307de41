import type { KindId } from '../domain/kinds';
import { declaredBy, ownLabels, releaseOf } from '../domain/ownership';
import { made, openshift } from '../testing/memory-openshift';
import { cleanupParts, cleanupTasks } from './cleanup';
import { execute } from './execute-tasks';

const names = { plugin: 'migration-prep', report: 'r', release: 'mp', namespace: 'default' };

/** What comes with operators, or with a part of OpenShift that a cluster may be without. */
const optional: readonly KindId[] = [
  'subscriptions',
  'operatorGroups',
  'clusterServiceVersions',
  'clusterExtensions',
  'lvmClusters',
  'forkliftControllers',
  'nmStates',
  'hyperConvergeds',
  'virtualMachines',
  'plans',
  'providers',
  'nodeNetworkConfigurationPolicies',
  'imageRegistryConfigs',
  'imageStreams',
  'consoleConfigs',
];

test.each([...optional.map((kind) => [kind, [kind]] as const), ['any of these', optional] as const])(
  'where there is no API of %s nothing of it is to be taken back, and the rest is',
  async (_, kinds) => {
    const cluster = openshift('4.21.3', 'default');
    cluster.put('namespaces', { metadata: { name: 'openshift-mtv', labels: ownLabels } });
    cluster.put('configMaps', { metadata: { name: 'r', namespace: 'default', labels: ownLabels } });
    for (const kind of kinds) cluster.uninstall(kind);
    const { code, complaints } = await execute(
      cleanupTasks({ cluster, dryRun: false, say: () => undefined }, cleanupParts, names),
    );
    expect({ code, complaints }).toEqual({ code: 0, complaints: [] });
    expect(made(cluster)).toEqual(['delete configMaps default/r', 'delete namespaces /openshift-mtv']);
  },
);

test('a kind that may not be looked at is not taken for one that is not there', async () => {
  const cluster = openshift('4.21.3', 'default');
  cluster.forbid('list', 'hyperConvergeds');
  const { code } = await execute(
    cleanupTasks({ cluster, dryRun: false, say: () => undefined }, ['eviction-strategy'], names),
  );
  expect(code).toBe(4);
});

describe('the controller', () => {
  const deployment = (replicas: number, running: number) => ({
    metadata: { name: 'migration-prep-controller', namespace: 'default', generation: 1 },
    spec: { replicas },
    status: { replicas: running, observedGeneration: 1 },
  });

  test('is stopped, and until its pod is gone nothing is taken back', async () => {
    const cluster = openshift('4.22.0', 'default');
    cluster.put('configMaps', { metadata: { name: 'r', namespace: 'default', labels: ownLabels } });
    cluster.put('deployments', deployment(1, 1));
    const tasks = cleanupTasks({ cluster, dryRun: false, say: () => undefined }, ['controller', 'report'], names);
    const late = await execute(tasks, undefined, 5000);
    expect(late.code).toBe(3);
    expect(made(cluster)).toEqual(['patch deployments default/migration-prep-controller']);
    cluster.put('deployments', deployment(0, 0));
    expect((await execute(tasks)).code).toBe(0);
    expect(made(cluster, 1)).toEqual(['delete configMaps default/r']);
  });

  test('that is not there holds nothing up', async () => {
    const cluster = openshift('4.22.0', 'default');
    const tasks = cleanupTasks({ cluster, dryRun: false, say: () => undefined }, ['controller'], names);
    expect(await execute(tasks)).toMatchObject({ code: 0, said: ['controller: it does not run.'] });
  });
});

describe('what a release declared', () => {
  const kinds = ['providers', 'hosts', 'forkliftControllers'] as const;
  const held = (annotations: Readonly<Record<string, string>>) => {
    const cluster = openshift('4.22.0', 'default', 'mtv');
    for (const kind of kinds)
      cluster.put(kind, { metadata: { name: 'x', namespace: 'mtv', labels: ownLabels, annotations } });
    cluster.put('configMaps', {
      metadata: { name: 'mp-refused-credentials', namespace: 'default', labels: ownLabels, annotations },
    });
    const tasks = cleanupTasks({ cluster, dryRun: false, say: () => undefined }, ['declared'], names);
    return { cluster, tasks };
  };

  test('can be changed again when it is removed, and nothing is left of refused credentials', async () => {
    const { cluster, tasks } = held({ note: 'x', ...declaredBy({ namespace: 'default', name: 'mp' }) });
    expect(await execute(tasks)).toMatchObject({ code: 0, complaints: [] });
    const left = kinds.flatMap((kind) => cluster.all(kind));
    expect(left.map((each) => [each.metadata.annotations?.note, releaseOf(each)])).toEqual(
      kinds.map(() => ['x', undefined]),
    );
    expect(cluster.all('configMaps')).toEqual([]);
  });

  test('stays with another release', async () => {
    const { cluster, tasks } = held(declaredBy({ namespace: 'elsewhere', name: 'mp' }));
    expect(await execute(tasks)).toMatchObject({ code: 0, complaints: [] });
    expect(made(cluster)).toEqual(['delete configMaps default/mp-refused-credentials']);
  });
});
