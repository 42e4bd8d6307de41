import type { StorageClass } from '../../domain/platform-objects';
import {
  classesNamed,
  planVirtDefault,
  virtDefaultNeeds,
  virtDefaultProblemText,
} from '../../domain/storage/plan-virt-default';
import type { VirtDefaultWish } from '../../domain/storage/plan-virt-default';
import { readVirtDefault } from '../../domain/storage/virt-default';
import { plainEnglish } from '../../domain/translate';
import { settled } from './settled';
import { done, failed, waiting } from './task';
import type { Outcome, World } from './task';

/** Marks a class until it is the one that is used, which the mark alone does not make it: CDI may take another one. */
export const ensureVirtDefault = (world: World, wish: VirtDefaultWish): (() => Promise<Outcome>) =>
  settled(world, {
    needs: virtDefaultNeeds,
    plan: planVirtDefault(wish),
    refused: (problem) =>
      (problem.code === 'ClassMissing' ? waiting : failed)(virtDefaultProblemText(plainEnglish, problem)),
    text: ({ classes }) => effectOf(wish, classes),
  });

/** Whether the wished class is the one that disks of virtual machines get. */
const effectOf = ({ className }: VirtDefaultWish, classes: readonly StorageClass[]): Outcome => {
  const { used = '', reason, params } = readVirtDefault(classes);
  const [wanted] = classesNamed(className, classes);
  if (wanted?.metadata.name === used) {
    return done(
      reason === 'SeveralVirtDefaults'
        ? `the class is marked, and used as the newest of several: ${String(params.list)}.`
        : 'the class is marked, and used.',
    );
  }
  return failed(
    `${wanted?.metadata.name ?? className} is marked, but disks of virtual machines get ${used}: of several marked classes CDI takes the newest, of those of one age the first by name. Take the mark from ${used}, or wish for storage.unsetOthers.`,
  );
};
