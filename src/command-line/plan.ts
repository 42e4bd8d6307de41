import type { Write } from '../domain/change';
import { targetOf } from '../domain/change';
import { differenceOf } from '../domain/difference';
import type { Difference } from '../domain/difference';
import { isUnchecked, uncheckedText } from '../domain/dry-run';
import type { Trial } from '../domain/dry-run';
import { failureText } from '../domain/failure';
import { apiVersionOf, kinds } from '../domain/kinds';
import { plainEnglish } from '../domain/translate';
import type { Outcome, Task, World } from '../work/prepare/task';
import { until } from './until';
import type { Patience } from './until';

const t = plainEnglish;

/** How a plan is printed. */
export const outputs = ['text', 'json'] as const;
/** For people, or for programs. */
export type Output = (typeof outputs)[number];

/** A part of the wishes and what `ensure` would do for it. `planned`: there are changes; `done`: there is nothing to do. */
interface PlannedPart {
  readonly part: string;
  readonly state: Outcome['state'] | 'planned';
  readonly text: string;
  readonly changes: readonly PlannedChange[];
}

/** A change, as docs/hooks.md promises it to programs. Nothing in it is the content of a Secret. */
interface PlannedChange {
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

/**
 * Says what `ensure` would do by the same tasks, why, and what would differ, by a dry run of the same tasks. Answers with the exit code of that
 * dry run: that something has to come first is no failure.
 */
export const planEnsure = async (
  world: World,
  patience: Patience,
  make: (world: World) => readonly Task[],
  output: Output,
): Promise<number> => {
  const parts: PlannedPart[] = [];
  let trials: Trial[] = [];
  const onTrial = (trial: Trial): void => {
    trials.push(trial);
  };
  const tasks = make({ ...world, dryRun: true, onTrial }).map((task) => ({
    ...task,
    attempt: async () => {
      trials = [];
      const outcome = await task.attempt();
      const state = outcome.state === 'done' && trials.length > 0 ? 'planned' : outcome.state;
      parts.push({ part: task.name, state, text: outcome.text, changes: trials.map(plannedChange) });
      return outcome;
    },
  }));
  const code = await until(tasks, { ...patience, isRehearsal: true, say: () => undefined });
  const lines = output === 'json' ? [JSON.stringify({ parts }, undefined, 2)] : planText(parts);
  lines.forEach(world.say);
  return code;
};

const plannedChange = ({ change, present, answer }: Trial): PlannedChange => {
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

const words = { create: 'create', patch: 'change', delete: 'delete' } as const;

/** A plan for people: part by part, each change with why and what differs, and their number. */
const planText = (parts: readonly PlannedPart[]): readonly string[] => {
  const changes = parts.flatMap((part) => part.changes);
  const count = (verb: Write['verb']) => String(changes.filter((change) => change.verb === verb).length);
  const unchecked = changes.filter(({ check }) => check === 'unchecked').length;
  return [
    ...parts.flatMap((part) => [`${part.part}: ${partText(part)}`, ...part.changes.flatMap(changeLines)]),
    `Plan: ${count('create')} to create, ${count('patch')} to change, ${count('delete')} to delete.${unchecked > 0 ? ` Not checked: ${String(unchecked)}.` : ''}`,
  ];
};

const partText = ({ state, text }: PlannedPart): string => {
  switch (state) {
    case 'done':
      return `nothing to do. ${text}`;
    case 'waiting':
      return `cannot be planned yet. ${text}`;
    case 'planned':
    case 'unanswered':
    case 'failed':
    case 'forbidden':
      return text;
  }
};

const changeLines = ({ verb, why, check, reason = '', difference, ...target }: PlannedChange): readonly string[] => {
  const doubt = check === 'accepted' ? '' : check === 'refused' ? ' (refused)' : ` (not checked: ${reason})`;
  const { kind, namespace, name } = target;
  return [
    `  ${words[verb]} ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}${doubt}`,
    `    because: ${why}`,
    ...difference.map((each) => `    ${differenceLine(each)}`),
  ];
};

const differenceLine = ({ path, before, after }: Difference): string => {
  const where = pathText(path);
  if (before === undefined) return `+ ${where}: ${valueText(after)}`;
  return after === undefined
    ? `- ${where}: ${valueText(before)}`
    : `~ ${where}: ${valueText(before)} -> ${valueText(after)}`;
};

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** `/metadata/annotations/a.b~1c` as `metadata.annotations["a.b/c"]`. */
const pathText = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((segment, at) => (/^\w+$/.test(segment) ? `${at > 0 ? '.' : ''}${segment}` : `["${segment}"]`))
    .join('');
