import type { Cluster, Needs } from '../../domain/cluster';
import { converge } from '../../domain/converge';
import type { Convergence, DryRunFailure } from '../../domain/converge';
import type { Trial } from '../../domain/dry-run';
import type { Result } from '../../domain/result';
import { err } from '../../domain/result';
import type { Text, Translate } from '../../domain/translate';

/** A planner's own reason is a text by now. */
export type RehearsalFailure = DryRunFailure<Text>;

/** A dry run that is still to be made: what it found out about each change, or why there is nothing to be said. */
export type Rehearsal = (cluster: Cluster) => Promise<{
  readonly trials: readonly Trial[];
  readonly outcome: Result<unknown, RehearsalFailure>;
}>;

/** A failure whose planner's own reason is in words. */
export const inWords = <P>(
  failure: DryRunFailure<P>,
  problemText: (t: Translate, problem: P) => string,
): RehearsalFailure =>
  failure.code === 'Refused' ? { ...failure, problem: (t) => problemText(t, failure.problem) } : failure;

/** The dry run of what a step would do. */
export const rehearsalOf =
  <N extends Needs, P>(
    run: Pick<Convergence<N, P>, 'needs' | 'plan' | 'signsIn'>,
    problemText: (t: Translate, problem: P) => string,
  ): Rehearsal =>
  async (cluster) => {
    const trials: Trial[] = [];
    const onTrial = (trial: Trial): void => {
      trials.push(trial);
    };
    const outcome = await converge({ ...run, cluster, mode: 'dry', onTrial });
    return { trials, outcome: outcome.ok ? outcome : err(inWords(outcome.error, problemText)) };
  };
