import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import type { Build, ForkliftController } from '../../domain/objects';
import { err, ok } from '../../domain/result';
import { createBuildJob } from './build-job';
import type { BuildJob, Job, JobWish } from './build-job';
import type { SendArchive } from './send-archive';

const mtv = 'openshift-mtv';
const image = `registry:5000/${mtv}/migration-prep-vddk@sha256:${'ef'.repeat(32)}`;
const complete = {
  phase: 'Complete',
  outputDockerImageReference: image.replace(/@.*/, ':8.0.3'),
  output: { to: { imageDigest: image.replace(/.*@/, '') } },
};
const idle = [
  { type: 'Running', status: 'True', reason: 'Successful' },
  { type: 'Successful', status: 'True' },
];
const wish: Omit<JobWish, 'send'> = {
  project: mtv,
  version: '8.0.3',
  archive: 'vddk.tar.gz',
  baseImage: 'ubi9/ubi-minimal',
  target: '',
  mtv,
  before: undefined,
  size: 7,
};

const world = (conditions: NonNullable<ForkliftController['status']>['conditions'] = idle) => {
  const cluster = memoryCluster(mtv);
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: mtv },
    spec: {},
    status: { conditions },
  });
  return { cluster, job: createBuildJob(cluster) };
};
const begin = (cluster: MemoryCluster, number: number, status: NonNullable<Build['status']>): Build => {
  const build: Build = {
    metadata: {
      name: `migration-prep-vddk-${String(number)}`,
      namespace: mtv,
      labels: { buildconfig: 'migration-prep-vddk', 'openshift.io/build-config.name': 'migration-prep-vddk' },
      annotations: { 'openshift.io/build.number': String(number) },
    },
    status,
  };
  cluster.put('builds', build);
  return build;
};
const over = (job: BuildJob) =>
  new Promise<Job>((resolve) => {
    job.subscribe(() => {
      if (['stopped', 'done'].includes(job.read().at)) resolve(job.read());
    });
  });

test('a second start while one is under way sends nothing', async () => {
  const { cluster, job } = world();
  const send = jest.fn<ReturnType<SendArchive>, Parameters<SendArchive>>(() =>
    Promise.resolve(ok(begin(cluster, 1, complete))),
  );
  const end = over(job);
  job.start({ ...wish, send });
  job.start({ ...wish, send });
  expect(await end).toEqual({ at: 'done', image });
  expect(send).toHaveBeenCalledTimes(1);
});

test("a refusal after which no build can exist does not take somebody else's build for its own", async () => {
  const { cluster, job } = world();
  const end = over(job);
  job.start({
    ...wish,
    send: () => {
      begin(cluster, 7, complete);
      return Promise.resolve(err({ code: 'Paused' }));
    },
  });
  expect(await end).toEqual({
    at: 'stopped',
    during: 'upload',
    failure: { code: 'Upload', failure: { code: 'Paused' } },
  });
  expect(cluster.all('forkliftControllers')[0]?.spec?.vddk_image).toBeUndefined();
});

test('an upload that is broken off leaves no build behind, also where the API server does not see to it', async () => {
  const { cluster, job } = world();
  const end = over(job);
  const send: SendArchive = ({ signal }) => {
    begin(cluster, 1, { phase: 'Running' });
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        resolve(
          err({ code: 'Refused', failure: { code: 'Cancelled', kind: 'buildConfigs', verb: 'create', message: '' } }),
        );
      });
      job.cancel();
    });
  };
  job.start({ ...wish, send });
  expect(await end).toEqual({ at: 'stopped', during: 'upload', failure: { code: 'Cancelled' } });
  expect(cluster.all('builds').map(({ status }) => status)).toEqual([{ phase: 'Running', cancelled: true }]);
});

test('a roll-out that fails is not called done', async () => {
  const { cluster, job } = world([{ type: 'Failure', status: 'True', reason: 'Failed' }]);
  const end = over(job);
  job.start({ ...wish, send: () => Promise.resolve(ok(begin(cluster, 1, complete))) });
  expect(await end).toEqual({ at: 'stopped', during: 'rollout', failure: { code: 'Rollout', project: mtv } });
});

test('a build that cannot be seen is looked for until it is seen, however long that takes', async () => {
  const { cluster, job } = world();
  const end = new Promise<Job>((resolve) => {
    job.subscribe(() => {
      if (job.read().at === 'done') resolve(job.read());
    });
  });
  cluster.fail({ verb: 'get', kind: 'builds', failure: 'Forbidden', times: 200 });
  job.start({ ...wish, send: () => Promise.resolve(ok(begin(cluster, 1, complete))) });
  expect(await end).toEqual({ at: 'done', image });
});
