import { memoryCluster } from '../testing/memory-cluster';
import type { MemoryCluster } from '../testing/memory-cluster';
import { made } from '../testing/memory-openshift';
import { because, create } from './change';
import type { ChangeProgress, Plan } from './converge';
import { converge } from './converge';
import type { Provider, Secret } from './objects';
import { err, ok } from './result';

const needs = {
  secret: { kind: 'secrets', name: 'vc-credentials', namespace: 'mtv' },
  provider: { kind: 'providers', name: 'vc', namespace: 'mtv' },
} as const;

const why = () => 'It is wanted.';

/** Secret and Provider, then the Secret owned by the Provider: three writes over two passes. */
const plan = ({ secret, provider }: { secret: Secret | undefined; provider: Provider | undefined }): Plan<never> => {
  if (!secret || !provider) {
    return ok([
      ...(secret ? [] : [because(why, create('secrets', { metadata: needs.secret, stringData: { user: 'u' } }))]),
      ...(provider
        ? []
        : [
            because(
              why,
              create('providers', { metadata: needs.provider, spec: { type: 'vsphere', secret: needs.secret } }),
            ),
          ]),
    ]);
  }
  if (secret.metadata.ownerReferences) return ok([]);
  const owner = { apiVersion: 'v1', kind: 'Provider', name: 'vc', uid: provider.metadata.uid ?? '' };
  return ok([
    {
      verb: 'patch',
      kind: 'secrets',
      name: 'vc-credentials',
      namespace: 'mtv',
      operations: [{ op: 'add', path: '/metadata/ownerReferences', value: [owner] }],
      why,
    },
  ]);
};

const expectWhole = (cluster: MemoryCluster): void => {
  expect(cluster.all('secrets')).toHaveLength(1);
  expect(cluster.all('providers')).toHaveLength(1);
  expect(cluster.all('secrets')[0]?.metadata.ownerReferences?.[0]?.uid).toBe(cluster.all('providers')[0]?.metadata.uid);
};

const writes = [
  ['create', 'secrets'],
  ['create', 'providers'],
  ['patch', 'secrets'],
] as const;

describe('converge', () => {
  test('goes on until the plan is empty and answers with what the cluster holds', async () => {
    const cluster = memoryCluster('mtv');
    const outcome = await converge({ cluster, needs, plan });
    expect(outcome).toMatchObject({ ok: true, value: { provider: { metadata: { name: 'vc' } } } });
    expectWhole(cluster);
  });

  test('writes nothing when everything is there', async () => {
    const cluster = memoryCluster('mtv');
    await converge({ cluster, needs, plan });
    const before = cluster.writes.length;
    await converge({ cluster, needs, plan });
    expect(cluster.writes).toHaveLength(before);
  });

  test.each(writes)('finds a %s of %s whose answer was lost, and does not repeat it', async (verb, kind) => {
    const cluster = memoryCluster('mtv');
    cluster.fail({ verb, kind, failure: 'Unreachable', when: 'after' });
    const progress: (readonly ChangeProgress[])[] = [];
    const outcome = await converge({ cluster, needs, plan, onProgress: (changes) => progress.push(changes) });
    expect(outcome.ok).toBe(true);
    expect(cluster.writes).toHaveLength(3);
    expectWhole(cluster);
    expect(progress.at(-1)?.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  test.each(
    writes.flatMap(([verb, kind]) =>
      (['Conflict', 'TooManyRequests', 'ServerError', 'Unreachable'] as const).map((failure) => ({
        verb,
        kind,
        failure,
      })),
    ),
  )('gets over one $failure at $verb of $kind', async ({ verb, kind, failure }) => {
    const cluster = memoryCluster('mtv');
    cluster.fail({ verb, kind, failure });
    expect((await converge({ cluster, needs, plan })).ok).toBe(true);
    expectWhole(cluster);
  });

  test.each(['Conflict', 'TooManyRequests', 'ServerError', 'Unreachable'] as const)(
    'looks again after %s before it writes what comes behind',
    async (failure) => {
      const cluster = memoryCluster('mtv');
      cluster.fail({ verb: 'create', kind: 'secrets', failure });
      await converge({ cluster, needs, plan });
      expect(made(cluster)).toEqual([
        'create secrets mtv/vc-credentials',
        'create providers mtv/vc',
        'patch secrets mtv/vc-credentials',
      ]);
    },
  );

  test('leaves what comes behind a write that failed for good', async () => {
    const cluster = memoryCluster('mtv');
    cluster.fail({ verb: 'create', kind: 'secrets', failure: 'Rejected' });
    await converge({ cluster, needs, plan });
    expect(made(cluster)).toEqual([]);
  });

  test.each(writes)('stops at a forbidden %s of %s, and resumes when the right is there', async (verb, kind) => {
    const cluster = memoryCluster('mtv');
    cluster.fail({ verb, kind, failure: 'Forbidden' });
    expect(await converge({ cluster, needs, plan })).toMatchObject({
      ok: false,
      error: { code: 'WriteFailed', failure: { code: 'Forbidden' } },
    });
    expect((await converge({ cluster, needs, plan })).ok).toBe(true);
    expectWhole(cluster);
  });

  test('gives up on a failure that does not pass', async () => {
    const cluster = memoryCluster('mtv');
    cluster.fail({ verb: 'create', kind: 'providers', failure: 'ServerError', times: 100 });
    expect(await converge({ cluster, needs, plan })).toMatchObject({ ok: false, error: { code: 'WriteFailed' } });
  });

  test('waits longer from try to try', async () => {
    const cluster = memoryCluster('mtv');
    cluster.fail({ verb: 'create', kind: 'providers', failure: 'ServerError', times: 100 });
    const pauses: number[] = [];
    const pause = (milliseconds: number) => Promise.resolve(void pauses.push(milliseconds));
    await converge({ cluster: { ...cluster, pause }, needs, plan });
    expect(pauses).toEqual([400, 800, 1600]);
  });

  test('says that it cannot look', async () => {
    const cluster = memoryCluster('mtv');
    cluster.forbid('get', 'secrets');
    expect(await converge({ cluster, needs, plan })).toMatchObject({
      ok: false,
      error: { code: 'ReadFailed', failure: { code: 'Forbidden', kind: 'secrets' } },
    });
    expect(cluster.writes).toHaveLength(0);
  });

  test('passes on why a planner refuses', async () => {
    const outcome = await converge({ cluster: memoryCluster('mtv'), needs, plan: () => err('NameTaken') });
    expect(outcome).toEqual({ ok: false, error: { code: 'Refused', problem: 'NameTaken' } });
  });

  test('does not loop for ever on a plan that never empties', async () => {
    const cluster = memoryCluster('mtv');
    cluster.put('secrets', { metadata: needs.secret });
    const restless: Plan<never> = ok([
      { verb: 'patch', kind: 'secrets', name: 'vc-credentials', namespace: 'mtv', operations: [], why },
    ]);
    const outcome = await converge({ cluster, needs, plan: () => restless });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'NotConverging' } });
    expect(cluster.writes.length).toBeLessThan(20);
  });
});
