import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import type { Build, ImageStream } from '../../domain/objects';
import { followBuild, followRollout } from './follow-build';

const mtv = 'openshift-mtv';
const digest = `sha256:${'cd'.repeat(32)}`;
const repository = 'registry:5000/openshift-mtv/migration-prep-vddk';
const built = {
  phase: 'Complete',
  outputDockerImageReference: `${repository}:8.0.3`,
  output: { to: { imageDigest: digest } },
};

const withBuild = (status: NonNullable<Build['status']>) => {
  const cluster = memoryCluster(mtv);
  cluster.put('builds', {
    metadata: { name: 'b-1', namespace: mtv },
    spec: { output: { to: { kind: 'ImageStreamTag', name: 'migration-prep-vddk:8.0.3' } } },
    status,
  });
  return cluster;
};
const follow = (cluster: MemoryCluster) => followBuild(cluster, mtv, 'b-1');

describe('Following a build', () => {
  test('ends with its image by digest', async () => {
    expect(await follow(withBuild(built))).toEqual({ code: 'Built', image: `${repository}@${digest}` });
  });

  test('does not mind four requests that fail in a row; the fifth is enough', async () => {
    const patient = withBuild(built);
    patient.fail({ verb: 'get', kind: 'builds', failure: 'Unreachable', times: 4 });
    expect(await follow(patient)).toMatchObject({ code: 'Built' });
    const lost = withBuild(built);
    lost.fail({ verb: 'get', kind: 'builds', failure: 'Unreachable', times: 5 });
    expect(await follow(lost)).toMatchObject({ code: 'Lost', failure: { code: 'Unreachable' } });
  });

  test.each([
    ['SessionExpired', 1],
    ['Forbidden', 5],
  ] as const)(
    'ends with %s after %d: a session does not come back by itself, a right may be gone for a moment',
    async (failure, times) => {
      const patient = withBuild(built);
      patient.fail({ verb: 'get', kind: 'builds', failure, times: times - 1 });
      expect(await follow(patient)).toMatchObject({ code: 'Built' });
      const cluster = withBuild(built);
      cluster.fail({ verb: 'get', kind: 'builds', failure, times });
      expect(await follow(cluster)).toMatchObject({ code: 'Lost', failure: { code: failure } });
    },
  );

  test('ends when somebody deletes the build', async () => {
    const cluster = withBuild({ phase: 'Running' });
    const end = follow(cluster);
    cluster.remove('builds', 'b-1', mtv);
    expect(await end).toEqual({ code: 'Gone' });
  });

  test('asks the ImageStream for a digest that the build lacks, and gives up when nobody says it', async () => {
    const { output, ...withoutDigest } = built;
    expect(output.to.imageDigest).toBe(digest);
    expect(await follow(withBuild(withoutDigest))).toEqual({ code: 'NoDigest' });
    const cluster = withBuild(withoutDigest);
    const stream: ImageStream = {
      metadata: { name: 'migration-prep-vddk', namespace: mtv },
      status: { tags: [{ tag: '8.0.3', items: [{ dockerImageReference: `${repository}@${digest}`, image: digest }] }] },
    };
    cluster.put('imageStreams', stream);
    expect(await follow(cluster)).toEqual({ code: 'Built', image: `${repository}@${digest}` });
  });
});

describe('Following a roll-out', () => {
  const condition = (type: string, status: string, reason: string) => ({ type, status, reason });
  const idle = [condition('Running', 'True', 'Successful'), condition('Successful', 'True', 'Successful')];
  const busy = [condition('Running', 'True', 'Running'), condition('Successful', 'False', '')];
  const failed = [condition('Running', 'False', 'Failed'), condition('Failure', 'True', 'Failed')];

  /** MTV's settings, with the conditions that each look finds; the last ones stay. */
  const looks = (...found: { type: string; status: string; reason: string }[][]) => {
    const cluster = memoryCluster(mtv);
    let looked = 0;
    const list: MemoryCluster['list'] = (query) => {
      const conditions = found[Math.min(looked, found.length - 1)] ?? [];
      looked += 1;
      cluster.put('forkliftControllers', {
        metadata: { name: 'forklift-controller', namespace: mtv },
        spec: {},
        status: { conditions },
      });
      return cluster.list(query);
    };
    return { cluster: { ...cluster, list }, looked: () => looked };
  };

  test.each([
    ['work that begins late is waited for', [idle, idle, busy, failed], 'failed', 4],
    ['rest after work counts at once', [busy, busy, idle], 'idle', 3],
    ['rest that lasts counts: there was nothing to do', [idle], 'idle', 5],
  ] as const)('%s', async (_, found, end, after) => {
    const { cluster, looked } = looks(...found.map((conditions) => [...conditions]));
    expect(await followRollout(cluster, mtv)).toBe(end);
    expect(looked()).toBe(after);
  });

  test('who may not look is not told that it ended', async () => {
    const cluster = memoryCluster(mtv);
    cluster.forbid('list', 'forkliftControllers');
    expect(await followRollout(cluster, mtv)).toBe('busy');
  });
});
