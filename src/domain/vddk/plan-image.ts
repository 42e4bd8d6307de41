import { patchOf } from '../change';
import type { Needs, Seen } from '../cluster';
import { workingController } from '../forklift-controller';
import type { Plan } from '../converge';
import { err, ok } from '../result';
import type { Translate } from '../translate';

/** The image MTV shall use, and the one it used when the user decided. */
export interface ImageWish {
  readonly image: string;
  /** `undefined`: none was set. */
  readonly before: string | undefined;
}

/** `ControllerMissing`: nothing to set it in. `ChangedMeanwhile`: somebody set another image since the user looked. */
export type ImagePlanProblem = { readonly code: 'ControllerMissing' } | { readonly code: 'ChangedMeanwhile'; readonly present: string };

/** What `planImage` looks at. */
export const imageNeeds = (namespace: string) =>
  ({ controllers: { list: 'forkliftControllers', namespace } }) as const satisfies Needs;

/**
 * Sets the image in ForkliftController: the one key and nothing else, guarded against a change at the same time
 * (docs/facts/forklift.md §3).
 */
export const planImage =
  ({ image, before }: ImageWish) =>
  ({ controllers }: Seen<ReturnType<typeof imageNeeds>>): Plan<ImagePlanProblem> => {
    const controller = workingController(controllers);
    if (!controller) return err({ code: 'ControllerMissing' });
    const present = controller.spec?.vddk_image ?? '';
    if (present === image) return ok([]);
    if (present !== (before ?? '')) return err({ code: 'ChangedMeanwhile', present });
    return ok([
      patchOf('forkliftControllers', controller, [
        controller.spec
          ? { op: 'add', path: '/spec/vddk_image', value: image }
          : { op: 'add', path: '/spec', value: { vddk_image: image } },
      ]),
    ]);
  };

/** Why the image was not set, and what to do. */
export const imagePlanProblemText = (t: Translate, problem: ImagePlanProblem): string =>
  problem.code === 'ControllerMissing'
    ? t('There is no ForkliftController to set the image in. Finish the installation of Migration Toolkit for Virtualization.')
    : t('Somebody has set another image meanwhile: {{image}}. It is left as it is. Decide again which one to use.', {
        image: problem.present === '' ? t('none') : problem.present,
      });
