import type { Cluster } from '../../domain/cluster';
import { converge } from '../../domain/converge';
import type { ClusterFailure } from '../../domain/failure';
import { found, open, patience, poll } from '../../domain/patience';
import type { Result } from '../../domain/result';
import { createStore } from '../../domain/store';
import type { Readable } from '../../domain/store';
import { numberOf } from '../../domain/vddk/build-status';
import { imageNeeds, planImage } from '../../domain/vddk/plan-image';
import type { ImageWish } from '../../domain/vddk/plan-image';
import type { Stage } from '../../domain/vddk/stages';
import { advance, noProgress } from '../../domain/vddk/upload-progress';
import type { UploadProgress } from '../../domain/vddk/upload-progress';
import { newestBuild } from './find-build';
import { followBuild, followRollout } from './follow-build';
import { isUnknown } from './job-failure';
import type { JobFailure } from './job-failure';
import { prepare } from './prepare-build';
import type { PrepareWish } from './prepare-build';
import { findArrived, sendArchive } from './send-archive';
import type { SendArchive } from './send-archive';

/** An archive that shall become the image MTV uses. */
export interface JobWish extends PrepareWish {
  /** Bytes of the archive. */
  readonly size: number;
  readonly send: SendArchive;
  /** The image MTV used when the user decided. */
  readonly before: string | undefined;
}

/** Where an image that is built shall be set. */
export type SetWish = Pick<JobWish, 'mtv' | 'before' | 'providers'>;

/** What is being done about an archive. */
export type Job =
  | { readonly at: 'none' }
  | { readonly at: 'preparing' }
  /** Its build, once there is one, has a higher number than `after`. */
  | { readonly at: 'uploading'; readonly project: string; readonly after: number; readonly progress: UploadProgress }
  | { readonly at: 'building'; readonly project: string; readonly build: string }
  | { readonly at: 'setting' | 'rolling-out' | 'done'; readonly image: string }
  | { readonly at: 'stopped'; readonly during: Stage; readonly failure: JobFailure };

/** One job at a time, from an archive to the image that MTV works with. It lives outside of whatever shows it. */
export interface BuildJob extends Readable<Job> {
  /** Begins; while a job is under way, nothing happens. */
  readonly start: (wish: JobWish) => void;
  /** Breaks the upload off and has its build cancelled. */
  readonly cancel: () => void;
  /** Sets an image that is built. */
  readonly use: (image: string, wish: SetWish) => void;
  /** Goes on where a job stopped, from what the cluster holds by now. A wish replaces the one it began with, if the archive is sent again. */
  readonly retry: (wish?: JobWish) => void;
  /** Forgets a job that is over. */
  readonly dismiss: () => void;
}

/** What can become of a stopped job. */
interface Outlook {
  /** Goes on because the user wants it. */
  readonly goOn: (wish?: JobWish) => Promise<void>;
  /** Looks whether the cluster says by now what it did not say. If so, answers how to go on as far as that needs no decision. */
  readonly lookAgain?: () => Promise<(() => Promise<void>) | undefined>;
}

/** A job over this cluster; none is under way yet. No failure is thrown: all of them are states of the job. */
export const createBuildJob = (cluster: Cluster): BuildJob => {
  const { read, subscribe, update } = createStore<Job>({ at: 'none' });
  let breakOff = new AbortController();
  let outlook: Outlook | undefined;
  const show = (next: Job): void => {
    update(() => next);
  };
  const isUnderWay = (): boolean => !['none', 'stopped', 'done'].includes(read().at);

  const stop = (during: Stage, failure: JobFailure, then: Outlook): void => {
    outlook = then;
    const stopped: Job = { at: 'stopped', during, failure };
    show(stopped);
    if (isUnknown(failure)) void goOnWhenSeen(stopped, then);
  };
  /** What could only not be seen goes on by itself as soon as it is seen. */
  const goOnWhenSeen = async (stopped: Job, { lookAgain }: Outlook): Promise<void> => {
    await cluster.pause(patience.unseen.every);
    const goOn = await poll(cluster, patience.unseen, async () => {
      const seen = read() === stopped ? await lookAgain?.() : undefined;
      return seen || read() !== stopped ? found(seen) : open;
    });
    if (read() === stopped) await goOn?.();
  };

  const set = async (image: string, wish: SetWish): Promise<void> => {
    const { mtv, before, providers = [] } = wish;
    const goOn = () => set(image, wish);
    const then: Outlook = {
      goOn,
      lookAgain: whenSeen(() => cluster.list({ list: 'forkliftControllers', namespace: mtv }), goOn),
    };
    show({ at: 'setting', image });
    const imageWish: ImageWish = { image, before, providers };
    const done = await converge({ cluster, needs: imageNeeds(mtv, providers), plan: planImage(imageWish) });
    if (!done.ok) {
      stop('set', { code: 'Set', failure: done.error }, then);
      return;
    }
    show({ at: 'rolling-out', image });
    switch (await followRollout(cluster, mtv)) {
      case 'failed':
        stop('rollout', { code: 'Rollout', project: mtv }, then);
        return;
      case 'busy':
        stop('rollout', { code: 'RolloutUnseen' }, then);
        return;
      case 'idle':
        show({ at: 'done', image });
    }
  };

  const follow = async (build: string, wish: JobWish): Promise<void> => {
    const { project } = wish;
    show({ at: 'building', project, build });
    const end = await followBuild(cluster, project, build);
    switch (end.code) {
      case 'Built':
        await set(end.image, wish);
        return;
      case 'Lost':
      case 'NoDigest': {
        const goOn = () => follow(build, wish);
        const lookAgain = whenSeen(() => cluster.get({ kind: 'builds', name: build, namespace: project }), goOn);
        stop('build', { code: 'Build', end }, { goOn, lookAgain });
        return;
      }
      case 'Ended':
      case 'Gone':
        stop('build', { code: 'Build', end }, { goOn: (again) => run(again ?? wish) });
    }
  };

  /** Sends the archive; answers when that job is over or stopped. */
  const upload = async (wish: JobWish, after: number): Promise<void> => {
    const { project, send, size } = wish;
    let progress = noProgress(size);
    show({ at: 'uploading', project, after, progress });
    const uploaded = await sendArchive(cluster, {
      project,
      send,
      after,
      signal: breakOff.signal,
      onProgress: (sent) => {
        progress = advance(progress, sent, performance.now());
        show({ at: 'uploading', project, after, progress });
      },
      onBuild: (build) => {
        show({ at: 'building', project, build });
      },
    });
    if (uploaded.ok) {
      await follow(uploaded.value, wish);
      return;
    }
    const { error } = uploaded;
    stop('upload', error, {
      goOn: async (again) => {
        const build = await findArrived(cluster, project, after);
        await (build.ok && build.value !== undefined ? follow(build.value, wish) : run(again ?? wish));
      },
      lookAgain: async () => {
        const build = await findArrived(cluster, project, after);
        if (!build.ok) return undefined;
        return async () => {
          if (build.value !== undefined) await follow(build.value, wish);
          else if (error.code === 'UploadUnseen')
            stop('upload', { code: 'Upload', failure: error.sent }, { goOn: (again) => run(again ?? wish) });
        };
      },
    });
  };

  const run = async (wish: JobWish): Promise<void> => {
    const anew: Outlook = { goOn: (again) => run(again ?? wish) };
    show({ at: 'preparing' });
    const prepared = await prepare(cluster, wish);
    if (!prepared.ok) {
      stop('prepare', prepared.error, anew);
      return;
    }
    if (breakOff.signal.aborted) {
      stop('prepare', { code: 'Cancelled' }, anew);
      return;
    }
    const last = await newestBuild(cluster, wish.project, -1);
    if (!last.ok) {
      stop('upload', { code: 'Cluster', failure: last.error }, anew);
      return;
    }
    await upload(wish, last.value ? numberOf(last.value) : -1);
  };

  return {
    read,
    subscribe,
    start: (wish) => {
      if (isUnderWay()) return;
      breakOff = new AbortController();
      void run(wish);
    },
    cancel: () => {
      breakOff.abort();
    },
    use: (image, wish) => {
      if (!isUnderWay()) void set(image, wish);
    },
    retry: (wish) => {
      if (read().at !== 'stopped' || !outlook) return;
      breakOff = new AbortController();
      void outlook.goOn(wish);
    },
    dismiss: () => {
      if (!isUnderWay()) show({ at: 'none' });
    },
  };
};

/** Goes on when a question gets an answer. */
const whenSeen =
  (ask: () => Promise<Result<unknown, ClusterFailure>>, goOn: () => Promise<void>) =>
  async (): Promise<(() => Promise<void>) | undefined> => ((await ask()).ok ? goOn : undefined);
