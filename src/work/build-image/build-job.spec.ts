import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import type { Build, ForkliftController } from '../../domain/objects';
import { err, ok } from '../../domain/result';
import { runningMigrations } from '../running-migrations';
import { createBuildJob } from './build-job';
import type { BuildJob, Job, Suggestion } from './build-job';
import type { JobWish } from './job-wish';
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
  cluster.answerImports(() => ({ status: { status: 'Success' } }));
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace: mtv },
    spec: {},
    status: { conditions },
  });
  const suggestion: Suggestion = { current: undefined };
  return { cluster, suggestion, job: createBuildJob(cluster, undefined, suggestion) };
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

describe('a base image that the cluster cannot pull', () => {
  const withoutBase = () => {
    const here = world();
    here.cluster.answerImports(() => ({ status: { status: 'Failure', reason: 'NotFound' } }));
    const send = jest.fn<ReturnType<SendArchive>, Parameters<SendArchive>>(() =>
      Promise.resolve(ok(begin(here.cluster, 1, complete))),
    );
    return { ...here, send };
  };

  test('is told before anything is created or sent; a retry with another one looks at that', async () => {
    const { cluster, job, suggestion, send } = withoutBase();
    const end = over(job);
    job.start({ ...wish, send });
    expect(await end).toMatchObject({
      at: 'stopped',
      during: 'prepare',
      failure: { code: 'BaseImage', problem: { code: 'NotFound' } },
    });
    expect(cluster.writes).toEqual([]);
    cluster.answerImports((image) =>
      image === 'mirror.example.com/ubi9'
        ? { status: { status: 'Success' } }
        : { status: { status: 'Failure', reason: 'NotFound' } },
    );
    suggestion.current = { ...wish, send, baseImage: 'mirror.example.com/ubi9' };
    const second = over(job);
    job.retry();
    expect(await second).toEqual({ at: 'done', image });
    expect(cluster.all('buildConfigs')[0]?.spec?.source?.dockerfile).toMatch(/^FROM mirror/);
  });

  test('is built on all the same when the user says so', async () => {
    const { job, send } = withoutBase();
    const end = over(job);
    job.start({ ...wish, send });
    await end;
    expect(send).not.toHaveBeenCalled();
    const second = over(job);
    job.confirm();
    expect(await second).toEqual({ at: 'done', image });
  });
});

describe('while migrations run', () => {
  const plan = (status: string) => ({
    metadata: { name: 'moving', namespace: 'vms' },
    status: { conditions: [{ type: 'Executing', status }] },
  });
  const at = (job: BuildJob, state: Job['at']) =>
    new Promise<Job>((resolve) => {
      job.subscribe(() => {
        if (job.read().at === state) resolve(job.read());
      });
    });
  const imageIn = (cluster: MemoryCluster) => cluster.all('forkliftControllers')[0]?.spec?.vddk_image;
  const set = { mtv, before: undefined, alone: { isSeen: true } };

  test('an image waits until the user says that MTV may restart', async () => {
    const { cluster, job } = world();
    cluster.put('plans', plan('True'));
    const waiting = at(job, 'waiting');
    job.use('r/v', set);
    expect(await waiting).toMatchObject({ image: 'r/v', migrations: { state: 'running', plans: ['vms/moving'] } });
    await cluster.pause(0);
    expect(imageIn(cluster)).toBeUndefined();
    const done = at(job, 'done');
    job.confirm();
    expect(await done).toEqual({ at: 'done', image: 'r/v', alone: { isSeen: true } });
    expect(imageIn(cluster)).toBe('r/v');
  });

  test('an image is set by itself when they are over', async () => {
    const { cluster, job } = world();
    cluster.put('plans', plan('True'));
    const waiting = at(job, 'waiting');
    const done = at(job, 'done');
    job.use('r/v', set);
    await waiting;
    cluster.put('plans', plan('False'));
    await done;
    expect(imageIn(cluster)).toBe('r/v');
  });

  test('an image that is not wanted any more is not set, whatever becomes of them', async () => {
    const { cluster, job } = world();
    cluster.put('plans', plan('True'));
    const waiting = at(job, 'waiting');
    job.use('r/v', set);
    await waiting;
    job.dismiss();
    cluster.put('plans', plan('False'));
    for (let looks = 0; looks < 5; looks += 1) await cluster.pause(0);
    expect(job.read()).toEqual({ at: 'none' });
    expect(cluster.writes).toEqual([]);
  });

  test('nobody can see whether any runs: that is no permission', async () => {
    const { cluster, job } = world();
    cluster.forbid('list', 'plans');
    const waiting = at(job, 'waiting');
    job.use('r/v', set);
    expect(await waiting).toMatchObject({ migrations: { state: 'unknown', failure: { code: 'Forbidden' } } });
    expect(imageIn(cluster)).toBeUndefined();
  });

  test('what changes only at Providers waits for nothing, because MTV does not restart', async () => {
    const { cluster, job } = world();
    cluster.put('plans', plan('True'));
    const settings = { vddkInitImage: 'r/own' };
    cluster.put('providers', { metadata: { name: 'vc', namespace: mtv }, spec: { type: 'vsphere', settings } });
    const done = at(job, 'done');
    job.use('', {
      mtv,
      before: undefined,
      isOnlyAtProviders: true,
      providers: [{ name: 'vc', namespace: mtv, before: 'r/own' }],
    });
    await done;
    expect(cluster.all('providers')[0]?.spec?.settings).toEqual({});
  });

  test('a right that is missing is named before anything is written', async () => {
    const { cluster, job } = world();
    cluster.forbid('patch', 'forkliftControllers');
    const end = over(job);
    job.use('r/v', set);
    expect(await end).toMatchObject({
      failure: { code: 'NoRight', rights: [{ kind: 'forkliftControllers', verb: 'patch' }] },
    });
    expect(cluster.writes).toEqual([]);
  });
});

test('who may not list the whole cluster is told of the migrations where they may look', async () => {
  const { cluster } = world();
  cluster.confine(mtv);
  const running = {
    metadata: { name: 'seen', namespace: mtv },
    status: { conditions: [{ type: 'Executing', status: 'True' }] },
  };
  cluster.put('plans', running);
  expect(await runningMigrations(cluster, [mtv, ''])).toEqual({ state: 'running', plans: [`${mtv}/seen`] });
  cluster.uninstall('plans');
  expect(await runningMigrations(cluster, [mtv])).toEqual({ state: 'none' });
});
