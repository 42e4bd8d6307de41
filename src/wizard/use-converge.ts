import { useCallback, useId } from 'react';
import type { Cluster, Needs, Seen } from '../domain/cluster';
import type { ChangeProgress, ConvergeFailure, Plan } from '../domain/converge';
import { converge } from '../domain/converge';
import type { Result } from '../domain/result';
import { useKept } from './DraftsContext';
import { useServices } from './ServicesContext';

/** One run of `converge`, as a step shows it. */
export type Run<P> =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly changes: readonly ChangeProgress[] }
  | { readonly state: 'done'; readonly changes: readonly ChangeProgress[] }
  | { readonly state: 'failed'; readonly changes: readonly ChangeProgress[]; readonly failure: ConvergeFailure<P> };

/** One run at a time of `converge`, as state and with its handles. */
export interface Converger<P> {
  readonly run: Run<P>;
  /** Starts the loop; answers when it is through. Starting again after a failure resumes. */
  readonly start: <N extends Needs>(
    needs: N,
    plan: (seen: Seen<N>) => Plan<P>,
  ) => Promise<Result<Seen<N>, ConvergeFailure<P>>>;
  /** Shows a run that somebody else carries out. */
  readonly show: (run: Run<P>) => void;
  readonly reset: () => void;
}

const idle = { state: 'idle' } as const;
const asItIs = (cluster: Cluster): Cluster => cluster;

/**
 * `converge` for a step, with its progress as state. A step that is left keeps its writes; with a key of its own it also finds
 * their progress again. `within` is always the same function: the cluster as the planner is to see it.
 */
export const useConverge = <P>(key?: string, within: (cluster: Cluster) => Cluster = asItIs): Converger<P> => {
  const { cluster } = useServices();
  const unnamed = useId();
  const [run, update] = useKept<Run<P>>(`run ${key ?? unnamed}`, idle);

  const show = useCallback(
    (next: Run<P>) => {
      update(() => next);
    },
    [update],
  );

  const start: Converger<P>['start'] = useCallback(
    async (needs, plan) => {
      let changes: readonly ChangeProgress[] = [];
      show({ state: 'running', changes });
      const outcome = await converge({
        cluster: within(cluster),
        needs,
        plan,
        onProgress: (progress) => {
          changes = progress;
          show({ state: 'running', changes });
        },
      });
      show(outcome.ok ? { state: 'done', changes } : { state: 'failed', changes, failure: outcome.error });
      return outcome;
    },
    [cluster, within, show],
  );

  const reset = useCallback(() => {
    show(idle);
  }, [show]);

  return { run, start, show, reset };
};
