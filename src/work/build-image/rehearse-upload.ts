import type { Cluster } from '../../domain/cluster';
import { converge, observe } from '../../domain/converge';
import type { DryRunFailure } from '../../domain/converge';
import type { Trial } from '../../domain/dry-run';
import { targetOf } from '../../domain/change';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import { missingRights } from '../../domain/rights';
import { buildRights } from '../../domain/vddk/build-rights';
import { buildName, buildNeeds, planBuild } from '../../domain/vddk/plan-build';
import type { BuildPlanProblem } from '../../domain/vddk/plan-build';
import { imageNeeds, keyOf, planImage } from '../../domain/vddk/plan-image';
import type { ImagePlanProblem } from '../../domain/vddk/plan-image';
import { needsPuller, planPuller, pullerNeeds } from '../../domain/vddk/plan-puller';
import type { PullerProblem } from '../../domain/vddk/plan-puller';
import { asIf } from '../as-if';
import type { PrepareWish } from './prepare-build';

/** What an upload, its build and the setting of its image would write, and why that is not all. */
export interface RehearsedUpload {
  readonly trials: readonly Trial[];
  readonly outcome: Result<void, DryRunFailure<BuildPlanProblem | PullerProblem | ImagePlanProblem>>;
}

/**
 * The dry run of an upload: all rights that it needs, then what `prepare` makes, then where the image will be set. That is not asked about, because
 * the image has no digest before it is built.
 */
export const rehearseUpload = async (
  given: Cluster,
  wish: PrepareWish & { readonly before: string | undefined },
): Promise<RehearsedUpload> => {
  const cluster = asIf(given);
  const trials: Trial[] = [];
  const onTrial = (trial: Trial): void => {
    trials.push(trial);
  };
  const rights = await missingRights(cluster, buildRights(wish, wish.mtv));
  if (rights.length > 0) return { trials, outcome: err({ code: 'RightsMissing', rights }) };
  for (let last = -1; last < trials.length;) {
    last = trials.length;
    const built = await converge({
      cluster,
      needs: buildNeeds(wish.project),
      plan: planBuild(wish),
      mode: 'dry',
      onTrial,
    });
    if (!built.ok) return { trials, outcome: built };
  }
  if (needsPuller(wish)) {
    const allowed = await converge({ cluster, needs: pullerNeeds(wish), plan: planPuller(wish), mode: 'dry', onTrial });
    if (!allowed.ok) return { trials, outcome: allowed };
  }
  const { mtv, before, providers = [] } = wish;
  const seen = await observe(cluster, imageNeeds(mtv, providers));
  if (!seen.ok) return { trials, outcome: err({ code: 'ReadFailed', failure: seen.error }) };
  const planned = planImage({ image: `${wish.project}/${buildName}@sha256:…`, before, providers })(seen.value);
  if (!planned.ok) return { trials, outcome: err({ code: 'Refused', problem: planned.error }) };
  for (const change of planned.value) {
    const { kind, name, namespace = '' } = targetOf(change);
    const present =
      kind === 'providers'
        ? seen.value[keyOf({ name, namespace })]
        : seen.value.controllers.find(({ metadata }) => metadata.name === name);
    onTrial({ change, present, answer: { code: 'FollowsLater' } });
  }
  return { trials, outcome: ok(undefined) };
};
