import { annotate, because, patchOf } from '../change';
import type { Change } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import type { StorageClass } from '../platform-objects';
import { err, ok } from '../result';
import type { Text, Translate } from '../translate';
import { noteFor, takeBack, takenBack, undoOf } from '../undo';
import { has, lvmsProvisioner, virtDefaultAnnotation } from './virt-default';

/** `lvms`: the class of LVM Storage, whatever its device class is called. */
export interface VirtDefaultWish {
  readonly className: string;
  readonly unsetOthers: boolean;
}

/** Why no class is marked; `virtDefaultProblemText` has the words. `list` names classes, separated by commas. */
export type VirtDefaultProblem =
  | { readonly code: 'ClassMissing'; readonly name: string }
  | { readonly code: 'SeveralLvmsClasses'; readonly list: string };

/** What the planners look at. */
export const virtDefaultNeeds = { classes: { list: 'storageClasses' } } as const satisfies Needs;

type SeenHere = Seen<typeof virtDefaultNeeds>;

/** The classes that a wish means: one of that name, or whatever LVM Storage provides. */
export const classesNamed = (className: string, classes: readonly StorageClass[]): readonly StorageClass[] =>
  classes.filter(({ metadata, provisioner }) =>
    className === 'lvms' ? provisioner === lvmsProvisioner : metadata.name === className,
  );

/** Marks one class, and unmarks others if asked. The cluster's own default is never touched: LVM Storage would set it back. */
export const planVirtDefault =
  ({ className, unsetOthers }: VirtDefaultWish) =>
  ({ classes }: SeenHere): Plan<VirtDefaultProblem> => {
    const candidates = classesNamed(className, classes);
    const [wanted] = candidates;
    if (!wanted) return err({ code: 'ClassMissing', name: className });
    if (candidates.length > 1) {
      return err({ code: 'SeveralLvmsClasses', list: candidates.map(({ metadata }) => metadata.name).join(', ') });
    }
    const others = classes.filter((each) => each !== wanted && has(virtDefaultAnnotation)(each));
    return ok([
      ...(has(virtDefaultAnnotation)(wanted) ? [] : [mark(wanted, 'true')]),
      ...(unsetOthers ? others.map((each) => mark(each, 'false')) : []),
    ]);
  };

const mark = (present: StorageClass, set: 'true' | 'false'): Change => {
  const { metadata } = present;
  const before = metadata.annotations?.[virtDefaultAnnotation] ?? null;
  const operations = annotate(metadata, { [virtDefaultAnnotation]: set, ...noteFor(metadata, { set, before }) });
  const why: Text =
    set === 'true'
      ? (t) => t('Disks of virtual machines should use this class, but it is not marked.')
      : (t) => t('Only one class should be marked for virtual machines, and it is another one.');
  return because(why, patchOf('storageClasses', present, operations));
};

/** Sets every annotation back to what it was, unless somebody has changed it since. */
export const planVirtDefaultUndo = ({ classes }: SeenHere): Plan<never> =>
  ok(
    classes.flatMap((present) => {
      const { metadata } = present;
      const undo = undoOf(metadata);
      if (!undo) return [];
      const path = '/metadata/annotations/storageclass.kubevirt.io~1is-default-virt-class';
      const operations = takeBack(path, undo, metadata.annotations?.[virtDefaultAnnotation]);
      return because(takenBack, patchOf('storageClasses', present, operations));
    }),
  );

/** Why no class was marked, and what to do. */
export const virtDefaultProblemText = (t: Translate, problem: VirtDefaultProblem): string =>
  problem.code === 'SeveralLvmsClasses'
    ? t('LVM Storage has several storage classes: {{list}}. Name the one to use.', { list: problem.list })
    : problem.name === 'lvms'
      ? t('LVM Storage has not created its storage class yet.')
      : t('There is no storage class {{name}}.', { name: problem.name });
