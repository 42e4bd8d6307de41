import { observe } from '../domain/converge';
import { undoings } from '../domain/plan-undo';
import { keptText } from '../domain/undoing';
import type { Undoing } from '../domain/undoing';
import { plainEnglish } from '../domain/translate';
import { asIf } from '../work/as-if';
import { withoutAbsentKinds } from '../work/prepare/absent-kinds';
import { carryOut, failed, naming, outcomeOf, waiting } from '../work/prepare/task';
import type { Task, World } from '../work/prepare/task';
import { cleanupParts, cleanupTasks } from './cleanup';
import type { CleanupNames } from './cleanup';
import { exitCodes, until } from './until';
import type { Patience } from './until';

const ownParts = Object.keys(undoings);
const takenBack = cleanupParts.filter((part) => part !== 'controller' && part !== 'declared');
/** Everything that `undo` knows, in the order in which it goes. */
export const undoParts: readonly string[] = [...ownParts, ...takenBack];

/** A task for each part asked for; none: for all of them. */
export const undoTasks = (given: World, only: readonly string[], names: CleanupNames): readonly Task[] => {
  const isAsked = (part: string) => only.length === 0 || only.includes(part);
  const world = { ...given, cluster: withoutAbsentKinds(given.cluster) };
  return [
    ...Object.entries(undoings)
      .filter(([part]) => isAsked(part))
      .map(([part, each]) => removing(world, part, each)),
    // What goes with MTV stays until its Providers are gone.
    ...cleanupTasks(given, takenBack.filter(isAsked), names).map((task) => ({
      ...task,
      after: [...(task.after ?? []), ...ownParts],
    })),
  ];
};

/** Removes what we created of one part, and says what stays and why. */
const removing = (world: World, name: string, { needs, plan, kept: keptIn }: Undoing): Task => {
  const said = new Set<string>();
  return {
    name,
    attempt: async () => {
      const seen = await observe(world.cluster, needs);
      if (!seen.ok) return outcomeOf(seen.error);
      const kept = keptIn(seen.value).map(({ kind, object: { metadata }, reason }) => {
        const { namespace } = metadata;
        const what = naming({ kind, name: metadata.name, ...(namespace !== undefined && { namespace }) });
        return `kept ${what}: ${keptText(plainEnglish, reason)}`;
      });
      for (const line of kept.filter((each) => !said.has(each))) {
        said.add(line);
        world.say(line);
      }
      return carryOut(world, {
        needs,
        plan,
        refused: ({ isPassing, text }) => (isPassing ? waiting : failed)(text(plainEnglish)),
        text: kept.length === 0 ? 'nothing of ours is left.' : `${String(kept.length)} of ours are kept.`,
      });
    },
  };
};

/** Lists what would go, each part as if those before it had gone, and, when that is what is wanted, undoes it. Answers with the exit code. Nothing goes that could not be listed. */
export const undo = async (
  world: World,
  patience: Patience,
  tasks: (world: World) => readonly Task[],
  isSure: boolean,
): Promise<number> => {
  const listed = await until(tasks({ ...world, cluster: asIf(world.cluster), dryRun: true }), {
    ...patience,
    isRehearsal: true,
  });
  if (listed !== exitCodes.done) return listed;
  if (world.dryRun || !isSure) {
    world.say('Nothing is undone yet. With --yes, this is done.');
    return listed;
  }
  return until(tasks(world), patience);
};
