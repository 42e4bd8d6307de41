import type { Trial } from '../domain/dry-run';
import { differenceLine, plannedChange, planCountText } from '../domain/plan-text';
import type { PlannedChange } from '../domain/plan-text';
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
      parts.push({
        part: task.name,
        state,
        text: outcome.text,
        changes: trials.map((trial) => plannedChange(t, trial)),
      });
      return outcome;
    },
  }));
  const code = await until(tasks, { ...patience, isRehearsal: true, say: () => undefined });
  const lines = output === 'json' ? [JSON.stringify({ parts }, undefined, 2)] : planText(parts);
  lines.forEach(world.say);
  return code;
};

const words = { create: 'create', patch: 'change', delete: 'delete' } as const;

/** A plan for people: part by part, each change with why and what differs, and their number. */
const planText = (parts: readonly PlannedPart[]): readonly string[] => {
  const changes = parts.flatMap((part) => part.changes);
  return [
    ...parts.flatMap((part) => [`${part.part}: ${partText(part)}`, ...part.changes.flatMap(changeLines)]),
    planCountText(t, changes),
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
