import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import type { FailureCode } from '../failure';
import { plainEnglish } from '../translate';
import { nameTakenText } from './name-taken-text';
import type { NetworksWish } from './arrange-nads';
import { wishesIn } from './arrange-nads';
import { planNadsIn, projectsNeeds } from './plan-nads';

const projects = ['team-a', 'team-b', 'team-c'];
const wish: NetworksWish = {
  project: '',
  provider: 'openshift-mtv/vcenter',
  portGroups: [100, 200].map((vlan) => ({
    id: `dvportgroup-${String(vlan)}`,
    name: `net-${String(vlan)}`,
    vlan,
    network: { attachment: { kind: 'localnet', mapping: 'physnet' }, tag: vlan, mtu: 1500, anyMac: false },
    copies: 1,
  })),
};
const run = (cluster: MemoryCluster, wanted = wish) =>
  converge({ cluster, needs: projectsNeeds(projects), plan: planNadsIn(wishesIn(wanted, projects)) });
const made = (cluster: MemoryCluster) =>
  cluster
    .all('networkAttachmentDefinitions')
    .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)
    .sort();
const everywhere = projects.flatMap((project) => [`${project}/net-100`, `${project}/net-200`]);
const config = (vlan: number) =>
  JSON.stringify({ type: 'bridge', bridge: 'br1', vlan, macspoofchk: true, preserveDefaultVlan: false });

test('each project gets its own networks, and a second run finds nothing to do', async () => {
  const cluster = memoryCluster(...projects);
  expect((await run(cluster)).ok).toBe(true);
  expect(made(cluster)).toEqual(everywhere);
  // OVN wants the object's own name in its configuration, and one name for one network of the cluster.
  const configs = cluster
    .all('networkAttachmentDefinitions')
    .map(({ spec }) => JSON.parse(spec?.config ?? '') as { readonly name: string; readonly netAttachDefName: string });
  expect(configs.map(({ netAttachDefName }) => netAttachDefName).sort()).toEqual(everywhere);
  expect(new Set(configs.map(({ name }) => name)).size).toBe(2);
  expect((await run(cluster)).ok).toBe(true);
  expect(cluster.writes).toHaveLength(6);
});

test('what one project has already is not made there again, under whatever name', async () => {
  const cluster = memoryCluster(...projects);
  await converge({ cluster, needs: projectsNeeds(['team-b']), plan: planNadsIn(wishesIn(wish, ['team-b'])) });
  await run(cluster);
  expect(made(cluster)).toEqual(everywhere);
  expect(cluster.writes).toHaveLength(6);
});

test('a name in the way in one project is told with that project, and nothing is written anywhere', async () => {
  const cluster = memoryCluster(...projects);
  cluster.put('networkAttachmentDefinitions', {
    metadata: { name: 'mine', namespace: 'team-c' },
    spec: { config: config(7) },
  });
  const named = { ...wish, portGroups: wish.portGroups.map((each) => ({ ...each, chosenName: 'mine' })).slice(0, 1) };
  const outcome = await run(cluster, named);
  if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
  expect(nameTakenText(plainEnglish, outcome.error.problem)).toMatch(
    /^Project team-c already has another network named mine: Linux bridge br1, VLAN 7/,
  );
  expect(cluster.writes).toEqual([]);
});

test('a name in the way of a proposal is avoided in that project alone', async () => {
  const cluster = memoryCluster(...projects);
  cluster.put('networkAttachmentDefinitions', {
    metadata: { name: 'net-100', namespace: 'team-b' },
    spec: { config: config(7) },
  });
  expect((await run(cluster)).ok).toBe(true);
  expect(made(cluster)).toEqual(
    [...everywhere.filter((each) => each !== 'team-b/net-100'), 'team-b/net-100', 'team-b/net-100-physnet'].sort(),
  );
});

test.each<[string, FailureCode, 'before' | 'after', number]>([
  ['the answer is lost', 'Unreachable', 'after', 0],
  ['403', 'Forbidden', 'before', 1],
  ['409', 'Conflict', 'before', 0],
  ['429', 'TooManyRequests', 'before', 0],
  ['500', 'ServerError', 'before', 0],
])('%s: what was begun is finished, and each network is there once', async (_, failure, when, stops) => {
  const cluster = memoryCluster(...projects);
  cluster.fail({ verb: 'create', kind: 'networkAttachmentDefinitions', failure, when });
  expect((await run(cluster)).ok).toBe(stops === 0);
  expect((await run(cluster)).ok).toBe(true);
  expect(made(cluster)).toEqual(everywhere);
});
