import type { Write } from '../domain/change';
import { targetOf } from '../domain/change';
import type { Cluster, Many, One } from '../domain/cluster';
import { controllerRights } from '../domain/controller-rights';
import type { ControllerPart, ControllerRight } from '../domain/controller-rights';
import type { KindId, ObjectOf } from '../domain/kinds';
import { ownLabels } from '../domain/ownership';
import type { Preparation } from '../domain/preparation';
import { err } from '../domain/result';
import { archiveBuildRights } from '../domain/vddk/plan-archive-build';
import type { MemoryCluster } from '../testing/memory-cluster';
import { openshift } from '../testing/memory-openshift';
import type { Archives } from '../work/prepare/declared-archive';
import { credentialGuard } from '../work/prepare/credential-guard';
import { ensureTasks } from '../work/prepare/ensure';
import { preparationTasks } from '../work/prepare/preparation-tasks';
import type { World } from '../work/prepare/task';
import { holdings } from '../work/prepare/watched';
import type { HeldPart } from '../work/prepare/watched';
import { wishing } from './execute-tasks';

const release = { namespace: 'prep', name: 'mp' };

/** Where the places of rights are in these tests. */
const projects: Readonly<Record<ControllerRight['place'], readonly string[] | 'all'>> = {
  cluster: 'all',
  mtv: ['openshift-mtv'],
  providers: ['openshift-mtv', 'team'],
  networks: ['vms'],
  registry: ['openshift-image-registry'],
  trust: ['openshift-config-managed'],
  release: ['prep'],
};

/** By names, in the release's project: the chart writes these rules itself. */
const declared: readonly ControllerRight[] = [
  { kind: 'secrets', names: ['vcenter'], verbs: ['get'], place: 'release', why: '' },
  { kind: 'configMaps', names: ['ca'], verbs: ['get'], place: 'release', why: '' },
];

const rightsOf = (...parts: readonly ControllerPart[]): readonly ControllerRight[] =>
  parts.flatMap((part): readonly ControllerRight[] => controllerRights[part]);

interface Request {
  readonly verb: ControllerRight['verbs'][number];
  readonly kind: KindId;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

const named = (names: ControllerRight['names']): readonly string[] | undefined =>
  names === 'credentials' ? ['vc-credentials'] : names?.map((name) => name.replace('{release}', release.name));

const covers = (right: ControllerRight, { verb, kind, namespace, name }: Request): boolean => {
  const places = projects[right.place];
  const isThere = places === 'all' || (namespace !== undefined && places.includes(namespace));
  const names = named(right.names);
  return (
    right.kind === kind &&
    right.subresource === undefined &&
    right.verbs.includes(verb) &&
    isThere &&
    (names === undefined || (name !== undefined && names.includes(name)))
  );
};

/** A cluster that notes what is asked of it. */
const listening = (cluster: MemoryCluster): { readonly cluster: Cluster; readonly asked: Request[] } => {
  const asked: Request[] = [];
  return {
    asked,
    cluster: {
      ...cluster,
      get: <K extends KindId>(one: One<K>) => {
        asked.push({ verb: 'get', kind: one.kind, namespace: one.namespace, name: one.name });
        return cluster.get(one);
      },
      list: <K extends KindId>(many: Many<K>) => {
        asked.push({ verb: 'list', kind: many.list, namespace: many.namespace });
        return cluster.list(many);
      },
      apply: (write: Write, how) => {
        const { kind, namespace, name } = targetOf(write);
        asked.push({ verb: write.verb, kind, namespace, ...(write.verb !== 'create' && { name }) });
        return cluster.apply(write, how);
      },
    },
  };
};

const provider = { url: 'https://vc.example.com/sdk', endpoint: 'vcenter', secret: 'vcenter' } as const;
const preparation: Preparation = {
  ...wishing({}).preparation,
  providers: [
    { ...provider, name: 'vc', namespace: undefined, trust: { by: 'configMap', name: 'ca' } },
    { ...provider, name: 'vc', namespace: 'team', trust: { by: 'nothing' } },
  ],
  vddk: { image: 'quay.io/team/vddk:8', providers: true },
};

const prepared = (): MemoryCluster => {
  const cluster = openshift('4.22.0', 'openshift-mtv', 'team', 'prep', 'openshift-cnv');
  const controller = { name: 'forklift-controller', namespace: 'openshift-mtv' };
  cluster.put('forkliftControllers', { metadata: controller, spec: {} });
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  cluster.put('configMaps', { metadata: { name: 'ca', namespace: 'prep' }, data: { 'ca.crt': pem } });
  return cluster;
};

const credentials = (password: string): ObjectOf['secrets'] => ({
  metadata: { name: 'vcenter', namespace: 'prep' },
  data: { user: btoa('u'), password: btoa(password) },
});

/** Brings everything about, then puts right what somebody changed. */
const work = async (cluster: MemoryCluster, asked: Cluster): Promise<void> => {
  const world = { cluster: asked, dryRun: false, say: () => undefined } satisfies World;
  const all = () => [
    ...ensureTasks(
      world,
      wishing({
        storage: { virtDefaultClass: 'fast' },
        registry: { enable: true },
        virtualization: { evictionStrategy: 'None' },
      }),
      ['virt-default-class', 'registry', 'eviction-strategy'],
    ),
    ...preparationTasks(
      {
        ...world,
        home: 'prep',
        release,
        guard: credentialGuard(asked, release),
        fetchCertificate: () => Promise.resolve(err({ code: 'Unreachable' })),
        fingerprintOf: () => undefined,
        // No archive is declared.
        archives: {} as Archives,
      },
      preparation,
      [],
    ),
  ];
  cluster.put('secrets', credentials('first'));
  cluster.put('storageClasses', { metadata: { name: 'fast' }, provisioner: 'x' });
  cluster.put('hyperConvergeds', { metadata: { name: 'hco', namespace: 'openshift-cnv' }, spec: {} });
  for (const { attempt } of all()) await attempt();
  cluster.put('secrets', credentials('second'));
  for (const { metadata, ...each } of cluster.all('providers'))
    cluster.put('providers', { ...each, metadata, spec: { ...each.spec, url: 'https://other.example.com/sdk' } });
  for (const { attempt } of all()) await attempt();
};

const parts = ['always', 'providers', 'vddk', 'virtDefaultClass', 'registry', 'evictionStrategy'] as const;

test('what is asked of the cluster is covered by the rights', async () => {
  const cluster = prepared();
  const { cluster: asked, asked: requests } = listening(cluster);
  await work(cluster, asked);
  const rights = [...rightsOf(...parts), ...declared];
  const beyond = requests.filter((request) => !rights.some((right) => covers(right, request)));
  expect(beyond).toEqual([]);
});

test('each right to write is used', async () => {
  const cluster = prepared();
  cluster.put('providers', {
    metadata: {
      name: 'old',
      namespace: 'team',
      labels: ownLabels,
      annotations: { 'migration-prep/declared-by': 'prep/mp' },
    },
  });
  const { cluster: asked, asked: requests } = listening(cluster);
  await work(cluster, asked);
  const guard = credentialGuard(asked, release);
  await guard.refuse('provider', credentials('first'));
  await guard.refuse('another', credentials('second'));
  const unused = rightsOf(...parts).flatMap((right) =>
    right.verbs
      .filter((verb) => !['get', 'list', 'watch'].includes(verb))
      .filter((verb) => !requests.some((request) => request.verb === verb && covers(right, request)))
      .map((verb) => `${verb} ${right.kind}`),
  );
  expect(unused).toEqual([]);
});

const partOf: Readonly<Record<HeldPart, ControllerPart>> = {
  provider: 'always',
  host: 'hosts',
  vddk: 'vddk',
  undeclared: 'always',
  'virt-default-class': 'virtDefaultClass',
  registry: 'registry',
  'eviction-strategy': 'evictionStrategy',
};

test.each(Object.entries(partOf) as [HeldPart, ControllerPart][])('%s may watch what it watches', (held, part) => {
  const rights = rightsOf('always', part);
  const unseen = holdings[held].watches.filter(
    (kind) => !rights.some((right) => right.kind === kind && (right.verbs as readonly string[]).includes('watch')),
  );
  expect(unseen).toEqual([]);
});

test('an archive is built with the rights that the build asks for, and no others', () => {
  const inProject = controllerRights.archive.filter(({ place }) => place === 'mtv');
  const given = inProject.flatMap((right: ControllerRight) =>
    right.verbs.map((verb) => [verb, right.kind, right.subresource ?? ''].join(' ')),
  );
  const needed = archiveBuildRights('openshift-mtv').map(({ verb, kind, subresource = '' }) =>
    [verb, kind, subresource].join(' '),
  );
  expect([...given].sort()).toEqual([...needed].sort());
});
