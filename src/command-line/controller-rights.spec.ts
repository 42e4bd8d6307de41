import { networks } from '../controller/networks';
import { clusterEvents } from '../controller/events';
import { controllerRights } from '../domain/controller-rights';
import type { ControllerPart, ControllerRight } from '../domain/controller-rights';
import type { ObjectOf } from '../domain/kinds';
import { declaredBy, ownLabels } from '../domain/ownership';
import type { Preparation } from '../domain/preparation';
import { err, ok } from '../domain/result';
import { archiveBuildRights } from '../domain/vddk/plan-archive-build';
import type { VddkArchive } from '../domain/vddk/archive';
import { memoryHost } from '../testing/memory-host';
import type { MemoryCluster } from '../testing/memory-cluster';
import { openshift } from '../testing/memory-openshift';
import { entryOf, mapOf, planOf, policyOf, providerOf, vcenter } from '../testing/networks-seen';
import type { Archives } from '../work/prepare/declared-archive';
import { credentialGuard } from '../work/prepare/credential-guard';
import { ensureTasks } from '../work/prepare/ensure';
import { preparationTasks } from '../work/prepare/preparation-tasks';
import type { Task, World } from '../work/prepare/task';
import { heldPartOf, holdings } from '../work/prepare/watched';
import { wishing } from './execute-tasks';
import { covers, declaredRights, listening, release, rightsOf } from '../testing/requests-seen';
import type { Request } from '../testing/requests-seen';

/** With which others each part is switched on. */
const together: Readonly<Record<ControllerPart, readonly ControllerPart[]>> = {
  always: ['always'],
  providers: ['always', 'providers'],
  hosts: ['always', 'providers', 'hosts'],
  vddk: ['always', 'vddk'],
  archive: ['always', 'vddk', 'archive'],
  networks: ['always', 'networks'],
  createNamespaces: ['always', 'networks', 'createNamespaces'],
  removeUnused: ['always', 'networks', 'removeUnused'],
  virtDefaultClass: ['always', 'virtDefaultClass'],
  registry: ['always', 'registry'],
  evictionStrategy: ['always', 'evictionStrategy'],
};
const parts = Object.keys(together) as ControllerPart[];

const mtv = 'openshift-mtv';
const sha256 = 'ab'.repeat(32);
const provider = { url: 'https://vc.example.com/sdk', endpoint: 'vcenter', secret: 'vcenter' } as const;

/** What MTV's inventory asks the API server about whoever reads it (docs/facts/forklift.md §6). */
const inventoryRight: Request = { verb: 'get', kind: 'providers', namespace: mtv, name: 'vc' };

/** What values declare that switch these parts on. */
const declaring = (on: readonly ControllerPart[]): Preparation => ({
  ...wishing({}).preparation,
  ...(on.includes('providers') && {
    providers: [
      { ...provider, name: 'vc', namespace: undefined, trust: { by: 'configMap', name: 'ca' } },
      { ...provider, name: 'vc', namespace: 'team', trust: { by: 'nothing' } },
    ],
  }),
  ...(on.includes('hosts') && {
    hosts: [{ provider: 'vc', host: 'esxi-01', adapter: { name: 'nic' }, secret: 'esxi' }],
  }),
  ...(on.includes('vddk') && { vddk: { image: 'quay.io/team/vddk:8', providers: true } }),
  ...(on.includes('archive') && {
    vddk: {
      archiveUrl: 'https://files.example.com/vddk.tar.gz',
      sha256,
      secret: 'mirror',
      caBundle: undefined,
      baseImage: undefined,
      providers: true,
    },
  }),
});

const prepared = (): MemoryCluster => {
  const cluster = openshift('4.22.0', mtv, 'team', 'prep', 'openshift-cnv', 'openshift-config-managed');
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: mtv, annotations: declaredBy(release) },
    spec: {},
  });
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  cluster.put('configMaps', { metadata: { name: 'ca', namespace: 'prep' }, data: { 'ca.crt': pem } });
  for (const kind of ['providers', 'hosts'] as const)
    cluster.put(kind, {
      metadata: { name: 'old', namespace: 'team', labels: ownLabels, annotations: declaredBy(release) },
    });
  cluster.put('storageClasses', {
    metadata: { name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'x',
  });
  cluster.put('hyperConvergeds', { metadata: { name: 'hco', namespace: 'openshift-cnv' }, spec: {} });
  return cluster;
};

const secret = (name: string, password: string): ObjectOf['secrets'] => ({
  metadata: { name, namespace: 'prep' },
  data: { user: btoa('u'), password: btoa(password) },
});

const archive: VddkArchive = {
  version: '8.0.3',
  library: 'libvixDiskLib.so.8',
  files: 1,
  unpackedBytes: 1,
  warnings: [],
};

/** An archive that is sent in vain: its build is removed. */
const archivesOf = (cluster: MemoryCluster, asked: Request[]): Archives => ({
  hostOf: () => ({
    open: async function* () {
      await Promise.resolve();
      yield new Uint8Array(10);
      return ok(archive);
    },
    send: ({ config, project, upload }) => {
      asked.push({ verb: 'create', kind: 'buildConfigs', subresource: 'instantiatebinary', namespace: project });
      cluster.put('builds', {
        metadata: { name: `${config}-1`, namespace: project, labels: { buildconfig: config } },
        spec: { revision: { git: { commit: upload } } },
        status: { phase: 'Failed', reason: 'FetchSourceFailed' },
      });
      return Promise.resolve(err({ code: 'TimedOut' }));
    },
  }),
  proxy: undefined,
  signal: new AbortController().signal,
  inVain: new Map(),
});

const wishes = (on: readonly ControllerPart[]) =>
  wishing({
    ...(on.includes('virtDefaultClass') && { storage: { virtDefaultClass: 'fast' } }),
    ...(on.includes('registry') && { registry: { enable: true } }),
    ...(on.includes('evictionStrategy') && { virtualization: { evictionStrategy: 'None' } }),
  });

/** Brings the preparation about, then puts right what somebody changed. Answers with what was asked of the cluster, watches included. */
const prepare = async (on: readonly ControllerPart[]): Promise<readonly Request[]> => {
  const cluster = prepared();
  const { cluster: heard, asked } = listening(cluster);
  const world = { cluster: heard, dryRun: false, say: () => undefined } satisfies World;
  const guard = credentialGuard(heard, release);
  const esxi = { id: 'host-1', name: 'esxi-01', networkAdapters: [{ name: 'nic', ipAddress: '10.0.0.1' }] };
  const archives = archivesOf(cluster, asked);
  const tasks = (): readonly Task[] => [
    ...ensureTasks(world, wishes(on), []),
    ...preparationTasks(
      {
        ...world,
        home: 'prep',
        release,
        guard,
        fetchCertificate: () => Promise.resolve(err({ code: 'Unreachable' })),
        fingerprintOf: () => undefined,
        fetchHosts: () => {
          asked.push(inventoryRight);
          return Promise.resolve(ok([esxi]));
        },
        archives,
      },
      declaring(on),
      [],
    ),
  ];
  const all = async () => {
    for (const { attempt } of tasks()) await attempt();
  };
  cluster.put('secrets', { ...secret('mirror', ''), data: { token: btoa('t') } });
  for (const name of ['vcenter', 'esxi']) cluster.put('secrets', secret(name, 'first'));
  await all();
  const ready = { phase: 'Ready', conditions: [{ type: 'Ready', status: 'True', category: 'Required' }] };
  for (const each of cluster.all('providers')) cluster.put('providers', { ...each, status: ready });
  await all();
  for (const name of ['vcenter', 'esxi']) cluster.put('secrets', secret(name, 'second'));
  for (const each of cluster.all('hosts'))
    cluster.put('hosts', { ...each, spec: { ...each.spec, ipAddress: '10.9.9.9' } });
  await all();
  for (const each of cluster.all('providers'))
    cluster.put('providers', { ...each, spec: { ...each.spec, url: 'https://other.example.com/sdk' } });
  const [config] = cluster.all('buildConfigs');
  if (config) cluster.put('buildConfigs', { ...config, spec: {} });
  archives.inVain.clear();
  await all();
  if (on.includes('providers'))
    for (const key of ['provider', 'another']) await guard.refuse(key, secret('vcenter', key));
  const watched = tasks().flatMap(({ name }) => {
    const part = heldPartOf(name);
    return part ? holdings[part].watches : [];
  });
  return [...asked, ...watched.flatMap((kind) => (['list', 'watch'] as const).map((verb) => ({ verb, kind })))];
};

/** Creates the network of a plan, says of another what cannot be decided, twice, and removes what nothing names. */
const decideNetworks = async (on: readonly ControllerPart[]): Promise<readonly Request[]> => {
  const host = memoryHost('default', 'plans', 'vms', mtv);
  const { cluster: heard, asked } = listening(host.cluster);
  const { cluster } = host;
  cluster.put('providers', providerOf('vc', 'vsphere'));
  cluster.put('providers', providerOf('host', 'openshift'));
  const target = on.includes('createNamespaces') ? 'new' : 'vms';
  cluster.put('networkMaps', mapOf('map', [entryOf('pg-100', `${target}/web`)]));
  cluster.put('plans', planOf('wave-1', 'map', { targetNamespace: target }));
  const reconcile = networks({
    policy: policyOf({
      ...(on.includes('createNamespaces') ? { createNamespaces: ['new'] } : {}),
      removeUnused: on.includes('removeUnused'),
    }),
    release,
    readInventory: () => {
      asked.push({ ...inventoryRight, namespace: 'anywhere' });
      return Promise.resolve(ok(vcenter));
    },
  }).start({
    ...host,
    cluster: heard,
    follow: (following) => {
      for (const verb of ['list', 'watch'] as const) asked.push({ verb, kind: following.watched.kind });
      return host.follow(following);
    },
  });
  host.see();
  // Somebody makes it at the same time.
  cluster.fail({ verb: 'create', kind: 'networkAttachmentDefinitions', failure: 'AlreadyExists' });
  if (on.includes('createNamespaces')) cluster.fail({ verb: 'create', kind: 'namespaces', failure: 'AlreadyExists' });
  for (let look = 0; look < 3; look += 1) await reconcile('plans/wave-1');
  cluster.remove('plans', 'wave-1', 'plans');
  cluster.remove('networkMaps', 'map', 'plans');
  host.see();
  await reconcile('unused');
  const events = clusterEvents(heard, host.clock, () => new Date(host.clock.now()));
  const about = { kind: 'plans', name: 'wave-1', namespace: 'plans', uid: 'u' } as const;
  const told = [{ reason: 'NoRule', message: '' }];
  for (let hour = 0; hour < 3; hour += 1) {
    await events.tell(about, told);
    await host.clock.advance(3_600_000);
  }
  return asked;
};

const requestsOf = async (on: readonly ControllerPart[]): Promise<readonly Request[]> => [
  ...(await prepare(on)),
  ...(on.includes('networks') ? await decideNetworks(on) : []),
];

const played = new Map<ControllerPart, Promise<readonly Request[]>>();
const requests = (part: ControllerPart): Promise<readonly Request[]> => {
  const known = played.get(part) ?? requestsOf(together[part]);
  played.set(part, known);
  return known;
};

test.each(parts)('what is asked of the cluster for %s is covered by the rights', async (part) => {
  const rights = [...rightsOf(...together[part]), ...declaredRights];
  const beyond = (await requests(part)).filter((request) => !rights.some((right) => covers(right, request)));
  expect(beyond).toEqual([]);
});

/** Each right to do one thing. */
const single = parts.flatMap((part) =>
  rightsOf(part).flatMap((right, at) => {
    const what = `${right.kind}${right.subresource === undefined ? '' : `/${right.subresource}`}`;
    return right.verbs.map((verb) => ({ part, at, verb, name: `${verb} ${what} (${right.place})` }));
  }),
);

test.each(single)('without the right of $part to $name, something is refused', async ({ part, at, verb }) => {
  const others = together[part].filter((each) => each !== part);
  const mine = rightsOf(part).map((right, index): ControllerRight =>
    index === at ? { ...right, verbs: right.verbs.filter((each) => each !== verb) } : right,
  );
  const left = [...rightsOf(...others), ...mine, ...declaredRights];
  const refused = (await requests(part)).filter((request) => !left.some((right) => covers(right, request)));
  expect(refused.map((request) => request.verb)).toContain(verb);
});

test('an archive is built with the rights that the build asks for, and no others', () => {
  const inProject = controllerRights.archive.filter(({ place }) => place === 'mtv');
  const given = inProject.flatMap((right: ControllerRight) =>
    right.verbs.map((verb) => [verb, right.kind, right.subresource ?? ''].join(' ')),
  );
  const needed = archiveBuildRights(mtv).map(({ verb, kind, subresource = '' }) => [verb, kind, subresource].join(' '));
  expect([...given].sort()).toEqual([...needed].sort());
});
