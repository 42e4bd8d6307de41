import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { err, ok } from '../result';
import { annotate, forget, noteFor, undoOf } from '../undo';

/** What HyperConverged accepts. `LiveMigrateIfPossible` lets nodes drain although machines on local storage cannot migrate. */
export const evictionStrategies = ['LiveMigrate', 'LiveMigrateIfPossible', 'None', 'External'] as const;
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
    return ok([
      patchOf(present, [
        ...annotate(metadata, noteFor(metadata, { set: strategy, before })),
        spec
          ? { op: 'add', path: '/spec/evictionStrategy', value: strategy }
          : { op: 'add', path: '/spec', value: { evictionStrategy: strategy } },
      ]),
    ]);
  };

/** Sets the field back to what it was, unless somebody has changed it since. */
export const planEvictionUndo = ({ hyperConvergeds }: SeenHere): Plan<never> =>
  ok(
    hyperConvergeds.flatMap((present) => {
      const undo = undoOf(present.metadata);
      if (!undo) return [];
      const isAsSet = present.spec?.evictionStrategy === undo.set;
      return [
        patchOf(present, [
          { op: 'test', path: '/metadata/resourceVersion', value: present.metadata.resourceVersion },
          forget,
          ...(!isAsSet
            ? []
            : undo.before === null
              ? [{ op: 'remove', path: '/spec/evictionStrategy' } as const]
              : [{ op: 'replace', path: '/spec/evictionStrategy', value: undo.before } as const]),
        ]),
      ];
    }),
  );

const patchOf = (
  { metadata: { name, namespace } }: SeenHere['hyperConvergeds'][number],
  operations: ReturnType<typeof annotate>,
) => ({ verb: 'patch', kind: 'hyperConvergeds', name, ...(namespace !== undefined && { namespace }), operations }) as const;
