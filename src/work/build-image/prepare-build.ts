import { create } from '../../domain/change';
import type { Cluster, Right } from '../../domain/cluster';
import { converge } from '../../domain/converge';
import type { ConvergeFailure } from '../../domain/converge';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import { readBaseImage } from '../../domain/vddk/base-image';
import type { BaseImageProblem } from '../../domain/vddk/base-image';
import { buildRights } from '../../domain/vddk/build-rights';
import { imageQuestion } from '../../domain/vddk/existing-image';
import { buildNeeds, lacksRegistry, planBuild, streamOf } from '../../domain/vddk/plan-build';
import type { BuildPlanProblem, BuildWish } from '../../domain/vddk/plan-build';
import type { ProviderImageWish } from '../../domain/vddk/plan-image';
import { needsPuller, planPuller, pullerNeeds } from '../../domain/vddk/plan-puller';
import type { PullerProblem } from '../../domain/vddk/plan-puller';
import { missingRights } from '../../domain/rights';

/** Why nothing was prepared. */
export type PrepareFailure =
  | { readonly code: 'NoRight'; readonly rights: readonly Right[] }
  /** The cluster cannot pull what the build begins with. It may be wrong: nodes may have a way that the API server has not. */
  | { readonly code: 'BaseImage'; readonly image: string; readonly problem: BaseImageProblem }
  | { readonly code: 'Prepare'; readonly failure: ConvergeFailure<BuildPlanProblem | PullerProblem> };

/** A build, and where its image is to be used. */
export interface PrepareWish extends BuildWish {
  /** The project of the virtual machines; empty while none is chosen. */
  readonly target: string;
  /** The project of MTV. */
  readonly mtv: string;
  /** The user knows what the cluster says of the base image, and wants it. */
  readonly isBaseImageSettled?: boolean;
  /** Where the image shall be set in the end, beside MTV's settings. */
  readonly providers?: readonly ProviderImageWish[];
}

/**
 * Rights, registry and base image first, so that nothing is left behind where an upload cannot succeed; then what the build needs, and the right of
 * the project of the virtual machines to pull the image.
 */
export const prepare = async (cluster: Cluster, wish: PrepareWish): Promise<Result<void, PrepareFailure>> => {
  const rights = await missingRights(cluster, buildRights(wish, wish.mtv));
  if (rights.length > 0) return err({ code: 'NoRight', rights });
  if (await isRegistryMissing(cluster, wish.project)) {
    return err({ code: 'Prepare', failure: { code: 'Refused', problem: { code: 'RegistryMissing' } } });
  }
  const problem = wish.isBaseImageSettled ? undefined : await baseImageProblem(cluster, wish);
  if (problem) return err({ code: 'BaseImage', image: wish.baseImage, problem });
  const built = await converge({ cluster, needs: buildNeeds(wish.project), plan: planBuild(wish) });
  if (!built.ok) return err({ code: 'Prepare', failure: built.error });
  if (!needsPuller(wish)) return ok(undefined);
  const allowed = await converge({ cluster, needs: pullerNeeds(wish), plan: planPuller(wish) });
  return allowed.ok ? ok(undefined) : err({ code: 'Prepare', failure: allowed.error });
};

/** Whether the cluster can pull the base image, as its registry tells it now. Nothing is stored. */
const baseImageProblem = async (
  cluster: Cluster,
  { baseImage, project }: BuildWish,
): Promise<BaseImageProblem | undefined> => readBaseImage(await cluster.apply(imageQuestion(baseImage, project)));

/**
 * An ImageStream tells whether there is a registry; where there is none yet, its dry run does. When neither can be had, the
 * planner will see.
 */
export const isRegistryMissing = async (cluster: Cluster, project: string): Promise<boolean> => {
  const present = await cluster.get(buildNeeds(project).stream);
  if (present.ok && present.value) return lacksRegistry(present.value);
  const tried = await cluster.apply(create('imageStreams', streamOf(project)), { dryRun: true });
  return tried.ok && lacksRegistry(tried.value);
};
