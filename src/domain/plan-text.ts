import type { Write } from './change';
import { pointerSegments, targetOf } from './change';
import { differenceOf } from './difference';
import type { Difference } from './difference';
import { isUnchecked, uncheckedText } from './dry-run';
import type { Trial } from './dry-run';
import { failureText } from './failure';
import { apiVersionOf, kinds } from './kinds';
import type { Translate } from './translate';

/** A change, as docs/hooks.md promises it to programs. Nothing in it is the content of a Secret. */
export interface PlannedChange {
  readonly verb: Write['verb'];
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly why: string;
  /** What the API server says to it, by a dry run. */
  readonly check: 'accepted' | 'refused' | 'unchecked';
  /** Why it is refused or unchecked. */
  readonly reason?: string;
  readonly difference: readonly Difference[];
}

/** What a dry run found out about a change, in words. */
export const plannedChange = (t: Translate, { change, present, answer }: Trial): PlannedChange => {
  const { kind, ...names } = targetOf(change);
  return {
    verb: change.verb,
    apiVersion: apiVersionOf(kinds[kind]),
    kind: kinds[kind].kind,
    ...names,
    why: change.why(t),
    check: answer.code === 'Accepted' ? 'accepted' : answer.code === 'Refused' ? 'refused' : 'unchecked',
    ...(answer.code === 'Refused' && { reason: failureText(t, answer.failure) }),
    ...(isUnchecked(answer) && { reason: uncheckedText(t, answer) }),
    difference: differenceOf(change, present),
  };
};

/** How many changes a plan has, and how many of them could not be checked. */
export const planCountText = (t: Translate, changes: readonly Pick<PlannedChange, 'verb' | 'check'>[]): string => {
  const count = (verb: Write['verb']) => changes.filter((change) => change.verb === verb).length;
  const unchecked = changes.filter(({ check }) => check === 'unchecked').length;
  return [
    t('Plan: {{created}} to create, {{changed}} to change, {{deleted}} to delete.', {
      created: count('create'),
      changed: count('patch'),
      deleted: count('delete'),
    }),
    ...(unchecked > 0 ? [t('Not checked: {{number}}.', { number: unchecked })] : []),
  ].join(' ');
};

/** One value that differs: `+` is added, `-` taken away, `~` changed. */
export const differenceLine = ({ path, before, after }: Difference): string => {
  const where = pathText(path);
  if (before === undefined) return `+ ${where}: ${valueText(after)}`;
  return after === undefined
    ? `- ${where}: ${valueText(before)}`
    : `~ ${where}: ${valueText(before)} -> ${valueText(after)}`;
};

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** `/metadata/annotations/a.b~1c` as `metadata.annotations["a.b/c"]`. */
const pathText = (pointer: string): string =>
  pointerSegments(pointer)
    .map((segment, at) => (/^\w+$/.test(segment) ? `${at > 0 ? '.' : ''}${segment}` : `["${segment}"]`))
    .join('');
