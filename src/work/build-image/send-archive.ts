import type { Cluster } from '../../domain/cluster';
import { converge } from '../../domain/converge';
import type { ClusterFailure } from '../../domain/failure';
import type { Build } from '../../domain/objects';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import { readBuild } from '../../domain/vddk/build-status';
import { buildName } from '../../domain/vddk/plan-build';
import { cancelNeeds, planCancel } from '../../domain/vddk/plan-cancel';
import { mayHaveArrived } from '../../domain/vddk/upload-failure';
import type { UploadFailure } from '../../domain/vddk/upload-failure';
import { cancelNewest, findNewest, newestBuild } from './find-build';
import { followBuild } from './follow-build';
import type { JobFailure } from './job-failure';

/**
 * Sends the archive to a build of BuildConfig `config`. The host has the file bound in: a browser's, or one on a disk. Answers when the
 * build's pod has taken all of it, with the build as it was when the upload began. `onProgress`: bytes sent so far, where that can be told.
 */
export type SendArchive = (to: {
  readonly project: string;
  readonly config: string;
  readonly signal: AbortSignal;
  readonly onProgress: (sent: number) => void;
}) => Promise<Result<Build, UploadFailure>>;

interface Sending {
  readonly project: string;
  readonly send: SendArchive;
  /** The build of this archive, once there is one, has a higher number. */
  readonly after: number;
  readonly signal: AbortSignal;
  readonly onProgress: (sent: number) => void;
  /** There is a build, though the upload got no answer. */
  readonly onBuild: (name: string) => void;
}

/** Sends the archive, and answers with the name of the build that has it. A lost answer is looked for before it is called a failure. */
export const sendArchive = async (
  cluster: Cluster,
  { project, send, after, signal, onProgress, onBuild }: Sending,
): Promise<Result<string, JobFailure>> => {
  const sent = await send({ project, config: buildName, signal, onProgress });
  if (sent.ok) return ok(sent.value.metadata.name);
  if (signal.aborted) return err(await cancelNewest(cluster, project, after));
  const failure: JobFailure = { code: 'Upload', failure: sent.error };
  if (!mayHaveArrived(sent.error)) return err(failure);
  const newest = await findNewest(cluster, project, after);
  if (!newest.ok) return err({ code: 'UploadUnseen', failure: newest.error, sent: sent.error });
  if (!newest.value) return err(failure);
  const { name } = newest.value.metadata;
  if (readBuild(newest.value).state === 'waiting') {
    // Only a build that runs takes the archive, so this one would wait for a pod in vain.
    await converge({ cluster, needs: cancelNeeds(project, name), plan: planCancel });
    return err(failure);
  }
  onBuild(name);
  const end = await followBuild(cluster, project, name);
  const isBrokenOff =
    end.code === 'Ended' && (end.reading.state === 'cancelled' || end.reading.reason === 'FetchSourceFailed');
  return isBrokenOff ? err(failure) : ok(name);
};

/** What came of an upload that failed or was not seen to end: the name of its build, if that got the archive. */
export const findArrived = async (
  cluster: Cluster,
  project: string,
  after: number,
): Promise<Result<string | undefined, ClusterFailure>> => {
  const newest = await newestBuild(cluster, project, after);
  if (!newest.ok) return newest;
  const isGood = newest.value && ['running', 'complete'].includes(readBuild(newest.value).state);
  return ok(isGood ? newest.value.metadata.name : undefined);
};
