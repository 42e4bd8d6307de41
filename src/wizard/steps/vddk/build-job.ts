import type { Cluster } from '../../../domain/cluster';
import { converge } from '../../../domain/converge';
import type { ChangeProgress, ConvergeFailure } from '../../../domain/converge';
import type { ClusterFailure } from '../../../domain/failure';
import type { Result } from '../../../domain/result';
import { err, ok } from '../../../domain/result';
import { isOver, numberOf } from '../../../domain/vddk/build-status';
import { cancelNeeds, planCancel } from '../../../domain/vddk/plan-cancel';
import { imageNeeds, planImage } from '../../../domain/vddk/plan-image';
import type { ImagePlanProblem } from '../../../domain/vddk/plan-image';
import { buildName } from '../../../domain/vddk/plan-build';
import type { Stage } from '../../../domain/vddk/stages';
import { mayHaveArrived } from '../../../domain/vddk/upload-failure';
import type { UploadFailure } from '../../../domain/vddk/upload-failure';
import { advance, noProgress } from '../../../domain/vddk/upload-progress';
import type { UploadProgress } from '../../../domain/vddk/upload-progress';
import type { Services } from '../../../cluster/services';
import { followBuild, followRollout } from './follow-build';
import type { BuildEnd } from './follow-build';
import { newestBuild, prepare } from './prepare-build';
import type { PrepareFailure, PrepareWish } from './prepare-build';

/** An archive that shall become the image MTV uses. */
export interface JobWish extends PrepareWish {
  readonly file: File;
  /** The image MTV used when the user decided. */
  readonly before: string | undefined;
}

/** Why a job stopped before MTV used the image. */
export type JobFailure =
  | PrepareFailure
  | { readonly code: 'Upload'; readonly failure: UploadFailure }
  | { readonly code: 'Cluster'; readonly failure: ClusterFailure }
  | { readonly code: 'Build'; readonly end: Exclude<BuildEnd, { code: 'Built' }> }
  | { readonly code: 'Set'; readonly failure: ConvergeFailure<ImagePlanProblem> }
  /** The upload is broken off, but its build goes on. */
  | { readonly code: 'Cancel'; readonly failure: ConvergeFailure<never> }
  /** `project`: MTV's. */
  | { readonly code: 'Rollout'; readonly project: string }
  | { readonly code: 'Cancelled' };

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
  readonly use: (image: string, wish: Pick<JobWish, 'mtv' | 'before'>) => void;
  /** Forgets a job that is over. */
  readonly dismiss: () => void;
}

export const createBuildJob = (cluster: Cluster): BuildJob => {
  let job: Job = { at: 'none' };
  let breakOff = new AbortController();
  const listeners = new Set<() => void>();
  const show = (next: Job): void => {
    job = next;
    for (const listener of listeners) listener();
  };
  const stop = (during: Stage, failure: JobFailure): void => {
    show({ at: 'stopped', during, failure });
  };
  const isUnderWay = (): boolean => !['none', 'stopped', 'done'].includes(job.at);

  const set = async (image: string, { mtv, before }: Pick<JobWish, 'mtv' | 'before'>): Promise<void> => {
    show({ at: 'setting', image });
    const done = await converge({ cluster, needs: imageNeeds(mtv), plan: planImage({ image, before }) });
    if (!done.ok) {
      stop('set', { code: 'Set', failure: done.error });
      return;
    }
    show({ at: 'rolling-out', image });
    if ((await followRollout(cluster, mtv)) === 'failed') stop('rollout', { code: 'Rollout', project: mtv });
    else show({ at: 'done', image });
  };

  /** The name of the build that has the archive. */
  const upload = async (wish: JobWish, uploadArchive: Services['uploadArchive']): Promise<Result<string, JobFailure>> => {
    const { project, file } = wish;
    const { signal } = breakOff;
    const last = await newestBuild(cluster, project, -1);
    if (!last.ok) return err({ code: 'Cluster', failure: last.error });
    const after = last.value ? numberOf(last.value) : -1;
    let progress = noProgress(file.size);
    show({ at: 'uploading', project, after, progress });
    const onProgress = (sent: number): void => {
      progress = advance(progress, sent, performance.now());
      show({ at: 'uploading', project, after, progress });
    };
    const sent = await guarded(() => uploadArchive({ project, config: buildName, file, signal, onProgress }));
    if (sent.ok) return ok(sent.value.metadata.name);
    if (signal.aborted) return err(await cancelNewest(project, after));
    const failure: JobFailure = { code: 'Upload', failure: sent.error };
    if (!mayHaveArrived(sent.error)) return err(failure);
    // The answer may be lost though the archive arrived.
    const newest = await newestBuild(cluster, project, after);
    if (!newest.ok || !newest.value) return err(failure);
    const { name } = newest.value.metadata;
    show({ at: 'building', project, build: name });
    const end = await followBuild(cluster, project, name);
    return end.code === 'Ended' && end.reading.state === 'cancelled' ? err(failure) : ok(name);
  };

  /**
   * The API server itself cancels the build of an upload that ends early. Only when it stays behind is it for us to do. Answers
   * with what stopped the upload in the end.
   */
  const cancelNewest = async (project: string, after: number): Promise<JobFailure> => {
    for (let looks = 0; ; looks += 1) {
      const newest = await newestBuild(cluster, project, after);
      if (!newest.ok || !newest.value || isOver(newest.value)) return { code: 'Cancelled' };
      if (looks === 3) {
        const cancelled = await converge({ cluster, needs: cancelNeeds(project, newest.value.metadata.name), plan: planCancel });
        return cancelled.ok ? { code: 'Cancelled' } : { code: 'Cancel', failure: cancelled.error };
      }
      await cluster.pause(1000);
    }
  };

  const run = async (wish: JobWish, uploadArchive: Services['uploadArchive']): Promise<void> => {
    show({ at: 'preparing', changes: [] });
    const prepared = await prepare(cluster, wish, (changes) => {
      show({ at: 'preparing', changes });
    });
    if (!prepared.ok) {
      stop('prepare', prepared.error);
      return;
    }
    if (breakOff.signal.aborted) {
      stop('prepare', { code: 'Cancelled' });
      return;
    }
    const uploaded = await upload(wish, uploadArchive);
    if (!uploaded.ok) {
      stop('upload', uploaded.error);
      return;
    }
    show({ at: 'building', project: wish.project, build: uploaded.value });
    const end = await followBuild(cluster, wish.project, uploaded.value);
    if (end.code === 'Built') await set(end.image, wish);
    else stop('build', { code: 'Build', end });
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
    dismiss: () => {
      if (!isUnderWay()) show({ at: 'none' });
    },
  };
};

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
