import type { Change, ChangeName } from '../domain/change';
import { keyOf, nameOfChange, targetOf } from '../domain/change';
import type { Cluster } from '../domain/cluster';
import { converge, observe } from '../domain/converge';
import type { ChangeProgress, ConvergeFailure, DryRunFailure } from '../domain/converge';
import type { Trial } from '../domain/dry-run';
import { ownSelector } from '../domain/ownership';
import { found, missed, patience, poll } from '../domain/patience';
import type { Kept, Staying } from '../domain/undoing';
import { ok } from '../domain/result';
import type { Text } from '../domain/translate';
import { undoParts, undoProject } from '../domain/undo-parts';
import type { UndoPart } from '../domain/undo-parts';
import { asIf } from './as-if';
import { withoutAbsentKinds } from './prepare/absent-kinds';

/** A change that undoing would make, and of which part. */
export interface Listed extends Trial {
  readonly part: string;
}

/** What undoing would do, as a dry run finds it. Only what is listed here will ever be touched. */
export interface UndoListing {
  readonly trials: readonly Listed[];
  /** Objects of ours that stay, and why. */
  readonly kept: readonly Kept[];
  /** Why something else stays. */
  readonly staying: readonly Text[];
  /** What could not be looked at, or would be refused. */
  readonly failures: readonly Exclude<DryRunFailure<Staying>, { code: 'Refused' }>[];
}

/** Lists all that goes, and the projects last. Nothing is written. */
export const listUndo = async (given: Cluster): Promise<UndoListing> => {
  const projects = await withoutAbsentKinds(given).list({ list: 'namespaces', labelSelector: ownSelector });
  const names = projects.ok ? projects.value.map(({ metadata }) => metadata.name) : [];
  const parts = [...undoParts, ...names.map(undoProject)];
  return listParts(given, parts, projects.ok ? [] : [{ code: 'ReadFailed', failure: projects.error }]);
};

/** Lists what goes, part by part, each part as if those before it had gone already. Nothing is written. `before`: what has failed already. */
export const listParts = async (
  given: Cluster,
  parts: readonly UndoPart[],
  before: UndoListing['failures'] = [],
): Promise<UndoListing> => {
  const cluster = asIf(withoutAbsentKinds(given));
  const trials: Listed[] = [];
  const kept: Kept[] = [];
  const staying: Text[] = [];
  // Several parts may fail for one reason, which is said once.
  const failures = new Map<string, UndoListing['failures'][number]>();
  const fail = (failure: UndoListing['failures'][number]): unknown => failures.set(JSON.stringify(failure), failure);
  before.forEach(fail);
  for (const { id, needs, plan, kept: keptIn } of parts) {
    const seen = await observe(cluster, needs);
    if (seen.ok) kept.push(...keptIn(seen.value));
    const onTrial = (trial: Trial): void => {
      trials.push({ ...trial, part: id });
    };
    const tried = await converge({ cluster, needs, plan, mode: 'dry', onTrial });
    if (tried.ok) continue;
    if (tried.error.code === 'Refused') staying.push(tried.error.problem.text);
    else fail(tried.error);
  }
  return { trials, kept, staying, failures: [...failures.values()] };
};

/** Of an object that is not known to be gone after its deletion: what holds it; `undefined`: it could not be looked at. */
export interface Held {
  readonly change: ChangeName;
  readonly by: readonly string[] | undefined;
}

/** How undoing ended. `spared`: what was listed and stays after all, because it is used or declared by now. */
export interface Undone {
  readonly spared: readonly Kept[];
  readonly held: readonly Held[];
  readonly staying: readonly Text[];
  readonly failures: readonly Exclude<ConvergeFailure<Staying>, { code: 'Refused' }>[];
}

/**
 * Undoes what was listed and nothing else, part by part, and waits until it is gone. What is used, changed or declared since it was
 * listed stays, because it is planned anew; what is gone already needs nothing. Again, it goes on.
 */
export const undo = async (
  given: Cluster,
  listed: readonly Listed[],
  onProgress: (changes: readonly ChangeProgress[]) => void,
): Promise<Undone> => {
  const projects = listed.flatMap(({ change }) => (change.kind === 'namespaces' ? [targetOf(change).name] : []));
  return undoListed(given, [...undoParts, ...projects.map(undoProject)], listed, onProgress);
};

/** Undoes what was listed of these parts, in their order. */
export const undoListed = async (
  given: Cluster,
  parts: readonly UndoPart[],
  listed: readonly Listed[],
  onProgress: (changes: readonly ChangeProgress[]) => void,
): Promise<Undone> => {
  const cluster = withoutAbsentKinds(given);
  const progress = new Map<string, ChangeProgress>();
  const spared: Kept[] = [];
  const [held, staying, failures]: [Held[], Text[], Undone['failures'][number][]] = [[], [], []];
  for (const part of parts) {
    const changes = listed.filter((each) => each.part === part.id).map(({ change }) => change);
    if (changes.length === 0) continue;
    const outcome = await poll(cluster, patience.going, async () => {
      const answer = await converge({
        cluster,
        ...only(changes, part),
        onProgress: (made) => {
          for (const each of made) progress.set(keyOf(each.change), each);
          onProgress([...progress.values()]);
        },
      });
      const isPassing = !answer.ok && answer.error.code === 'Refused' && answer.error.problem.isPassing;
      return isPassing ? missed(answer) : found(answer);
    });
    if (outcome.ok) {
      const isListed = ({ kind, object: { metadata } }: Kept): boolean =>
        changes.some((change) => {
          const target = targetOf(change);
          return target.kind === kind && target.name === metadata.name && target.namespace === metadata.namespace;
        });
      spared.push(...part.kept(outcome.value).filter(isListed));
    } else {
      if (outcome.error.code === 'Refused') staying.push(outcome.error.problem.text);
      else failures.push(outcome.error);
    }
    const deleted = changes.filter((change) => progress.get(keyOf(nameOfChange(change)))?.state === 'done');
    held.push(
      ...(await poll(cluster, patience.going, async () => {
        const left = await heldOf(cluster, deleted);
        return left.some(({ by }) => by) ? missed(left) : found(left);
      })),
    );
  }
  return { spared, held, staying, failures };
};

/** A part that plans nothing beyond what was listed. */
const only = (listed: readonly Change[], { needs, plan }: UndoPart): Pick<UndoPart, 'needs' | 'plan'> => ({
  needs,
  plan: (seen) => {
    const planned = plan(seen);
    return planned.ok ? ok(planned.value.filter((change) => listed.some((each) => isSame(each, change)))) : planned;
  },
});

const isSame = (one: Change, other: Change): boolean =>
  keyOf(nameOfChange(one)) === keyOf(nameOfChange(other)) &&
  (one.verb !== 'delete' || other.verb !== 'delete' || one.uid === other.uid);

/** Which of the deleted objects are still there, or could not be looked at. */
const heldOf = async (cluster: Cluster, changes: readonly Change[]): Promise<readonly Held[]> => {
  const looks = await Promise.all(
    changes.map(async (change): Promise<readonly Held[]> => {
      if (change.verb !== 'delete') return [];
      const { kind, name, namespace, uid } = change;
      const seen = await cluster.get({ kind, name, ...(namespace !== undefined && { namespace }), metadataOnly: true });
      if (!seen.ok) return [{ change: nameOfChange(change), by: undefined }];
      if (seen.value?.metadata.uid !== uid) return [];
      return [{ change: nameOfChange(change), by: seen.value.metadata.finalizers ?? [] }];
    }),
  );
  return looks.flat();
};
