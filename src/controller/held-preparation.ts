import { ok } from '../domain/result';
import type { Task, World } from '../work/prepare/task';
import { identityOf } from './networks-world';
import { holdPreparation } from './preparation';
import type { Reconciler } from './process';

/** Changes that come one after the other are looked at together, so many milliseconds after the first. */
const together = 2000;

/** The preparation that values declare, as a reconciler: a key for each task, looked at when an object of a kind that it watches changes. */
export const heldPreparation = (make: (world: World) => readonly Task[]): Reconciler => ({
  name: 'preparation',
  start: ({ cluster, clock, log, metrics, add, follow }) => {
    const held = holdPreparation({
      now: clock.now,
      world: { cluster, dryRun: false, say: () => {} },
      make,
      onOutcome: (task, { state, text }) => {
        metrics.held(task, state === 'done');
        log[state === 'failed' || state === 'forbidden' ? 'warn' : 'info']('outcome', { task, state, text });
      },
      onChange: (task, change) => {
        log.info('changed', { task, change });
      },
    });
    for (const kind of held.kinds) {
      follow({
        watched: { kind, metadataOnly: true },
        keep: ({ metadata }) => ({ metadata: identityOf(metadata) }),
        onChange: () => {
          for (const key of held.keysOf(kind)) add(key, together);
        },
      });
    }
    for (const key of held.keys) add(key);
    return async (key) => ok(await held.reconcile(key));
  },
});
