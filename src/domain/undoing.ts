import { because, deletionOf } from './change';
import type { Change } from './change';
import type { Needs, Seen } from './cluster';
import type { Plan } from './converge';
import type { KindId } from './kinds';
import type { KubeObject } from './objects';
import { holderOf, isOurs } from './ownership';
import { ok } from './result';
import type { Text, Translate } from './translate';

/** Why an object that we created stays. */
export type KeptReason =
  | { readonly code: 'Declared'; readonly release: string }
  /** `by`: what needs it, as `Kind namespace/name`. */
  | { readonly code: 'InUse'; readonly by: string };

/** An object that we created and that stays. */
export interface Kept {
  readonly kind: KindId;
  readonly object: KubeObject;
  readonly reason: KeptReason;
}

/** One of our objects, and what needs it. */
export interface Candidate {
  readonly kind: KindId;
  readonly object: KubeObject;
  readonly usedBy: string | undefined;
}

/** Why something stays. `isPassing`: it is on its way, so that a later look may find it gone. */
export interface Staying {
  readonly isPassing: boolean;
  readonly text: Text;
}

/** A part of what `undo` removes: what its planner looks at, what is still to be deleted, and what stays. */
export interface Undoing {
  readonly needs: Needs;
  readonly plan: (seen: Seen<Needs>) => Plan<Staying>;
  readonly kept: (seen: Seen<Needs>) => readonly Kept[];
}

/** A value that we set on an object of somebody else, to be set back, and what needs it as it is. */
export interface Setting extends Candidate {
  readonly change: Change;
}

/** A part of `undo` by what it looks at, our objects among it with who needs them, and our settings on objects of others. */
export const undoing = <N extends Needs>(
  needs: N,
  look: (seen: Seen<N>) => readonly Candidate[],
  settingsIn: (seen: Seen<N>) => readonly Setting[] = () => [],
): Undoing => {
  const settings = (seen: Seen<Needs>) => settingsIn(seen as Seen<N>);
  const candidates = (seen: Seen<Needs>) => look(seen as Seen<N>).filter(({ object }) => isOurs(object));
  const why: Text = (t) => t('Migration Prep created it, and nothing needs it anymore.');
  return {
    needs,
    plan: (seen) =>
      ok([
        ...settings(seen)
          .filter((each) => reasonOf(each) === undefined)
          .map(({ change }) => change),
        ...candidates(seen)
          .filter((each) => reasonOf(each) === undefined)
          .flatMap(({ kind, object }): readonly Change[] => deletionOf(kind, object).map((each) => because(why, each))),
      ]),
    kept: (seen) =>
      [...settings(seen), ...candidates(seen)].flatMap((each) => {
        const reason = reasonOf(each);
        return reason ? [{ kind: each.kind, object: each.object, reason }] : [];
      }),
  };
};

/** Why it stays; `undefined`: nothing holds it. */
export const reasonOf = ({ kind, object, usedBy }: Candidate): KeptReason | undefined => {
  const release = holderOf(kind, object);
  if (release) return { code: 'Declared', release: `${release.namespace}/${release.name}` };
  return usedBy === undefined ? undefined : { code: 'InUse', by: usedBy };
};

/** Why something stays, and what to do. */
export const keptText = (t: Translate, reason: KeptReason): string =>
  reason.code === 'Declared'
    ? t('Release {{release}} declares it. Remove it from the values of that release.', { release: reason.release })
    : t('{{by}} needs it.', { by: reason.by });
