import type { Change, ChangeName } from './change';
import { keyOf, nameOfChange } from './change';
import type { Cluster, Needs, Right, Seen } from './cluster';
import type { Trial } from './dry-run';
import { tryOut } from './dry-run';
import type { ClusterFailure } from './failure';
import { isTransient } from './failure';
import { patience } from './patience';
import type { Result } from './result';
import { err, ok } from './result';

/** A planner's answer: the changes still to be made (none: done), or why it will not plan. */
export type Plan<P> = Result<readonly Change[], P>;

/** A change and how far it is. A failed change may be tried again in a later pass and then be done. */
export interface ChangeProgress {
  readonly change: ChangeName;
  readonly state: 'applying' | 'done' | 'failed';
}

/**
 * Why a run stopped before its end. Running it again resumes. `RightsMissing`: of a dry run, which asks for them; a real one meets the
 * refusal itself, as `WriteFailed`.
 */
export type ConvergeFailure<P> =
  | { readonly code: 'Refused'; readonly problem: P }
  | { readonly code: 'ReadFailed'; readonly failure: ClusterFailure }
  | { readonly code: 'RightsMissing'; readonly rights: readonly Right[] }
  | { readonly code: 'WriteFailed'; readonly change: ChangeName; readonly failure: ClusterFailure }
  | { readonly code: 'NotConverging'; readonly changes: readonly ChangeName[] };

/** Why a dry run stopped. It makes one pass. */
export type DryRunFailure<P> = Exclude<ConvergeFailure<P>, { code: 'NotConverging' }>;

/** What one run of the loop works with. `P` is why its planner may refuse. */
export interface Convergence<N extends Needs, P> {
  readonly cluster: Cluster;
  readonly needs: N;
  /** Pure: what is wanted is bound in, what the cluster holds comes as argument. */
  readonly plan: (seen: Seen<N>) => Plan<P>;
  /** `dry` asks the API server about the plan and carries nothing out. `real` when left out. */
  readonly mode?: 'real' | 'dry';
  /** Of a dry run: what the API server is not asked about, because MTV's webhook would sign in to vSphere with it. */
  readonly signsIn?: (change: Change) => boolean;
  /** Of a dry run: called with each change in turn, as soon as it is known what the API server says to it. */
  readonly onTrial?: (trial: Trial) => void;
  /** Of a real run: called with all changes so far, oldest first, whenever one begins or ends. */
  readonly onProgress?: (changes: readonly ChangeProgress[]) => void;
}

/** How often a plan may change before somebody must be undoing it. */
const passes = 8;

/** Reads everything a planner needs, freshly. */
export const observe = async <N extends Needs>(
  cluster: Cluster,
  needs: N,
): Promise<Result<Seen<N>, ClusterFailure>> => {
  const entries = await Promise.all(
    Object.entries(needs).map(
      async ([name, need]) => [name, await ('list' in need ? cluster.list(need) : cluster.get(need))] as const,
    ),
  );
  const seen: Record<string, unknown> = {};
  for (const [name, answer] of entries) {
    if (!answer.ok) return answer;
    seen[name] = answer.value;
  }
  return ok(seen as Seen<N>);
};

/**
 * The only way that writes happen: observe, plan, apply, until the plan is empty. After every write that failed for a reason
 * that may pass (no answer, conflict, busy) it looks at the cluster again before it decides, so that a write whose answer was
 * lost is found, not repeated. Answers with what the cluster held when the plan was empty; a dry run, with what it held when it was planned.
 */
export function converge<N extends Needs, P>(
  run: Convergence<N, P> & { readonly mode: 'dry' },
): Promise<Result<Seen<N>, DryRunFailure<P>>>;
export function converge<N extends Needs, P>(run: Convergence<N, P>): Promise<Result<Seen<N>, ConvergeFailure<P>>>;
export async function converge<N extends Needs, P>(
  run: Convergence<N, P>,
): Promise<Result<Seen<N>, ConvergeFailure<P>>> {
  const { cluster, needs, plan, mode, onProgress } = run;
  const progress = new Map<string, ChangeProgress>();
  const report = (change: ChangeName, state: ChangeProgress['state']): void => {
    progress.set(keyOf(change), { change, state });
    onProgress?.([...progress.values()]);
  };

  let failures = 0;
  const mayRetry = async (failure: ClusterFailure): Promise<boolean> => {
    failures += 1;
    if (!isTransient(failure) || failures >= patience.passing.misses) return false;
    await cluster.pause(patience.passing.every * 2 ** (failures - 1));
    return true;
  };

  let remaining: readonly Change[] = [];
  for (let pass = 0; pass < passes;) {
    const seen = await observe(cluster, needs);
    if (!seen.ok) {
      if (await mayRetry(seen.error)) continue;
      return err({ code: 'ReadFailed', failure: seen.error });
    }
    const planned = plan(seen.value);
    if (!planned.ok) return err({ code: 'Refused', problem: planned.error });
    if (planned.value.length === 0) {
      settle(progress, onProgress);
      return ok(seen.value);
    }
    if (mode === 'dry') return tryOut(run, seen.value, planned.value);
    remaining = planned.value;

    pass += 1;
    for (const change of planned.value) {
      const name = nameOfChange(change);
      report(name, 'applying');
      const applied = await cluster.apply(change);
      if (applied.ok) {
        report(name, 'done');
        continue;
      }
      report(name, 'failed');
      // What is to be deleted is gone: somebody was faster, such as the garbage collector.
      const isGone = change.verb === 'delete' && applied.error.code === 'NotFound';
      if (isGone || (await mayRetry(applied.error))) break;
      return err({ code: 'WriteFailed', change: name, failure: applied.error });
    }
  }
  return err({ code: 'NotConverging', changes: remaining.map(nameOfChange) });
}

/** With an empty plan, a change whose answer was lost has turned out to be done. */
const settle = (
  progress: Map<string, ChangeProgress>,
  onProgress: ((changes: readonly ChangeProgress[]) => void) | undefined,
): void => {
  if ([...progress.values()].every(({ state }) => state === 'done')) return;
  onProgress?.([...progress.values()].map(({ change }) => ({ change, state: 'done' as const })));
};
