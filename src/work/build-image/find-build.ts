import type { Cluster } from '../../domain/cluster';
import { converge } from '../../domain/converge';
import type { ClusterFailure } from '../../domain/failure';
import type { Build } from '../../domain/objects';
import { found, missed, patience, poll } from '../../domain/patience';
import type { Result } from '../../domain/result';
import { ok } from '../../domain/result';
import { isOver, numberOf } from '../../domain/vddk/build-status';
import { cancelNeeds, planCancel } from '../../domain/vddk/plan-cancel';
import { buildName } from '../../domain/vddk/plan-build';
import type { JobFailure } from './job-failure';

/** The newest build of our BuildConfig `config` that has a higher number than `after`; `undefined`: there is none. */
export const newestBuild = async (
  cluster: Cluster,
  project: string,
  after: number,
  config = buildName,
): Promise<Result<Build | undefined, ClusterFailure>> => {
  const listed = await cluster.list({ list: 'builds', namespace: project, labelSelector: `buildconfig=${config}` });
  if (!listed.ok) return listed;
  const [newest] = listed.value.filter((build) => numberOf(build) > after).sort((a, b) => numberOf(b) - numberOf(a));
  return ok(newest);
};

/**
 * The build of an upload, by the name that the upload was given; `undefined`: there is none. Others may send the same archive at the same
 * time, and each has a build. It may come to be after the connection is gone.
 */
export const findUpload = (
  cluster: Cluster,
  { project, config, upload }: { readonly project: string; readonly config: string; readonly upload: string },
): Promise<Result<Build | undefined, ClusterFailure>> =>
  poll<Result<Build | undefined, ClusterFailure>>(cluster, patience.lostAnswer, async () => {
    const listed = await cluster.list({ list: 'builds', namespace: project, labelSelector: `buildconfig=${config}` });
    if (!listed.ok) return missed(listed);
    const build = listed.value.find(({ spec }) => spec?.revision?.git?.commit === upload);
    return build ? found(ok(build)) : missed(ok(undefined));
  });

/** As `newestBuild`, of an upload whose answer did not come: its build may come to be after the connection is gone. */
export const findNewest = (
  cluster: Cluster,
  project: string,
  after: number,
): Promise<Result<Build | undefined, ClusterFailure>> =>
  poll(cluster, patience.lostAnswer, async () => {
    const newest = await newestBuild(cluster, project, after);
    return newest.ok && newest.value ? found(newest) : missed(newest);
  });

/**
 * Has the build of an upload cancelled that we broke off: OpenShift does not, it lets the pod find its source incomplete
 * (sandbox/recorded/README.md). Answers with what stopped the upload in the end.
 */
export const cancelNewest = async (cluster: Cluster, project: string, after: number): Promise<JobFailure> => {
  const newest = await findNewest(cluster, project, after);
  if (!newest.ok) return { code: 'Cancel', failure: { code: 'ReadFailed', failure: newest.error } };
  if (!newest.value || isOver(newest.value)) return { code: 'Cancelled' };
  const cancelled = await converge({
    cluster,
    needs: cancelNeeds(project, newest.value.metadata.name),
    plan: planCancel,
  });
  return cancelled.ok ? { code: 'Cancelled' } : { code: 'Cancel', failure: cancelled.error };
};
