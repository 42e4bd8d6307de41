import type { Change, Target } from './change';
import { keyOf, nameOfChange, targetOf } from './change';
import type { Cluster, Needs, Seen } from './cluster';
import type { Convergence, DryRunFailure } from './converge';
import type { ClusterFailure } from './failure';
import { isTransient } from './failure';
import type { KubeObject } from './objects';
import type { Result } from './result';
import { err, ok } from './result';
import { missingRights, rightsOf } from './rights';
import type { Translate } from './translate';

/** What a dry run found out about one change. */
export interface Trial {
  readonly change: Change;
  /** The object as it was seen before; `undefined`: it is not there, or the planner did not look at it. */
  readonly present: KubeObject | undefined;
  readonly answer:
    { readonly code: 'Accepted' } | { readonly code: 'Refused'; readonly failure: ClusterFailure } | Unchecked;
}

/**
 * Why nobody can say what the API server will answer to a change.
 *
 * - `ProjectToBeMade`: it refuses what belongs into a project that does not exist. `FollowsLater`: the change is about an object that an
 *   earlier one makes.
 * - `NoDryRun`: a webhook that must be asked takes part in no dry run, or the API server knows none of this kind. `NoAnswer`: there was
 *   none, or one that may pass.
 * - `Stopped`: a right is missing, or an earlier change was refused. `SignsIn`: it was not asked, because asking costs a try of credentials.
 */
export type Unchecked =
  | { readonly code: 'ProjectToBeMade'; readonly project: string }
  | { readonly code: 'FollowsLater' | 'NoDryRun' | 'NoAnswer' | 'Stopped' | 'SignsIn' };

/** Whether nobody can say what the API server will answer. */
export const isUnchecked = (answer: Trial['answer']): answer is Unchecked =>
  answer.code !== 'Accepted' && answer.code !== 'Refused';

/** Why a change was not checked, as the end of "not checked: ". */
export const uncheckedText = (t: Translate, unchecked: Unchecked): string => {
  switch (unchecked.code) {
    case 'ProjectToBeMade':
      return t('project {{project}} does not exist yet', { project: unchecked.project });
    case 'FollowsLater':
      return t('it follows from the other changes');
    case 'NoDryRun':
      return t('the cluster does not support a dry run of it');
    case 'NoAnswer':
      return t('the cluster gave no usable answer');
    case 'Stopped':
      return t('an earlier change cannot be made');
    case 'SignsIn':
      return t('checking it would sign in to vSphere, which counts as a try of the password');
  }
};

/**
 * Asks about every change of a plan and carries out none: first for the rights that the plan needs, with what will follow in a later pass, all
 * at once; then the API server, by a dry run of each. Each is tried once, since a try may cost more than a request: that of a Provider's
 * Secret makes MTV's webhook log in to vCenter (docs/facts/forklift.md §2).
 */
export const tryOut = async <N extends Needs, P>(
  { cluster, needs, plan, signsIn, onTrial }: Convergence<N, P>,
  seen: Seen<N>,
  changes: readonly Change[],
): Promise<Result<Seen<N>, DryRunFailure<P>>> => {
  const report = (change: Change, answer: Trial['answer']): void => {
    onTrial?.({ change, present: presentOf(needs, seen, targetOf(change)), answer });
  };
  const later = laterChanges(needs, plan, seen, changes);
  const rights = await missingRights(cluster, rightsOf([...changes, ...later]));
  let stopped: DryRunFailure<P> | undefined = rights.length > 0 ? { code: 'RightsMissing', rights } : undefined;
  for (const change of changes) {
    const project = projectToBeMade(change, changes);
    if (stopped) {
      report(change, { code: 'Stopped' });
    } else if (project !== undefined) {
      report(change, { code: 'ProjectToBeMade', project });
    } else if (signsIn?.(change) === true) {
      report(change, { code: 'SignsIn' });
    } else {
      const answer = await tryChange(cluster, change);
      if (answer.code === 'Refused')
        stopped = { code: 'WriteFailed', change: nameOfChange(change), failure: answer.failure };
      report(change, answer);
    }
  }
  for (const change of later) report(change, { code: stopped ? 'Stopped' : 'FollowsLater' });
  return stopped ? err(stopped) : ok(seen);
};

/** A request for a project heeds no dry run: it would make the project (docs/facts/platform.md §9). */
const tryChange = async (cluster: Cluster, change: Change): Promise<Trial['answer']> => {
  if (change.kind === 'projectRequests') return { code: 'NoDryRun' };
  const tried = await cluster.apply(change, { dryRun: true });
  return tried.ok ? { code: 'Accepted' } : judgeFailure(tried.error);
};

/** A refusal is what the write itself would meet as well: not what may pass, and not a webhook that knows no dry runs (cluster/failure.ts). */
const judgeFailure = (failure: ClusterFailure): Trial['answer'] => {
  if (isTransient(failure)) return { code: 'NoAnswer' };
  return failure.code === 'Invalid' && /dry.?run/i.test(failure.message)
    ? { code: 'NoDryRun' }
    : { code: 'Refused', failure };
};

const projectToBeMade = (change: Change, changes: readonly Change[]): string | undefined => {
  const { namespace } = targetOf(change);
  return changes.some(
    (each) => each.verb === 'create' && each.kind === 'namespaces' && each.object.metadata.name === namespace,
  )
    ? namespace
    : undefined;
};

/** What the planner will want once these objects are there; nothing where it cannot say so before it sees them. */
const laterChanges = <N extends Needs, P>(
  needs: N,
  plan: Convergence<N, P>['plan'],
  seen: Seen<N>,
  changes: readonly Change[],
): readonly Change[] => {
  const next = plan(withCreated(needs, seen, changes));
  const known = new Set(changes.map((change) => keyOf(nameOfChange(change))));
  return next.ok ? next.value.filter((change) => !known.has(keyOf(nameOfChange(change)))) : [];
};

const withCreated = <N extends Needs>(needs: N, seen: Seen<N>, changes: readonly Change[]): Seen<N> => {
  const created = changes.flatMap((change) =>
    change.verb === 'create' ? [{ ...targetOf(change), object: change.object }] : [],
  );
  const entries = Object.entries(needs).map(([key, need]) => {
    const present: unknown = seen[key];
    const made = created.filter(({ kind, name, namespace }) =>
      'list' in need
        ? need.list === kind && (need.namespace ?? namespace) === namespace
        : need.kind === kind && need.name === name && need.namespace === namespace,
    );
    const objects = made.map(({ object }) => object);
    return [key, Array.isArray(present) ? [...(present as unknown[]), ...objects] : (objects[0] ?? present)];
  });
  return Object.fromEntries(entries) as Seen<N>;
};

/** The object of that name among what was seen. */
const presentOf = <N extends Needs>(
  needs: N,
  seen: Seen<N>,
  { kind, name, namespace }: Target,
): KubeObject | undefined =>
  Object.entries(needs)
    .filter(([, need]) => ('list' in need ? need.list : need.kind) === kind)
    .flatMap(([key]) => seen[key] as KubeObject | readonly KubeObject[] | undefined)
    .find((object) => object?.metadata.name === name && object.metadata.namespace === namespace);
