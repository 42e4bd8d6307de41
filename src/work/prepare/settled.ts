import type { Change } from '../../domain/change';
import { pointerSegment, targetOf } from '../../domain/change';
import type { Needs, Seen } from '../../domain/cluster';
import { observe } from '../../domain/converge';
import type { KubeObject } from '../../domain/objects';
import { patience } from '../../domain/patience';
import { undoAnnotation } from '../../domain/undo';
import { writersOf } from '../../domain/written-by';
import { carryOut, endOf, failed, naming, outcomeOf, waiting } from './task';
import type { Outcome, Wanted, World } from './task';

/**
 * An attempt at a plan that changes objects of others. That a change was written is not its effect: who looks after the object may set it back.
 * So it is read again after a while, and who did is told.
 */
export const settled = <N extends Needs, P>(world: World, wanted: Wanted<N, P>): (() => Promise<Outcome>) => {
  const { cluster, dryRun } = world;
  let takenBack = 0;
  return async () => {
    const before = await observe(cluster, wanted.needs);
    if (!before.ok) return outcomeOf(before.error);
    const planned = wanted.plan(before.value);
    const outcome = await carryOut(world, wanted);
    const wrote = planned.ok && planned.value.length > 0;
    if (dryRun || !wrote || outcome.state !== 'done') return outcome;
    await cluster.pause(patience.takenBack.every);
    const after = await observe(cluster, wanted.needs);
    if (!after.ok) return outcomeOf(after.error);
    const again = wanted.plan(after.value);
    if (!again.ok || again.value.length === 0) return endOf(wanted.text, after.value);
    takenBack += 1;
    return (takenBack < patience.takenBack.misses ? waiting : failed)(
      again.value.map((change) => takenBackText(change, after.value)).join(' '),
    );
  };
};

const takenBackText = (change: Change, seen: Seen<Needs>): string => {
  const target = targetOf(change);
  const by = change.verb === 'patch' ? writersTo(change, Object.values(seen).flat()) : [];
  const who = by.length === 0 ? '' : `: ${by.join(', ')}`;
  return `Somebody sets ${naming(target)} back${who}. Change it there, or wish for what is set there.`;
};

const note = `/metadata/annotations/${pointerSegment(undoAnnotation)}`;

/** Who wrote what a patch wants to change. */
const writersTo = (
  { name, namespace, operations }: Extract<Change, { verb: 'patch' }>,
  objects: readonly (KubeObject | undefined)[],
): readonly string[] => {
  const of = objects.filter((object) => object?.metadata.name === name && object.metadata.namespace === namespace);
  const paths = operations.filter(({ op, path }) => op !== 'test' && path !== note).map(({ path }) => path);
  return [...new Set(of.flatMap((object) => paths.flatMap((path) => writersOf(object?.metadata ?? { name }, path))))];
};
