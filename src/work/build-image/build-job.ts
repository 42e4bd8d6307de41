import type { Cluster } from '../../domain/cluster';
import { converge } from '../../domain/converge';
import type { ClusterFailure } from '../../domain/failure';
import { found, open, patience, poll } from '../../domain/patience';
import type { Result } from '../../domain/result';
import { missingRights } from '../../domain/rights';
import { createStore } from '../../domain/store';
import type { Readable, Store } from '../../domain/store';
import { numberOf } from '../../domain/vddk/build-status';
import { imageNeeds, imageRights, planImage } from '../../domain/vddk/plan-image';
import type { ImageWish } from '../../domain/vddk/plan-image';
import type { Stage } from '../../domain/vddk/stages';
import { advance, noProgress } from '../../domain/vddk/upload-progress';
import type { UploadProgress } from '../../domain/vddk/upload-progress';
import { runningMigrations } from '../running-migrations';
import type { Migrations } from '../running-migrations';
import { newestBuild } from './find-build';
import { followBuild, followRollout } from './follow-build';
import { isUnknown } from './job-failure';
import type { JobFailure } from './job-failure';
import type { Alone, JobWish, SetWish } from './job-wish';
import { prepare } from './prepare-build';
import { findArrived, sendArchive } from './send-archive';

/** What is being done about an archive. */
export type Job =
  | { readonly at: 'none' }
  | { readonly at: 'preparing' }
  /** Its build, once there is one, has a higher number than `after`. */
  | { readonly at: 'uploading'; readonly project: string; readonly after: number; readonly progress: UploadProgress }
  | { readonly at: 'building'; readonly project: string; readonly build: string }
  /** Migrations run, or nobody can see whether any runs: MTV restarts when its image changes, so the user decides when. */
  | {
      readonly at: 'waiting';
      readonly image: string;
      readonly alone?: Alone;
      readonly migrations: Exclude<Migrations, { state: 'none' }>;
    }
  /** `image` is empty where it is removed. */
  | { readonly at: 'setting' | 'rolling-out' | 'done'; readonly image: string; readonly alone?: Alone }
  | { readonly at: 'stopped'; readonly during: Stage; readonly failure: JobFailure; readonly alone?: Alone };

/** One job at a time, from an archive to the image that MTV works with. It lives outside of whatever shows it. */
export interface BuildJob extends Readable<Job> {
  /** Begins; while a job is under way, nothing happens. */
  readonly start: (wish: JobWish) => void;
  /** Breaks the upload off and has its build cancelled. */
  readonly cancel: () => void;
  /** Sets an image that is there; an empty one removes what is set. */
  readonly use: (image: string, wish: SetWish) => void;
  /** Goes on where a job stopped, from what the cluster holds by now. */
  readonly retry: () => void;
  /** Goes on with what waits for the user's decision: sets the image though migrations run, or builds on a base image that could not be seen. */
  readonly confirm: () => void;
  /** Forgets a job that is over, or that waits. */
  readonly dismiss: () => void;
}

/** What can become of a stopped job. */
interface Outlook {
  /** Goes on because the user wants it. */
  readonly goOn: () => Promise<void>;
  /** Goes on against what was said. */
  readonly insist?: () => Promise<void>;
  /** Looks whether the cluster says by now what it did not say. If so, answers how to go on as far as that needs no decision. */
  readonly lookAgain?: () => Promise<(() => Promise<void>) | undefined>;
}

/** What the form says by now: it replaces what a job began with, if a retry sends the archive again. `undefined`: nothing that can be sent. */
export interface Suggestion {
  current: JobWish | undefined;
}

/** A job over this cluster, kept in `store`; none is under way yet. No failure is thrown: all of them are states of the job. */
export const createBuildJob = (
  cluster: Cluster,
  store: Store<Job> = createStore<Job>({ at: 'none' }),
  suggestion: Suggestion = { current: undefined },
): BuildJob => {
  const { read, subscribe, update } = store;
  let breakOff = new AbortController();
  let outlook: Outlook | undefined;
  const show = (next: Job): void => {
    update(() => next);
  };
  const isUnderWay = (): boolean => !['none', 'stopped', 'done'].includes(read().at);

  const stop = (during: Stage, failure: JobFailure, then: Outlook, alone?: Alone): void => {
    outlook = then;
    const stopped: Job = { at: 'stopped', during, failure, ...(alone && { alone }) };
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

  /** Waits until no migration runs, or until the user says that it may restart MTV all the same. */
  const waitToSet = async (image: string, wish: SetWish, migrations: Migrations): Promise<void> => {
    if (migrations.state === 'none') {
      await set(image, wish, true);
      return;
    }
    const waiting: Job = { at: 'waiting', image, migrations, ...(wish.alone && { alone: wish.alone }) };
    const goOn = () => set(image, wish, true);
    outlook = { goOn, insist: goOn };
    show(waiting);
    await cluster.pause(patience.unseen.every);
    if (read() === waiting) await waitToSet(image, wish, await runningMigrations(cluster, placesOf(wish)));
  };

  const set = async (image: string, wish: SetWish, isSettled = false): Promise<void> => {
    const { mtv, before, providers = [], isOnlyAtProviders = false, alone } = wish;
    const goOn = () => set(image, wish, isSettled);
    const told = { image, ...(alone && { alone }) };
    const then: Outlook = {
      goOn,
      lookAgain: whenSeen(() => cluster.list({ list: 'forkliftControllers', namespace: mtv }), goOn),
    };
    show({ at: 'setting', ...told });
    if (!isSettled && !isOnlyAtProviders && image !== (before ?? '')) {
      const migrations = await runningMigrations(cluster, placesOf(wish));
      if (migrations.state !== 'none') {
        await waitToSet(image, wish, migrations);
        return;
      }
    }
    const imageWish: ImageWish = { image, before, providers, isOnlyAtProviders };
    const done = await converge({ cluster, needs: imageNeeds(mtv, providers), plan: planImage(imageWish) });
    if (!done.ok) {
      stop('set', { code: 'Set', failure: done.error }, then, alone);
      return;
    }
    show({ at: 'rolling-out', ...told });
    switch (await followRollout(cluster, mtv)) {
      case 'failed':
        stop('rollout', { code: 'Rollout', project: mtv }, then, alone);
        return;
      case 'busy':
        stop('rollout', { code: 'RolloutUnseen' }, then, alone);
        return;
      case 'idle':
        show({ at: 'done', ...told });
    }
  };

  const setPresent = async (image: string, wish: SetWish): Promise<void> => {
    show({ at: 'setting', image, ...(wish.alone && { alone: wish.alone }) });
    const rights = await missingRights(cluster, imageRights(wish.mtv, wish.providers, wish.isOnlyAtProviders));
    if (rights.length > 0)
      stop('set', { code: 'NoRight', rights }, { goOn: () => setPresent(image, wish) }, wish.alone);
    else await set(image, wish);
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
        stop('build', { code: 'Build', end }, { goOn: () => run(suggestion.current ?? wish) });
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
      goOn: async () => {
        const build = await findArrived(cluster, project, after);
        await (build.ok && build.value !== undefined ? follow(build.value, wish) : run(suggestion.current ?? wish));
      },
      lookAgain: async () => {
        const build = await findArrived(cluster, project, after);
        if (!build.ok) return undefined;
        return async () => {
          if (build.value !== undefined) await follow(build.value, wish);
          else if (error.code === 'UploadUnseen')
            stop('upload', { code: 'Upload', failure: error.sent }, { goOn: () => run(suggestion.current ?? wish) });
        };
      },
    });
  };

  const run = async (wish: JobWish): Promise<void> => {
    const anew: Outlook = { goOn: () => run(suggestion.current ?? wish) };
    show({ at: 'preparing' });
    const prepared = await prepare(cluster, wish);
    if (!prepared.ok) {
      const insist = () => run({ ...(suggestion.current ?? wish), isBaseImageSettled: true });
      stop('prepare', prepared.error, { ...anew, ...(prepared.error.code === 'BaseImage' && { insist }) });
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
      if (!isUnderWay()) void setPresent(image, wish);
    },
    retry: () => {
      if (read().at !== 'stopped' || !outlook) return;
      breakOff = new AbortController();
      void outlook.goOn();
    },
    confirm: () => {
      if (!['waiting', 'stopped'].includes(read().at)) return;
      breakOff = new AbortController();
      void outlook?.insist?.();
    },
    dismiss: () => {
      if (!isUnderWay() || read().at === 'waiting') show({ at: 'none' });
    },
  };
};

/** Where migrations are looked for by who may not look everywhere. */
const placesOf = ({ mtv, providers = [] }: SetWish): readonly string[] => [
  mtv,
  ...providers.map(({ namespace }) => namespace),
];

/** Goes on when a question gets an answer. */
const whenSeen =
  (ask: () => Promise<Result<unknown, ClusterFailure>>, goOn: () => Promise<void>) =>
  async (): Promise<(() => Promise<void>) | undefined> => ((await ask()).ok ? goOn : undefined);
