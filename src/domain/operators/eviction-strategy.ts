import { annotate, because, patchOf } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { err, ok } from '../result';
import type { Text } from '../translate';
import { noteFor, takeBack, takenBack, undoOf } from '../undo';

/** What HyperConverged accepts. `LiveMigrateIfPossible` lets nodes drain although machines on local storage cannot migrate. */
export const evictionStrategies = ['LiveMigrate', 'LiveMigrateIfPossible', 'None', 'External'] as const;
/** What happens to a virtual machine when its node is drained. */
export type EvictionStrategy = (typeof evictionStrategies)[number];

/** What the planners look at. */
export const evictionNeeds = { hyperConvergeds: { list: 'hyperConvergeds' } } as const satisfies Needs;

type SeenHere = Seen<typeof evictionNeeds>;

/** Sets the one field, and notes what was there before. */
export const planEviction =
  (strategy: EvictionStrategy) =>
  ({ hyperConvergeds: [present] }: SeenHere): Plan<'NoHyperConverged'> => {
    if (!present) return err('NoHyperConverged');
    const { metadata, spec } = present;
    const before = spec?.evictionStrategy ?? null;
    if (before === strategy) return ok([]);
    const why: Text = (t) => t('The wishes ask for the eviction strategy {{strategy}}.', { strategy });
    return ok([
      because(
        why,
        patchOf('hyperConvergeds', present, [
          ...annotate(metadata, noteFor(metadata, { set: strategy, before })),
          spec
            ? { op: 'add', path: '/spec/evictionStrategy', value: strategy }
            : { op: 'add', path: '/spec', value: { evictionStrategy: strategy } },
        ]),
      ),
    ]);
  };

/** Sets the field back to what it was, unless somebody has changed it since. */
export const planEvictionUndo = ({ hyperConvergeds }: SeenHere): Plan<never> =>
  ok(
    hyperConvergeds.flatMap((present) => {
      const undo = undoOf(present.metadata);
      if (!undo) return [];
      const operations = takeBack('/spec/evictionStrategy', undo, present.spec?.evictionStrategy);
      return because(takenBack, patchOf('hyperConvergeds', present, operations));
    }),
  );
