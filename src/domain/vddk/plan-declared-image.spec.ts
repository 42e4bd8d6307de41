import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import type { KubeObject } from '../objects';
import { declaredBy, ownLabels } from '../ownership';
import { plainEnglish } from '../translate';
import type { DeclaredImageWish } from './plan-declared-image';
import {
  declaredImageNeeds,
  declaredImageProblemText,
  othersWithAnotherImage,
  planDeclaredImage,
} from './plan-declared-image';

const release = { namespace: 'prep', name: 'mp' };
const image = `quay.io/team/vddk@sha256:${'a'.repeat(64)}`;
const wish: DeclaredImageWish = { image, projects: ['mtv'], release };

const controller = (spec: Readonly<Record<string, string>> = {}, annotations = {}) => ({
  metadata: { name: 'forklift-controller', namespace: 'mtv', annotations },
  spec,
});

const provider = (name: string, settings: Readonly<Record<string, string>>, labels = {}) => ({
  metadata: { name, namespace: 'mtv', labels },
  spec: { type: 'vsphere', url: 'https://x/sdk', secret: {}, settings },
});

const plan = (type: string): KubeObject & { status: object } => ({
  metadata: { name: 'wave-1', namespace: 'team' },
  status: { conditions: [{ type, status: 'True' }] },
});

const withMtv = (): MemoryCluster => {
  const cluster = memoryCluster('mtv', 'team');
  cluster.put('forkliftControllers', controller({ feature_x: 'true' }));
  cluster.put('providers', provider('ours', { sdkEndpoint: 'vcenter' }, ownLabels));
  cluster.put('providers', provider('theirs', { vddkInitImage: 'theirs/vddk:7' }));
  return cluster;
};

const run = (cluster: MemoryCluster, patch: Partial<DeclaredImageWish> = {}) =>
  converge({ cluster, needs: declaredImageNeeds('mtv'), plan: planDeclaredImage({ ...wish, ...patch }) });

const imageAt = (cluster: MemoryCluster, name: string) =>
  cluster.all('providers').find(({ metadata }) => metadata.name === name)?.spec?.settings?.vddkInitImage;

const saidOf = (outcome: Awaited<ReturnType<typeof run>>): string =>
  !outcome.ok && outcome.error.code === 'Refused' ? declaredImageProblemText(plainEnglish, outcome.error.problem) : '';

test('sets it in ForkliftController and at our Providers, and notes who declares it', async () => {
  const cluster = withMtv();
  const outcome = await run(cluster);
  expect(cluster.all('forkliftControllers')[0]).toMatchObject({
    metadata: { annotations: declaredBy(release) },
    spec: { vddk_image: image, feature_x: 'true' },
  });
  expect([imageAt(cluster, 'ours'), imageAt(cluster, 'theirs')]).toEqual([image, 'theirs/vddk:7']);
  expect(outcome.ok && othersWithAnotherImage(outcome.value, image)).toEqual(['mtv/theirs']);
  expect(cluster.writes).toHaveLength(2);
  await run(cluster);
  expect(cluster.writes).toHaveLength(2);
});

test.each<[string, Partial<DeclaredImageWish>, string | undefined, Readonly<Record<string, string>> | undefined]>([
  ['leaves Providers alone where that is declared', { projects: [] }, undefined, declaredBy(release)],
  ['leaves Providers alone in other projects', { projects: ['team'] }, undefined, declaredBy(release)],
  ['notes nobody who does not hold it', { release: undefined }, image, {}],
])('%s', async (_, patch, expected, annotations) => {
  const cluster = withMtv();
  await run(cluster, patch);
  expect(imageAt(cluster, 'ours')).toBe(expected);
  const { 'migration-prep/undo': undo, ...noted } = cluster.all('forkliftControllers')[0]?.metadata.annotations ?? {};
  expect(noted).toEqual(annotations ?? {});
  expect(undo).toBe(JSON.stringify({ set: image, before: null }));
});

test('puts right what somebody set in its place', async () => {
  const cluster = withMtv();
  await run(cluster);
  cluster.put('forkliftControllers', controller({ vddk_image: 'other/vddk:1' }, { note: 'x' }));
  cluster.put('providers', provider('ours', { vddkInitImage: 'other/vddk:1' }, ownLabels));
  await run(cluster);
  expect(cluster.all('forkliftControllers')[0]).toMatchObject({
    metadata: { annotations: { note: 'x', ...declaredBy(release) } },
    spec: { vddk_image: image },
  });
  expect(imageAt(cluster, 'ours')).toBe(image);
});

test('waits while a Plan runs, names it, and goes on when it has ended', async () => {
  const cluster = withMtv();
  cluster.put('plans', plan('Executing'));
  expect(saidOf(await run(cluster))).toContain('Running now: team/wave-1.');
  expect(cluster.writes).toHaveLength(0);
  cluster.put('plans', plan('Succeeded'));
  await run(cluster);
  expect(imageAt(cluster, 'ours')).toBe(image);
});

test('a Plan that runs keeps nobody from finding everything right', async () => {
  const cluster = withMtv();
  await run(cluster);
  cluster.put('plans', plan('Executing'));
  expect((await run(cluster)).ok).toBe(true);
});

test.each<[string, (cluster: MemoryCluster) => void, Partial<DeclaredImageWish>, string]>([
  [
    'without MTV',
    (cluster) => {
      cluster.remove('forkliftControllers', 'forklift-controller', 'mtv');
    },
    {},
    'There is no ForkliftController',
  ],
  [
    'where another release declares it',
    (cluster) => {
      cluster.put('forkliftControllers', controller({}, declaredBy({ namespace: 'other', name: 'x' })));
    },
    {},
    'managed by the values of release x in other',
  ],
  [
    'where a release declares it and nobody asks for one',
    (cluster) => {
      cluster.put('forkliftControllers', controller({}, declaredBy(release)));
    },
    { release: undefined },
    'managed by the values of release mp in prep',
  ],
])('sets nothing %s', async (_, prepare, patch, expected) => {
  const cluster = withMtv();
  prepare(cluster);
  expect(saidOf(await run(cluster, patch))).toContain(expected);
  expect(cluster.writes).toHaveLength(0);
});
