import { memoryCluster } from '../../cluster/memory-cluster';
import { converge } from '../converge';
import { plainEnglish } from '../translate';
import { imageNeeds, imagePlanProblemText, planImage } from './plan-image';
import type { ImageWish } from './plan-image';
import { planWithout, withoutNeeds } from './plan-without';
import { isWithoutVddk } from './without';

const mtv = 'openshift-mtv';
const clusterWith = (spec?: Record<string, string>) => {
  const cluster = memoryCluster(mtv);
  cluster.put('forkliftControllers', { metadata: { name: 'forklift-controller', namespace: mtv }, ...(spec && { spec }) });
  return cluster;
};
const set = (cluster: ReturnType<typeof memoryCluster>, wish: ImageWish) =>
  converge({ cluster, needs: imageNeeds(mtv), plan: planImage(wish), onProgress: () => undefined });
const imageOf = (cluster: ReturnType<typeof memoryCluster>) => cluster.all('forkliftControllers')[0]?.spec;

describe('the image', () => {
  test.each([
    ['beside what is there', { feature_ui_plugin: 'true' }, { feature_ui_plugin: 'true', vddk_image: 'r/v' }],
    ['where there is no spec', undefined, { vddk_image: 'r/v' }],
  ])('is set %s', async (_, spec, expected) => {
    const cluster = clusterWith(spec);
    expect((await set(cluster, { image: 'r/v', before: undefined })).ok).toBe(true);
    expect(imageOf(cluster)).toEqual(expected);
  });

  test('that is set already needs no write', async () => {
    const cluster = clusterWith({ vddk_image: 'r/v' });
    expect((await set(cluster, { image: 'r/v', before: undefined })).ok).toBe(true);
    expect(cluster.writes).toEqual([]);
  });

  test('replaces the one the user saw, and no other', async () => {
    const cluster = clusterWith({ vddk_image: 'r/old' });
    expect((await set(cluster, { image: 'r/new', before: 'r/old' })).ok).toBe(true);
    const outcome = await set(cluster, { image: 'r/v', before: 'r/old' });
    if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
    expect(imagePlanProblemText(plainEnglish, outcome.error.problem)).toContain('r/new');
    expect(imageOf(cluster)).toEqual({ vddk_image: 'r/new' });
  });

  test.each(['Conflict', 'Unreachable'] as const)('is set in spite of one %s', async (failure) => {
    const cluster = clusterWith({});
    cluster.fail({ verb: 'patch', kind: 'forkliftControllers', failure, when: failure === 'Conflict' ? 'before' : 'after' });
    expect((await set(cluster, { image: 'r/v', before: undefined })).ok).toBe(true);
    expect(imageOf(cluster)).toEqual({ vddk_image: 'r/v' });
  });

  test('needs a ForkliftController', async () => {
    const outcome = await set(memoryCluster(mtv), { image: 'r/v', before: undefined });
    if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
    expect(imagePlanProblemText(plainEnglish, outcome.error.problem)).toContain('no ForkliftController');
  });
});

describe('without VDDK', () => {
  const run = (cluster: ReturnType<typeof memoryCluster>) =>
    converge({ cluster, needs: withoutNeeds(mtv), plan: planWithout, onProgress: () => undefined });
  const provider = (name: string, type: string, annotations?: Record<string, string>) => ({
    metadata: { name, namespace: mtv, ...(annotations && { annotations }) },
    spec: { type },
  });

  test('every vSphere Provider is marked, other annotations and Providers stay', async () => {
    const cluster = memoryCluster(mtv);
    cluster.put('providers', provider('host', 'openshift'));
    cluster.put('providers', provider('one', 'vsphere'));
    cluster.put('providers', provider('two', 'vsphere', { mine: 'x' }));
    expect((await run(cluster)).ok).toBe(true);
    expect(cluster.all('providers').map((each) => [each.metadata.name, isWithoutVddk(each)])).toEqual([
      ['host', false],
      ['one', true],
      ['two', true],
    ]);
    expect(cluster.all('providers')[2]?.metadata.annotations?.mine).toBe('x');
    const { length } = cluster.writes;
    expect((await run(cluster)).ok).toBe(true);
    expect(cluster.writes).toHaveLength(length);
  });

  test('there must be one to keep the choice on', async () => {
    expect(await run(memoryCluster(mtv))).toMatchObject({ ok: false, error: { code: 'Refused', problem: 'NoProvider' } });
  });
});
