import type { Preparation } from '../../domain/preparation';
import { declaredBy, ownLabels, releaseOf } from '../../domain/ownership';
import { err, ok } from '../../domain/result';
import { declaredProvider as provider } from '../../testing/declared-provider';
import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { policyOf } from '../../testing/networks-seen';
import { credentialGuard } from './credential-guard';
import { preparationTasks } from './preparation-tasks';
import type { PreparationWorld } from './preparation-tasks';
import { heldPartOf } from './watched';

const release = { namespace: 'prep', name: 'mp' };
const image = 'quay.io/team/vddk:8.0.3';
const preparation: Preparation = {
  providers: [provider, { ...provider, name: 'lab', namespace: 'team' }],
  hosts: [{ provider: 'lab', host: 'esxi-01', adapter: { name: 'Transfer' }, secret: 'esxi' }],
  vddk: { image, providers: true },
  networks: policyOf({}),
};

const prepared = (): MemoryCluster => {
  const cluster = memoryCluster('openshift-mtv', 'prep', 'team');
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: 'openshift-mtv' },
    spec: {},
  });
  cluster.put('secrets', {
    metadata: { name: 'vcenter', namespace: 'prep' },
    data: { user: btoa('u'), password: btoa('p') },
  });
  return cluster;
};

const world = (cluster: MemoryCluster, holder: PreparationWorld['release']): PreparationWorld => ({
  cluster,
  dryRun: false,
  say: () => undefined,
  home: 'prep',
  release: holder,
  guard: credentialGuard(cluster, holder),
  fetchCertificate: () => Promise.resolve(err({ code: 'Unreachable' })),
  fetchHosts: () => Promise.resolve(ok([])),
  fingerprintOf: () => undefined,
  archives: {
    hostOf: () => {
      throw new Error('No archive is declared.');
    },
    proxy: {},
    signal: new AbortController().signal,
    inVain: new Map(),
  },
});

const names = (only: readonly string[], holder: PreparationWorld['release'], declared = preparation) =>
  preparationTasks(world(memoryCluster(), holder), declared, only).map(({ name }) => name);

test.each<[string, readonly string[], PreparationWorld['release'], readonly string[]]>([
  [
    'everything, for a release',
    [],
    release,
    ['provider/vc', 'provider/team/lab', 'host/lab/esxi-01', 'vddk', 'undeclared'],
  ],
  ['everything, once', [], undefined, ['provider/vc', 'provider/team/lab', 'host/lab/esxi-01', 'vddk']],
  ['providers alone', ['providers'], undefined, ['provider/vc', 'provider/team/lab']],
  ['hosts alone', ['hosts'], undefined, ['host/lab/esxi-01']],
  ['the image alone', ['vddk'], undefined, ['vddk']],
  ['something else', ['operators'], undefined, []],
])('has tasks for %s', (_, only, holder, expected) => {
  expect(names(only, holder)).toEqual(expected);
});

test('every task for a release is held by the controller', () => {
  expect(names([], release).filter((name) => heldPartOf(name) === undefined)).toEqual([]);
});

test('declares nothing, and has nothing to do', () => {
  expect(names([], undefined, { providers: [], hosts: [], vddk: undefined, networks: policyOf({}) })).toEqual([]);
});

test('brings everything about, in the order of the tasks, and lets go of what is declared no longer', async () => {
  const cluster = prepared();
  const metadata = { name: 'old', namespace: 'team', labels: ownLabels, annotations: declaredBy(release) };
  cluster.put('providers', { metadata });
  for (const { attempt } of preparationTasks(world(cluster, release), preparation, [])) await attempt();
  const seen = cluster
    .all('providers')
    .map((each) => [each.metadata.namespace, each.metadata.name, releaseOf(each) !== undefined]);
  expect(seen).toEqual([
    ['team', 'old', false],
    ['openshift-mtv', 'vc', true],
    ['team', 'lab', true],
  ]);
  expect(cluster.all('providers').map(({ spec }) => spec?.settings?.vddkInitImage)).toEqual([undefined, image, image]);
  expect(cluster.all('forkliftControllers')[0]?.spec?.vddk_image).toBe(image);
});

test('what a release holds is not changed from the command line', async () => {
  const cluster = prepared();
  const run = async (holder: PreparationWorld['release'], changed: Preparation) => {
    const tasks = preparationTasks(world(cluster, holder), changed, []);
    return Promise.all(tasks.map(async ({ name, attempt }) => [name, (await attempt()).state]));
  };
  await run(release, preparation);
  const { length } = cluster.writes;
  const changed = {
    ...preparation,
    providers: [{ ...provider, url: 'other' }],
    vddk: { image: 'q.io/x', providers: true },
  };
  expect(await run(undefined, changed)).toEqual([
    ['provider/vc', 'failed'],
    ['vddk', 'failed'],
  ]);
  expect(cluster.writes).toHaveLength(length);
});
