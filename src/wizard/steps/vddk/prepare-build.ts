import { create } from '../../../domain/change';
import type { Cluster, Right } from '../../../domain/cluster';
import { converge } from '../../../domain/converge';
import type { ChangeProgress, ConvergeFailure } from '../../../domain/converge';
import type { ClusterFailure } from '../../../domain/failure';
import type { Build } from '../../../domain/objects';
import type { Result } from '../../../domain/result';
import { err, ok } from '../../../domain/result';
import { buildRights } from '../../../domain/vddk/build-rights';
import { numberOf } from '../../../domain/vddk/build-status';
import { buildName, buildNeeds, lacksRegistry, planBuild, streamOf } from '../../../domain/vddk/plan-build';
import type { BuildPlanProblem, BuildWish } from '../../../domain/vddk/plan-build';
import { needsPuller, planPuller, pullerNeeds } from '../../../domain/vddk/plan-puller';
import type { PullerProblem } from '../../../domain/vddk/plan-puller';

/** Why nothing was prepared. */
export type PrepareFailure =
  | { readonly code: 'NoRight'; readonly rights: readonly Right[] }
  | { readonly code: 'Prepare'; readonly failure: ConvergeFailure<BuildPlanProblem | PullerProblem> };

export interface PrepareWish extends BuildWish {
  /** The project of the virtual machines; empty while none is chosen. */
  readonly target: string;
  /** The project of MTV. */
  readonly mtv: string;
}

/** Rights and registry first, so that nothing is left behind where an upload cannot succeed; then what the build needs. */
export const prepare = async (
  cluster: Cluster,
  wish: PrepareWish,
  onProgress: (changes: readonly ChangeProgress[]) => void,
): Promise<Result<void, PrepareFailure>> => {
  const rights = await missingRights(cluster, wish);
  if (rights.length > 0) return err({ code: 'NoRight', rights });
  if (await isRegistryMissing(cluster, wish.project)) {
    return err({ code: 'Prepare', failure: { code: 'Refused', problem: { code: 'RegistryMissing' } } });
  }
  let made: readonly ChangeProgress[] = [];
  const built = await converge<ReturnType<typeof buildNeeds>, BuildPlanProblem>({
    cluster,
    needs: buildNeeds(wish.project),
    plan: planBuild(wish),
    onProgress: (changes) => {
      made = changes;
      onProgress(changes);
    },
  });
  if (!built.ok) return err({ code: 'Prepare', failure: built.error });
  if (!needsPuller(wish)) return ok(undefined);
  const allowed = await converge({
    cluster,
    needs: pullerNeeds(wish),
    plan: planPuller(wish),
    onProgress: (changes) => {
      onProgress([...made, ...changes]);
    },
  });
  return allowed.ok ? ok(undefined) : err({ code: 'Prepare', failure: allowed.error });
};

/** A review that failed proves nothing: the server decides when the write comes. */
const missingRights = async (cluster: Cluster, wish: PrepareWish): Promise<readonly Right[]> => {
  const reviewed = await Promise.all(
    buildRights(wish, wish.mtv).map(async (right) => ({ right, allowed: await cluster.can(right) })),
  );
  return reviewed.filter(({ allowed }) => allowed.ok && !allowed.value).map(({ right }) => right);
};

/**
 * An ImageStream tells whether there is a registry; where there is none yet, its dry run does. When neither can be had, the
 * planner will see.
 */
const isRegistryMissing = async (cluster: Cluster, project: string): Promise<boolean> => {
  const present = await cluster.get(buildNeeds(project).stream);
  if (present.ok && present.value) return lacksRegistry(present.value);
  const tried = await cluster.apply(create('imageStreams', streamOf(project)), { dryRun: true });
  return tried.ok && lacksRegistry(tried.value);
};

/** The newest build of our BuildConfig that has a higher number than `after`. */
export const newestBuild = async (
  cluster: Cluster,
  project: string,
  after: number,
): Promise<Result<Build | undefined, ClusterFailure>> => {
  const listed = await cluster.list({ list: 'builds', namespace: project, labelSelector: `buildconfig=${buildName}` });
  if (!listed.ok) return listed;
  const [newest] = listed.value.filter((build) => numberOf(build) > after).sort((a, b) => numberOf(b) - numberOf(a));
  return ok(newest);
};
