import { memoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import { undoings } from '../plan-undo';
import { plainEnglish } from '../translate';
import { imageNeeds, imagePlanProblemText, imageRights, planImage } from './plan-image';
import type { ImageWish } from './plan-image';
import { planWithout, withoutNeeds } from './plan-without';
import { isWithoutVddk } from './without';

const mtv = 'openshift-mtv';
const clusterWith = (spec?: Record<string, string>) => {
  const cluster = memoryCluster(mtv);
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: mtv },
    ...(spec && { spec }),
  });
  return cluster;
};
const set = (cluster: ReturnType<typeof memoryCluster>, wish: ImageWish) =>
  converge({ cluster, needs: imageNeeds(mtv, wish.providers), plan: planImage(wish), onProgress: () => undefined });
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
    cluster.fail({
      verb: 'patch',
      kind: 'forkliftControllers',
      failure,
      when: failure === 'Conflict' ? 'before' : 'after',
    });
    expect((await set(cluster, { image: 'r/v', before: undefined })).ok).toBe(true);
    expect(imageOf(cluster)).toEqual({ vddk_image: 'r/v' });
  });

  test('needs a ForkliftController', async () => {
    const outcome = await set(memoryCluster(mtv), { image: 'r/v', before: undefined });
    if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
    expect(imagePlanProblemText(plainEnglish, outcome.error.problem)).toContain('no ForkliftController');
  });
});

describe('case 4: the image at Providers', () => {
  const world = (settings?: Record<string, string>, annotations?: Record<string, string>) => {
    const cluster = clusterWith({});
    cluster.put('providers', {
      metadata: { name: 'vc', namespace: mtv, ...(annotations && { annotations }) },
      spec: { type: 'vsphere', url: 'https://vc/sdk', ...(settings && { settings }) },
    });
    return cluster;
  };
  const at = (before = '', namespace = mtv) => ({
    image: 'r/v',
    before: undefined,
    providers: [{ name: 'vc', namespace, before }],
  });
  const providerOf = (cluster: ReturnType<typeof memoryCluster>) => cluster.all('providers')[0];

  test.each([
    ['beside other settings', { sdkEndpoint: 'vcenter' }, { sdkEndpoint: 'vcenter', vddkInitImage: 'r/v' }],
    ['where there are none', undefined, { vddkInitImage: 'r/v' }],
    ['in place of an empty one', { vddkInitImage: '' }, { vddkInitImage: 'r/v' }],
  ])('is set %s, before MTV restarts', async (_, settings, expected) => {
    const cluster = world(settings);
    expect((await set(cluster, at())).ok).toBe(true);
    expect(providerOf(cluster)?.spec?.settings).toEqual(expected);
    expect(imageOf(cluster)).toEqual({ vddk_image: 'r/v' });
    expect(cluster.writes.map(({ kind }) => kind)).toEqual(['providers', 'forkliftControllers']);
    expect((await set(cluster, at())).ok).toBe(true);
    expect(cluster.writes).toHaveLength(2);
  });

  test('that was marked to go without takes the mark away and leaves other annotations', async () => {
    const cluster = world(undefined, { 'forklift.konveyor.io/empty-vddk-init-image': 'yes', mine: 'x' });
    expect((await set(cluster, at())).ok).toBe(true);
    expect(providerOf(cluster)?.metadata.annotations).toEqual({
      mine: 'x',
      'migration-prep/undo': '{"set":"r/v","before":null}',
    });
  });

  test('replaces the one the user saw, and no other; then nothing is written at all', async () => {
    expect((await set(world({ vddkInitImage: 'r/old' }), at('r/old'))).ok).toBe(true);
    const cluster = world({ vddkInitImage: 'r/theirs' });
    const outcome = await set(cluster, at('r/old'));
    if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
    expect(imagePlanProblemText(plainEnglish, outcome.error.problem)).toMatch(
      /Meanwhile somebody set .* at provider vc: r.theirs/,
    );
    expect(cluster.writes).toEqual([]);
  });

  test('that is gone needs none', async () => {
    const cluster = clusterWith({});
    expect((await set(cluster, at())).ok).toBe(true);
    expect(imageOf(cluster)).toEqual({ vddk_image: 'r/v' });
  });

  test.each(['Conflict', 'Unreachable'] as const)('is set in spite of one %s', async (failure) => {
    const cluster = world({ sdkEndpoint: 'vcenter' });
    cluster.fail({ verb: 'patch', kind: 'providers', failure, when: failure === 'Conflict' ? 'before' : 'after' });
    expect((await set(cluster, at())).ok).toBe(true);
    expect(providerOf(cluster)?.spec?.settings?.vddkInitImage).toBe('r/v');
  });

  test('needs the right to patch them where they are', () => {
    expect(imageRights(mtv, at('', 'elsewhere').providers)).toEqual([
      { kind: 'forkliftControllers', verb: 'patch', namespace: mtv },
      { kind: 'providers', verb: 'patch', namespace: 'elsewhere' },
    ]);
  });
});

describe('no image', () => {
  const remove = (before: string, isOnlyAtProviders = false, providerBefore?: string): ImageWish => ({
    image: '',
    before,
    isOnlyAtProviders,
    providers: providerBefore === undefined ? [] : [{ name: 'vc', namespace: mtv, before: providerBefore }],
  });
  const noteOf = (cluster: ReturnType<typeof memoryCluster>) =>
    cluster.all('forkliftControllers')[0]?.metadata.annotations?.['migration-prep/undo'];
  const undo = (cluster: ReturnType<typeof memoryCluster>) => converge({ cluster, ...undoings.vddk });

  test('is set by removing the key, and what was ours leaves no note', async () => {
    const cluster = clusterWith({ feature_ui_plugin: 'true' });
    await set(cluster, { image: 'r/v', before: undefined });
    expect((await set(cluster, remove('r/v'))).ok).toBe(true);
    expect(imageOf(cluster)).toEqual({ feature_ui_plugin: 'true' });
    expect(noteOf(cluster)).toBeUndefined();
  });

  test("in place of somebody else's image is undone by setting that again", async () => {
    const cluster = clusterWith({ vddk_image: 'r/theirs' });
    expect((await set(cluster, remove('r/theirs'))).ok).toBe(true);
    expect(imageOf(cluster)).toEqual({});
    expect(noteOf(cluster)).toBe('{"set":"","before":"r/theirs"}');
    expect((await undo(cluster)).ok).toBe(true);
    expect(imageOf(cluster)).toEqual({ vddk_image: 'r/theirs' });
    expect(noteOf(cluster)).toBeUndefined();
  });

  test('is not set over an image that somebody set meanwhile', async () => {
    const cluster = clusterWith({ vddk_image: 'r/new' });
    expect((await set(cluster, remove('r/old'))).ok).toBe(false);
    expect(cluster.writes).toEqual([]);
  });

  test.each([true, false])('at a Provider leaves its other settings; only there: %s', async (isOnlyAtProviders) => {
    const cluster = clusterWith({ vddk_image: 'r/v' });
    const settings = { sdkEndpoint: 'vcenter', vddkInitImage: 'r/own' };
    cluster.put('providers', { metadata: { name: 'vc', namespace: mtv }, spec: { type: 'vsphere', settings } });
    expect((await set(cluster, remove('r/v', isOnlyAtProviders, 'r/own'))).ok).toBe(true);
    expect(cluster.all('providers')[0]?.spec?.settings).toEqual({ sdkEndpoint: 'vcenter' });
    expect(imageOf(cluster)).toEqual(isOnlyAtProviders ? { vddk_image: 'r/v' } : {});
    expect((await undo(cluster)).ok).toBe(true);
    expect(cluster.all('providers')[0]?.spec?.settings).toEqual(settings);
  });

  test("needs no right to MTV's settings where only Providers change", () => {
    expect(imageRights(mtv, remove('', true, 'r/own').providers, true)).toEqual([
      { kind: 'providers', verb: 'patch', namespace: mtv },
    ]);
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
    expect(await run(memoryCluster(mtv))).toMatchObject({
      ok: false,
      error: { code: 'Refused', problem: 'NoProvider' },
    });
  });
});
