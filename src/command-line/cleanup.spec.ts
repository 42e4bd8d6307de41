import type { KindId } from '../domain/kinds';
import { ownLabels } from '../domain/ownership';
import { made, openshift } from '../testing/memory-openshift';
import { cleanupParts, cleanupTasks } from './cleanup';
import { execute } from './execute-tasks';

const names = { plugin: 'migration-prep', report: 'r', namespace: 'default' };

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
