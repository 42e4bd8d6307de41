import type { Cluster } from '../../../domain/cluster';
import { converge } from '../../../domain/converge';
import type { ChangeProgress } from '../../../domain/converge';
import type { ClusterFailure } from '../../../domain/failure';
import type { Result } from '../../../domain/result';
import { err, ok } from '../../../domain/result';
import { numberOf, readBuild } from '../../../domain/vddk/build-status';
import { cancelNeeds, planCancel } from '../../../domain/vddk/plan-cancel';
import { imageNeeds, planImage } from '../../../domain/vddk/plan-image';
import type { ImageWish } from '../../../domain/vddk/plan-image';
import { buildName } from '../../../domain/vddk/plan-build';
import type { Stage } from '../../../domain/vddk/stages';
import { mayHaveArrived } from '../../../domain/vddk/upload-failure';
import { advance, noProgress } from '../../../domain/vddk/upload-progress';
import type { UploadProgress } from '../../../domain/vddk/upload-progress';
import type { Services } from '../../../cluster/services';
import { cancelNewest, findNewest, newestBuild } from './find-build';
import { followBuild, followRollout } from './follow-build';
import { isUnknown } from './job-failure';
import type { JobFailure } from './job-failure';
import { prepare } from './prepare-build';
import type { PrepareWish } from './prepare-build';

/** An archive that shall become the image MTV uses. */
export interface JobWish extends PrepareWish {
  readonly file: File;
  /** The image MTV used when the user decided. */
  readonly before: string | undefined;
}

/** Where an image that is built shall be set. */
export type SetWish = Pick<JobWish, 'mtv' | 'before' | 'providers'>;

/** What this browser tab is doing about an archive. */
export type Job =
  | { readonly at: 'none' }
  | { readonly at: 'preparing'; readonly changes: readonly ChangeProgress[] }
  /** Its build, once there is one, has a higher number than `after`. */
  | { readonly at: 'uploading'; readonly project: string; readonly after: number; readonly progress: UploadProgress }
  | { readonly at: 'building'; readonly project: string; readonly build: string }
  | { readonly at: 'setting' | 'rolling-out' | 'done'; readonly image: string }
  | { readonly at: 'stopped'; readonly during: Stage; readonly failure: JobFailure };

/** The one job of this browser tab. It lives outside React: going to another step or page does not end it. */
export interface BuildJob {
  readonly read: () => Job;
  readonly subscribe: (listener: () => void) => () => void;
  /** Begins; while a job is under way, nothing happens. */
  readonly start: (wish: JobWish, uploadArchive: Services['uploadArchive']) => void;
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

const lookAgainEvery = 10_000;
const mostLooks = 60;

export const createBuildJob = (cluster: Cluster): BuildJob => {
  let job: Job = { at: 'none' };
  let breakOff = new AbortController();
  let outlook: Outlook | undefined;
  const listeners = new Set<() => void>();
  const show = (next: Job): void => {
    job = next;
    for (const listener of listeners) listener();
  };
  const stop = (during: Stage, failure: JobFailure, then: Outlook): void => {
    outlook = then;
    const stopped: Job = { at: 'stopped', during, failure };
    show(stopped);
    if (isUnknown(failure)) void goOnWhenSeen(stopped, then);
  };
  /** What could only not be seen goes on by itself as soon as it is seen. */
  const goOnWhenSeen = async (stopped: Job, { lookAgain }: Outlook): Promise<void> => {
    for (let looks = 0; looks < mostLooks && lookAgain; looks += 1) {
      await cluster.pause(lookAgainEvery);
      const goOn = job === stopped ? await lookAgain() : undefined;
      if (job !== stopped) return;
      if (goOn) {
        await goOn();
        return;
      }
    }
  };
  const isUnderWay = (): boolean => !['none', 'stopped', 'done'].includes(job.at);

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

  const follow = async (build: string, wish: JobWish, uploadArchive: Services['uploadArchive']): Promise<void> => {
    const { project } = wish;
    show({ at: 'building', project, build });
    const end = await followBuild(cluster, project, build);
    switch (end.code) {
      case 'Built':
        await set(end.image, wish);
        return;
      case 'Lost':
      case 'NoDigest': {
        const goOn = () => follow(build, wish, uploadArchive);
        const lookAgain = whenSeen(() => cluster.get({ kind: 'builds', name: build, namespace: project }), goOn);
        stop('build', { code: 'Build', end }, { goOn, lookAgain });
        return;
      }
      case 'Ended':
      case 'Gone':
        stop('build', { code: 'Build', end }, { goOn: (again) => run(again ?? wish, uploadArchive) });
    }
  };

  /** The name of the build that has the archive. */
  const upload = async (
    wish: JobWish,
    after: number,
    uploadArchive: Services['uploadArchive'],
  ): Promise<Result<string, JobFailure>> => {
    const { project, file } = wish;
    const { signal } = breakOff;
    let progress = noProgress(file.size);
    show({ at: 'uploading', project, after, progress });
    const onProgress = (sent: number): void => {
      progress = advance(progress, sent, performance.now());
      show({ at: 'uploading', project, after, progress });
    };
    const sent = await guarded(() => uploadArchive({ project, config: buildName, file, signal, onProgress }));
    if (sent.ok) return ok(sent.value.metadata.name);
    if (signal.aborted) return err(await cancelNewest(cluster, project, after));
    const failure: JobFailure = { code: 'Upload', failure: sent.error };
    if (!mayHaveArrived(sent.error)) return err(failure);
    // The answer may be lost though the archive arrived: the cluster is asked before this is called a failure.
    const newest = await findNewest(cluster, project, after);
    if (!newest.ok) return err({ code: 'UploadUnseen', failure: newest.error, sent: sent.error });
    if (!newest.value) return err(failure);
    const { name } = newest.value.metadata;
    if (readBuild(newest.value).state === 'waiting') {
      // Only a build that runs takes the archive, so this one would wait for a pod in vain.
      await converge({ cluster, needs: cancelNeeds(project, name), plan: planCancel });
      return err(failure);
    }
    show({ at: 'building', project, build: name });
    const end = await followBuild(cluster, project, name);
    const isBrokenOff =
      end.code === 'Ended' && (end.reading.state === 'cancelled' || end.reading.reason === 'FetchSourceFailed');
    return isBrokenOff ? err(failure) : ok(name);
  };

  /** What came of an upload that failed or was not seen to end: its build, if that got the archive. */
  const arrived = async ({ project }: JobWish, after: number): Promise<Result<string | undefined, ClusterFailure>> => {
    const newest = await newestBuild(cluster, project, after);
    if (!newest.ok) return newest;
    const isGood = newest.value && ['running', 'complete'].includes(readBuild(newest.value).state);
    return ok(isGood ? newest.value.metadata.name : undefined);
  };

  const run = async (wish: JobWish, uploadArchive: Services['uploadArchive']): Promise<void> => {
    const { project } = wish;
    const anew: Outlook = { goOn: (again) => run(again ?? wish, uploadArchive) };
    show({ at: 'preparing', changes: [] });
    const prepared = await prepare(cluster, wish, (changes) => {
      show({ at: 'preparing', changes });
    });
    if (!prepared.ok) {
      stop('prepare', prepared.error, anew);
      return;
    }
    if (breakOff.signal.aborted) {
      stop('prepare', { code: 'Cancelled' }, anew);
      return;
    }
    const last = await newestBuild(cluster, project, -1);
    if (!last.ok) {
      stop('upload', { code: 'Cluster', failure: last.error }, anew);
      return;
    }
    const after = last.value ? numberOf(last.value) : -1;
    const uploaded = await upload(wish, after, uploadArchive);
    if (uploaded.ok) {
      await follow(uploaded.value, wish, uploadArchive);
      return;
    }
    const { error } = uploaded;
    stop('upload', error, {
      goOn: async (again) => {
        const build = await arrived(wish, after);
        if (build.ok && build.value !== undefined) await follow(build.value, wish, uploadArchive);
        else await run(again ?? wish, uploadArchive);
      },
      lookAgain: async () => {
        const build = await arrived(wish, after);
        if (!build.ok) return undefined;
        return async () => {
          if (build.value !== undefined) await follow(build.value, wish, uploadArchive);
          else if (error.code === 'UploadUnseen') stop('upload', { code: 'Upload', failure: error.sent }, anew);
        };
      },
    });
  };

  return {
    read: () => job,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: (wish, uploadArchive) => {
      if (isUnderWay()) return;
      breakOff = new AbortController();
      void run(wish, uploadArchive);
    },
    cancel: () => {
      breakOff.abort();
    },
    use: (image, wish) => {
      if (!isUnderWay()) void set(image, wish);
    },
    retry: (wish) => {
      if (job.at !== 'stopped' || !outlook) return;
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

/** While a request runs that dies with the page, the browser asks before it leaves. */
const guarded = async <T>(request: () => Promise<T>): Promise<T> => {
  const ask = (event: BeforeUnloadEvent): void => {
    event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  const answer = await request();
  window.removeEventListener('beforeunload', ask);
  return answer;
};
