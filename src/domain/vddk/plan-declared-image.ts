import { annotate, because, patchOf } from '../change';
import type { Change } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { workingController } from '../forklift-controller';
import type { KubeObject } from '../objects';
import { declaredBy, isOurs } from '../ownership';
import type { Release } from '../ownership';
import { err, ok } from '../result';
import { runningAmong } from '../running-plans';
import type { Translate } from '../translate';
import { mtvImageOf, ownImageOf, vsphereOf } from './effective-image';
import { imagePlanProblemText, keyOf, planImage } from './plan-image';
import type { ImagePlanProblem } from './plan-image';

/** A VDDK image that is declared. */
export interface DeclaredImageWish {
  readonly image: string;
  /** Projects in which Providers of ours name it too: there may be no right to change them elsewhere. Empty: in none. */
  readonly projects: readonly string[];
  /** Who holds it; `undefined`: nobody, it is set once. */
  readonly release: Release | undefined;
}

/** Why it is not set now. `MigrationsRunning`: setting it restarts MTV. */
export type DeclaredImageProblem =
  ImagePlanProblem | { readonly code: 'MigrationsRunning'; readonly plans: readonly string[] };

/** What the planner looks at: MTV's settings in its project, and Providers and Plans everywhere. */
export const declaredImageNeeds = (mtv: string) =>
  ({
    controllers: { list: 'forkliftControllers', namespace: mtv },
    providers: { list: 'providers' },
    plans: { list: 'plans' },
  }) as const satisfies Needs;

/** What the planner sees. */
export type DeclaredImageSeen = Seen<ReturnType<typeof declaredImageNeeds>>;

/**
 * The image in ForkliftController and at Providers of ours, whatever is set there: a declaration stays. Not while a Plan runs: MTV restarts when
 * its settings change, and a migration would use two images (docs/facts/forklift.md §3). Providers of others keep theirs.
 */
export const planDeclaredImage =
  ({ image, projects, release }: DeclaredImageWish) =>
  ({ controllers, providers, plans }: DeclaredImageSeen): Plan<DeclaredImageProblem> => {
    const controller = workingController(controllers);
    if (!controller) return err({ code: 'ControllerMissing' });
    const ours = vsphereOf(providers)
      .filter(isOurs)
      .filter(({ metadata }) => projects.includes(metadata.namespace ?? ''));
    const wish = {
      image,
      before: mtvImageOf(controller),
      release,
      providers: ours.map((provider) => {
        const { name, namespace = '' } = provider.metadata;
        return { name, namespace, before: ownImageOf(provider) };
      }),
    };
    const seen = Object.fromEntries(
      ours.map((provider) => [
        keyOf({ name: provider.metadata.name, namespace: provider.metadata.namespace ?? '' }),
        provider,
      ]),
    );
    const planned = planImage(wish)({ controllers, ...seen });
    if (!planned.ok) return planned;
    const running = runningAmong(plans);
    if (planned.value.length > 0 && running.length > 0) return err({ code: 'MigrationsRunning', plans: running });
    return ok(release ? noted(planned.value, controller, declaredBy(release)) : planned.value);
  };

/** The changes, with the note on ForkliftController who declares what it says. */
const noted = (
  changes: readonly Change[],
  controller: KubeObject,
  note: Readonly<Record<string, string>>,
): readonly Change[] => {
  const { annotations } = controller.metadata;
  if (Object.entries(note).every(([key, value]) => annotations?.[key] === value)) return changes;
  const isChanged = changes.some(({ kind }) => kind === 'forkliftControllers');
  // A change notes there what it set, so that there are annotations by then.
  const operations = annotate(
    isChanged ? { ...controller.metadata, annotations: annotations ?? {} } : controller.metadata,
    note,
  );
  if (!isChanged) {
    const why = (t: Translate) => t('It is noted on it who declares the VDDK image.');
    return [...changes, because(why, patchOf('forkliftControllers', controller, operations))];
  }
  return changes.map((change) =>
    change.kind === 'forkliftControllers' && change.verb === 'patch'
      ? { ...change, operations: [...change.operations, ...operations] }
      : change,
  );
};

/** The Providers that still name another image once nothing is left to do: of others, or elsewhere. It wins there. */
export const othersWithAnotherImage = ({ providers }: DeclaredImageSeen, image: string): readonly string[] =>
  vsphereOf(providers)
    .filter((provider) => !['', image].includes(ownImageOf(provider)))
    .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);

/** Why the image is not set now, and what to do. */
export const declaredImageProblemText = (t: Translate, problem: DeclaredImageProblem): string => {
  switch (problem.code) {
    case 'ControllerMissing':
    case 'ChangedMeanwhile':
    case 'DeclaredElsewhere':
      return imagePlanProblemText(t, problem);
    case 'MigrationsRunning':
      return t('The image is set when no migration runs, because MTV restarts then. Running now: {{list}}.', {
        list: problem.plans.join(', '),
      });
  }
};
