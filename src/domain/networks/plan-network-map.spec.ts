import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import type { FailureCode } from '../failure';
import type { NetworkMap } from '../migration-objects';
import { ownLabels } from '../ownership';
import { plainEnglish } from '../translate';
import { isOwnMap } from './own-map';
import { mapNeeds, mapProblemText, planNetworkMaps, proposedMapName } from './plan-network-map';
import type { MapWish } from './plan-network-map';
import type { WantedPortGroup } from './arrange-nads';

const mtv = 'openshift-mtv';
const group = (name: string, vlan: number, patch: Partial<WantedPortGroup> = {}): WantedPortGroup => ({
  id: `dvportgroup-${name}`,
  name,
  vlan,
  network: { attachment: { kind: 'linux-bridge', bridge: 'br1' }, tag: vlan, mtu: undefined, anyMac: false },
  copies: 1,
  ...patch,
});
const wishFor = (project: string, ...portGroups: readonly WantedPortGroup[]): MapWish => ({
  name: `vcenter-${project}`,
  networks: { project, provider: `${mtv}/vcenter`, portGroups },
});
const app = group('app', 100);
const db = group('db', 200);

const put = (cluster: MemoryCluster, project: string, ...networks: readonly (readonly [string, number])[]): void => {
  for (const [name, vlan] of networks)
    cluster.put('networkAttachmentDefinitions', {
      metadata: { name, namespace: project },
      spec: { config: JSON.stringify({ type: 'bridge', bridge: 'br1', vlan }) },
    });
};
const world = (): MemoryCluster => {
  const cluster = memoryCluster(mtv, 'vms', 'team-b');
  cluster.put('providers', { metadata: { name: 'host', namespace: mtv }, spec: { type: 'openshift', url: '' } });
  put(cluster, 'vms', ['app-100', 100], ['db-200', 200]);
  return cluster;
};
const run = (cluster: MemoryCluster, ...wishes: readonly MapWish[]) =>
  converge({ cluster, needs: mapNeeds(wishes), plan: planNetworkMaps(wishes) });
const targetsOf = ({ spec }: NetworkMap) =>
  (spec?.map ?? []).map(({ source, destination }) => [
    source?.id,
    `${destination?.namespace ?? ''}/${destination?.name ?? ''}`,
  ]);
const mapOf = (cluster: MemoryCluster, name = 'vcenter-vms'): NetworkMap => {
  const map = cluster.all('networkMaps').find(({ metadata }) => metadata.name === name);
  if (!map) throw new Error(`no map ${name}`);
  return map;
};

test("a map is what MTV's own page writes, with our labels", async () => {
  const cluster = world();
  expect((await run(cluster, wishFor('vms', app, db))).ok).toBe(true);
  expect(mapOf(cluster)).toMatchObject({
    apiVersion: 'forklift.konveyor.io/v1beta1',
    kind: 'NetworkMap',
    metadata: { name: 'vcenter-vms', namespace: mtv, labels: ownLabels },
    spec: {
      provider: { source: { name: 'vcenter', namespace: mtv }, destination: { name: 'host', namespace: mtv } },
      map: [
        {
          source: { id: 'dvportgroup-app', name: 'app' },
          destination: { type: 'multus', namespace: 'vms', name: 'app-100' },
        },
        {
          source: { id: 'dvportgroup-db', name: 'db' },
          destination: { type: 'multus', namespace: 'vms', name: 'db-200' },
        },
      ],
    },
  });
  expect((await run(cluster, wishFor('vms', app, db))).ok).toBe(true);
  expect(cluster.writes).toHaveLength(1);
});

test('the name of a port group is written as vCenter stores it', async () => {
  const cluster = world();
  await run(cluster, wishFor('vms', group('50% a/b\\c', 100)));
  expect(mapOf(cluster).spec?.map?.[0]?.source?.name).toBe('50%25 a%2fb%5cc');
});

test('port groups that share a network share it in the map, and a network of default counts', async () => {
  const cluster = world();
  const common = [
    {
      metadata: { name: 'for-all', namespace: 'default' },
      spec: { config: JSON.stringify({ type: 'bridge', bridge: 'br1', vlan: 7 }) },
    },
  ];
  const { name, networks } = wishFor('vms', app, group('also-app', 100), group('seven', 7));
  await run(cluster, { name, networks: { ...networks, common } });
  expect(targetsOf(mapOf(cluster))).toEqual([
    ['dvportgroup-also-app', 'vms/app-100'],
    ['dvportgroup-app', 'vms/app-100'],
    ['dvportgroup-seven', 'default/for-all'],
  ]);
});

test.each([
  ['needed', 2, ['vms/app-100', 'vms/app-100-2']],
  ['not needed', 1, ['vms/app-100']],
])(
  'a port group on which a machine has two NICs is there once for each network that is %s',
  async (_, copies, targets) => {
    const cluster = world();
    put(cluster, 'vms', ['app-100-2', 100]);
    await run(cluster, wishFor('vms', group('app', 100, { copies })));
    expect(targetsOf(mapOf(cluster))).toEqual(targets.map((target) => ['dvportgroup-app', target]));
  },
);

test('each project gets a map of its own, in one run', async () => {
  const cluster = world();
  put(cluster, 'team-b', ['other', 100]);
  expect((await run(cluster, wishFor('vms', app), wishFor('team-b', app))).ok).toBe(true);
  expect(targetsOf(mapOf(cluster, 'vcenter-team-b'))).toEqual([['dvportgroup-app', 'team-b/other']]);
  expect(cluster.all('networkMaps')).toHaveLength(2);
});

describe('a map that is there', () => {
  const entry = (id: string, target: string, name = id) => ({
    source: { id: `dvportgroup-${id}`, name },
    destination: { type: 'multus', namespace: 'vms', name: target },
  });
  const present = (patch: { readonly metadata?: object; readonly spec?: object } = {}): NetworkMap => ({
    metadata: { name: 'vcenter-vms', namespace: mtv, labels: ownLabels, ...patch.metadata },
    spec: {
      provider: { source: { name: 'vcenter', namespace: mtv }, destination: { name: 'host', namespace: mtv } },
      map: [entry('app', 'app-100')],
      ...patch.spec,
    },
  });

  test('of ours gets what it lacks by a patch; entries of other port groups stay', async () => {
    const cluster = world();
    const pod = { source: { id: 'dvportgroup-x', name: 'x' }, destination: { type: 'pod' } };
    cluster.put('networkMaps', present({ spec: { map: [pod, entry('app', 'gone')] } }));
    expect((await run(cluster, wishFor('vms', app, db))).ok).toBe(true);
    expect(cluster.writes.map(({ verb }) => verb)).toEqual(['patch']);
    expect(mapOf(cluster).spec?.map).toEqual([pod, entry('app', 'app-100'), entry('db', 'db-200')]);
  });

  test('of ours that names the port group without its id does not get it twice', async () => {
    const cluster = world();
    const { destination } = entry('app', 'app-100');
    cluster.put('networkMaps', present({ spec: { map: [{ source: { name: 'app' }, destination }] } }));
    await run(cluster, wishFor('vms', app));
    expect(mapOf(cluster).spec?.map).toEqual([entry('app', 'app-100')]);
  });

  test('of ours keeps a network that would do, also when another one would', async () => {
    const cluster = world();
    put(cluster, 'vms', ['a-100', 100]);
    cluster.put('networkMaps', present());
    await run(cluster, wishFor('vms', app));
    expect(cluster.writes).toEqual([]);
  });

  test('of ours leads to the provider of this cluster again', async () => {
    const cluster = world();
    cluster.put('networkMaps', present({ spec: { provider: { source: { name: 'vcenter', namespace: mtv } } } }));
    await run(cluster, wishFor('vms', app));
    expect(mapOf(cluster).spec?.provider?.destination).toEqual({ name: 'host', namespace: mtv });
  });

  test.each<[string, object, RegExp]>([
    ['somebody else', { metadata: { labels: {} } }, /was not created by Migration Prep/],
    [
      "a plan, which MTV's wizard copied with our labels",
      { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Plan', name: 'p', uid: 'u' }] } },
      /belongs to a migration plan/,
    ],
    [
      'us for another vCenter',
      { spec: { provider: { source: { name: 'other', namespace: mtv } } } },
      /is for another vCenter\. Choose another name/,
    ],
  ])('of %s is left as it is, and nothing else is written', async (_, patch, says) => {
    const cluster = world();
    put(cluster, 'team-b', ['app-100', 100]);
    cluster.put('networkMaps', present(patch));
    const outcome = await run(cluster, wishFor('team-b', app), wishFor('vms', app, db));
    if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
    expect(mapProblemText(plainEnglish, outcome.error.problem)).toMatch(says);
    expect(cluster.writes).toEqual([]);
  });

  test('a copy that a plan owns is not ours', () => {
    expect(isOwnMap(present())).toBe(true);
    expect(isOwnMap(present({ metadata: { ownerReferences: [{ kind: 'Plan' }] } }))).toBe(false);
  });
});

test.each<[string, (cluster: MemoryCluster) => void, readonly WantedPortGroup[], RegExp]>([
  ['a network is missing', () => undefined, [app, group('web', 300)], /In project vms, .*: web\. Create the networks/],
  ['nothing is chosen', () => undefined, [], /Choose at least one port group/],
  [
    'there is no host',
    (cluster) => {
      cluster.remove('providers', 'host', mtv);
    },
    [app],
    /Project openshift-mtv has no provider for this cluster/,
  ],
])('nothing is written when %s', async (_, arrange, portGroups, says) => {
  const cluster = world();
  arrange(cluster);
  const outcome = await run(cluster, wishFor('vms', ...portGroups));
  if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
  expect(mapProblemText(plainEnglish, outcome.error.problem)).toMatch(says);
  expect(cluster.writes).toEqual([]);
});

const faults: readonly [string, FailureCode, 'before' | 'after'][] = [
  ['the answer is lost', 'Unreachable', 'after'],
  ['403', 'Forbidden', 'before'],
  ['409', 'Conflict', 'before'],
  ['429', 'TooManyRequests', 'before'],
  ['500', 'ServerError', 'before'],
];
describe.each(['create', 'patch'] as const)('%s of a map', (verb) => {
  test.each(faults)('%s: afterwards it is there once, and as it is wanted', async (_, failure, when) => {
    const cluster = world();
    if (verb === 'patch') await run(cluster, wishFor('vms', app));
    const before = cluster.writes.length;
    cluster.fail({ verb, kind: 'networkMaps', failure, when });
    const first = await run(cluster, wishFor('vms', app, db));
    expect(first.ok).toBe(failure !== 'Forbidden');
    expect((await run(cluster, wishFor('vms', app, db))).ok).toBe(true);
    expect(cluster.all('networkMaps')).toHaveLength(1);
    expect(targetsOf(mapOf(cluster))).toEqual([
      ['dvportgroup-app', 'vms/app-100'],
      ['dvportgroup-db', 'vms/db-200'],
    ]);
    expect(cluster.writes).toHaveLength(before + 1);
  });
});

test.each([
  ['openshift-mtv/vcenter', 'vms', 'vcenter-vms'],
  ['openshift-mtv/vcenter.example.com', 'vms', 'vcenter-example-com-vms'],
  ['p/' + 'v'.repeat(60), 'x'.repeat(60), `${'v'.repeat(31)}-${'x'.repeat(31)}`],
])('the map of %s for %s is called %s', (provider, project, name) => {
  expect(proposedMapName(provider, project)).toBe(name);
});
