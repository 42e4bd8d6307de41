import type { Cluster, Right } from '../../domain/cluster';
import { converge } from '../../domain/converge';
import type { ConvergeFailure } from '../../domain/converge';
import type { ClusterFailure } from '../../domain/failure';
import type { Build } from '../../domain/objects';
import { found, missed, patience, poll } from '../../domain/patience';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import { missingRights } from '../../domain/rights';
import type { ArchivePieces, ArchiveUrlFailure } from '../../domain/vddk/archive-url-failure';
import type { VddkArchive } from '../../domain/vddk/archive';
import { isOver, readBuild } from '../../domain/vddk/build-status';
import {
  archiveBuildName,
  archiveBuildNeeds,
  archiveBuildRights,
  discardNeeds,
  imagesOf,
  isSha256,
  planArchiveBuild,
  planDiscard,
} from '../../domain/vddk/plan-archive-build';
import type { ArchiveBuildWish } from '../../domain/vddk/plan-archive-build';
import { buildName } from '../../domain/vddk/plan-build';
import type { BuildPlanProblem } from '../../domain/vddk/plan-build';
import { mayHaveArrived } from '../../domain/vddk/upload-failure';
import type { UploadFailure } from '../../domain/vddk/upload-failure';
import { findUpload, newestBuild } from './find-build';
import { followBuild } from './follow-build';
import type { BuildEnd } from './follow-build';
import { isRegistryMissing } from './prepare-build';

/**
 * What the host lends. `open` begins the download, which is verified on its way; `send` hands the pieces to a build of BuildConfig `config`,
 * and breaks off unless their verdict is good. It answers when the build's pod has taken all of them.
 */
export interface ArchiveHost {
  readonly open: (signal: AbortSignal) => ArchivePieces;
  readonly send: (to: {
    readonly project: string;
    readonly config: string;
    /** Names this upload at its build. */
    readonly upload: string;
    readonly pieces: ArchivePieces;
    readonly signal: AbortSignal;
  }) => Promise<Result<Build, UploadFailure>>;
}

/** An image by its digest; `archive` is what this very run downloaded, `undefined` when it was built before. */
export interface ImageFromUrl {
  readonly image: string;
  readonly archive: VddkArchive | undefined;
}

/**
 * Why there is no image of the archive. The image that MTV uses is untouched in all cases. `Source`: what the URL leads to, or the way to it.
 * `Leftover`: a build that did not get its archive could not be deleted after `because`.
 */
export type FromUrlFailure =
  | { readonly code: 'BadSum' }
  | { readonly code: 'NoRight'; readonly rights: readonly Right[] }
  | { readonly code: 'Prepare'; readonly failure: ConvergeFailure<BuildPlanProblem> }
  | { readonly code: 'Cluster'; readonly failure: ClusterFailure }
  | { readonly code: 'Source'; readonly failure: ArchiveUrlFailure }
  | { readonly code: 'Upload'; readonly failure: UploadFailure }
  | { readonly code: 'Build'; readonly end: Exclude<BuildEnd, { code: 'Built' }> }
  | {
      readonly code: 'Leftover';
      readonly because: Exclude<FromUrlFailure, { code: 'Leftover' }>;
      readonly build: string;
      readonly failure: ConvergeFailure<never>;
    };

type Answer = Result<ImageFromUrl, FromUrlFailure>;

/**
 * The image of an archive on a server, built unless it was built before. What is done is read from the cluster, so that it may be called
 * again at any time, also after it was killed: the tag of our ImageStream names the archive by its sum. Nothing is made on the cluster
 * before the archive has begun to come and looks like VDDK.
 */
export const imageFromUrl = async (
  cluster: Cluster,
  given: ArchiveBuildWish,
  host: ArchiveHost,
  signal: AbortSignal,
): Promise<Answer> => {
  if (!isSha256(given.sha256)) return err({ code: 'BadSum' });
  const wish = { ...given, sha256: given.sha256.toLowerCase() };
  const present = await builtBefore(cluster, wish);
  if (!present.ok || present.value) return present as Answer;

  const rights = await missingRights(cluster, archiveBuildRights(wish.project));
  if (rights.length > 0) return err({ code: 'NoRight', rights });
  if (await isRegistryMissing(cluster, wish.project)) {
    return err({ code: 'Prepare', failure: { code: 'Refused', problem: { code: 'RegistryMissing' } } });
  }

  const pieces = host.open(signal);
  const first = await pieces.next();
  if (first.done === true) {
    // Not a byte, and yet all is well: that is no archive.
    const failure = first.value.ok ? ({ code: 'Archive', problem: { code: 'Empty' } } as const) : first.value.error;
    return err({ code: 'Source', failure });
  }
  const answer = await buildOf(cluster, wish, host, { first: first.value, pieces, signal });
  await pieces.return(err({ code: 'Download', failure: { code: 'Cancelled' } }));
  return answer;
};

/** The image, if there is one; or if a build that is under way makes one. Whose upload that is does not matter: it is of this archive. */
const builtBefore = async (
  cluster: Cluster,
  { project, sha256 }: ArchiveBuildWish,
): Promise<Result<ImageFromUrl | undefined, FromUrlFailure>> => {
  const stream = await cluster.get({ kind: 'imageStreams', name: buildName, namespace: project });
  if (!stream.ok) return err({ code: 'Cluster', failure: stream.error });
  // The oldest: whoever builds it again does not move it.
  const image = imagesOf(stream.value, sha256).at(-1);
  if (image !== undefined) return ok({ image, archive: undefined });

  const newest = await newestBuild(cluster, project, -1, archiveBuildName(sha256));
  if (!newest.ok) return err({ code: 'Cluster', failure: newest.error });
  if (!newest.value || isOver(newest.value)) return ok(undefined);
  const { name } = newest.value.metadata;
  const begun = await awaitBegin(cluster, project, name);
  if (begun === 'waiting') {
    const left = await discard(cluster, project, name);
    return left ? err({ code: 'Prepare', failure: left }) : ok(undefined);
  }
  const end = begun === 'gone' ? undefined : await followBuild(cluster, project, name);
  if (end?.code === 'Built') return ok({ image: end.image, archive: undefined });
  return end?.code === 'Lost' || end?.code === 'NoDigest' ? err({ code: 'Build', end }) : ok(undefined);
};

/** Whether a build has begun; `waiting`: it did not in all the time that its upload would wait for it. */
const awaitBegin = (cluster: Cluster, namespace: string, name: string): Promise<'begun' | 'gone' | 'waiting'> =>
  poll<'begun' | 'gone' | 'waiting'>(cluster, patience.othersUpload, async () => {
    const seen = await cluster.get({ kind: 'builds', name, namespace });
    if (!seen.ok) return missed('waiting');
    if (!seen.value) return found('gone');
    return readBuild(seen.value).state === 'waiting' ? missed('waiting') : found('begun');
  });

interface Coming {
  readonly first: Uint8Array;
  readonly pieces: ArchivePieces;
  readonly signal: AbortSignal;
}

/** Prepares the build, sends the archive and waits for the image. */
const buildOf = async (
  cluster: Cluster,
  wish: ArchiveBuildWish,
  { send }: ArchiveHost,
  { first, pieces, signal }: Coming,
): Promise<Answer> => {
  const { project, sha256 } = wish;
  const config = archiveBuildName(sha256);
  const prepared = await converge({ cluster, needs: archiveBuildNeeds(wish), plan: planArchiveBuild(wish) });
  if (!prepared.ok) return err({ code: 'Prepare', failure: prepared.error });
  const upload = crypto.randomUUID();

  let verdict: Result<VddkArchive, ArchiveUrlFailure> | undefined;
  async function* all(): ArchivePieces {
    yield first;
    verdict = yield* pieces;
    return verdict;
  }
  const sent = await send({ project, config, upload, pieces: all(), signal });
  const known = verdict;
  const archive = known?.ok ? known.value : undefined;
  if (sent.ok) return imageOf(cluster, wish, sent.value.metadata.name, archive);

  const failure: Exclude<FromUrlFailure, { code: 'Leftover' }> =
    known && !known.ok ? { code: 'Source', failure: known.error } : { code: 'Upload', failure: sent.error };
  // Broken off, or unanswered: there may be a build all the same.
  if (failure.code === 'Upload' && !signal.aborted && !mayHaveArrived(sent.error)) return err(failure);
  const build = await findUpload(cluster, { project, config, upload });
  if (!build.ok || !build.value) return err(failure);
  const { name } = build.value.metadata;
  if (archive && readBuild(build.value).state !== 'waiting') {
    // All of it left, so the build may have it.
    const built = await imageOf(cluster, wish, name, archive);
    if (built.ok || built.error.code !== 'Build' || built.error.end.code !== 'Ended') return built;
  }
  const reading = readBuild(build.value);
  if (failure.code === 'Upload' && reading.state === 'failed' && reading.reason !== 'FetchSourceFailed') {
    // That is why nobody took the archive.
    return err({ code: 'Build', end: { code: 'Ended', reading } });
  }
  const left = await discard(cluster, project, name);
  return err(left ? { code: 'Leftover', because: failure, build: name, failure: left } : failure);
};

const imageOf = async (
  cluster: Cluster,
  { project, sha256 }: ArchiveBuildWish,
  build: string,
  archive: VddkArchive | undefined,
): Promise<Answer> => {
  const end = await followBuild(cluster, project, build);
  if (end.code !== 'Built') return err({ code: 'Build', end });
  const stream = await cluster.get({ kind: 'imageStreams', name: buildName, namespace: project });
  const image = (stream.ok ? imagesOf(stream.value, sha256).at(-1) : undefined) ?? end.image;
  return ok({ image, archive });
};

/** Deletes a build that came to nothing; why it could not. */
const discard = async (
  cluster: Cluster,
  project: string,
  name: string,
): Promise<ConvergeFailure<never> | undefined> => {
  const done = await converge({ cluster, needs: discardNeeds(project, name), plan: planDiscard });
  return done.ok ? undefined : done.error;
};
