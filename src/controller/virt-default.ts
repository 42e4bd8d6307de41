import { nameOfChange } from '../domain/change';
import { observe } from '../domain/converge';
import type { StorageClass } from '../domain/platform-objects';
import { classesNamed, planVirtDefault, virtDefaultNeeds, virtDefaultProblemText } from '../domain/storage/plan-virt-default';
import type { VirtDefaultWish } from '../domain/storage/plan-virt-default';
import { markersOf, readVirtDefault } from '../domain/storage/virt-default';
import { plainEnglish } from '../domain/translate';
import { carryOut, done, failed, outcomeOf, waiting } from './task';
import type { Outcome, World } from './task';

/** Milliseconds until what was written is looked at again: time for an operator that watches its classes to take it back. */
const settleTime = 3000;

/** How often somebody may take back what we set before we give in: two may happen while an operator starts. */
const patience = 2;

/**
 * Marks a class until it is the one that is used. That a mark was written is not its effect: CDI may take another class, and another
 * operator may set back what we set. So the classes are read again after a while.
 */
export const ensureVirtDefault = (world: World, wish: VirtDefaultWish): (() => Promise<Outcome>) => {
  const { cluster, dryRun } = world;
  const plan = planVirtDefault(wish);
  let takenBack = 0;
  return async () => {
    const before = await observe(cluster, virtDefaultNeeds);
    if (!before.ok) return outcomeOf(before.error);
    const planned = plan(before.value);
    const outcome = await carryOut(world, {
      needs: virtDefaultNeeds,
      plan,
      refused: (problem) => (problem.code === 'ClassMissing' ? waiting : failed)(virtDefaultProblemText(plainEnglish, problem)),
      text: ({ classes }) => effectOf(wish, classes),
    });
    const wrote = planned.ok && planned.value.length > 0;
    if (dryRun || !wrote || outcome.state !== 'done') return outcome;
    await cluster.pause(settleTime);
    const after = await observe(cluster, virtDefaultNeeds);
    if (!after.ok) return outcomeOf(after.error);
    const again = plan(after.value);
    if (!again.ok || again.value.length === 0) return effectOf(wish, after.value.classes);
    takenBack += 1;
    const names = again.value.map((change) => nameOfChange(change).name);
    return (takenBack < patience ? waiting : failed)(takenBackText(after.value.classes.filter(({ metadata }) => names.includes(metadata.name))));
  };
};

/** Whether the wished class is the one that disks of virtual machines get. */
const effectOf = ({ className }: VirtDefaultWish, classes: readonly StorageClass[]): Outcome => {
  const { used = '', state, params } = readVirtDefault(classes);
  const [wanted] = classesNamed(className, classes);
  if (wanted?.metadata.name === used) {
    return done(state === 'several' ? `the class is marked, and used as the newest of several: ${String(params.list)}.` : 'the class is marked, and used.');
  }
  return failed(
    `${wanted?.metadata.name ?? className} is marked, but disks of virtual machines get ${used}: of several marked classes CDI takes the newest, of those of one age the first by name. Take the mark from ${used}, or wish for storage.unsetOthers.`,
  );
};

const takenBackText = (classes: readonly StorageClass[]): string =>
  classes
    .map((each) => {
      const by = markersOf(each);
      return `Somebody sets the mark of ${each.metadata.name} back${by.length === 0 ? '' : `: ${by.join(', ')}`}.`;
    })
    .join(' ')
    .concat(' Change it there, or wish for the class that is marked there.');
