import type { Change, PatchOperation } from '../change';
import { annotate, because, patchOf, pointerSegment } from '../change';
import type { Many, One, Right, Seen } from '../cluster';
import { workingController } from '../forklift-controller';
import type { Plan } from '../converge';
import type { Metadata, Provider } from '../objects';
import { isOurs, otherHolder } from '../ownership';
import type { Release } from '../ownership';
import { err, ok } from '../result';
import type { Text, Translate } from '../translate';
import { forget, noteFor, undoOf } from '../undo';
import { mtvImageOf, ownImageOf } from './effective-image';
import { isWithoutVddk, withoutVddkAnnotation } from './without';

/** The image MTV shall use, and what was set when the user decided. */
export interface ImageWish {
  /** Empty: none. Then it is removed where it is set. */
  readonly image: string;
  /** In ForkliftController; `undefined`: none was set. */
  readonly before: string | undefined;
  /** The vSphere Providers that it shall be set at as well, because MTV's own pages look only there. */
  readonly providers?: readonly ProviderImageWish[];
  /** MTV's settings stay as they are. */
  readonly isOnlyAtProviders?: boolean;
  /** The release whose values ask for it; left out: a person does. */
  readonly release?: Release | undefined;
}

/** A Provider that the image shall be set at. */
export interface ProviderImageWish {
  readonly name: string;
  readonly namespace: string;
  /** Its own image when the user decided; empty: none. */
  readonly before: string;
}

/**
 * `ControllerMissing`: nothing to set it in. `ChangedMeanwhile`: somebody set another image since the user looked, in MTV or at a Provider.
 * `DeclaredElsewhere`: the values of a release hold it, and not who asks.
 */
export type ImagePlanProblem =
  | { readonly code: 'ControllerMissing' }
  | { readonly code: 'DeclaredElsewhere'; readonly release: Release }
  | { readonly code: 'ChangedMeanwhile'; readonly present: string; readonly provider?: string };

type ImageNeeds = { readonly controllers: Many<'forkliftControllers'> } & Readonly<
  Record<`provider ${string}`, One<'providers'>>
>;

/** By which name `planImage` looks at a Provider. */
export const keyOf = ({ namespace, name }: Pick<ProviderImageWish, 'name' | 'namespace'>): `provider ${string}` =>
  `provider ${namespace}/${name}`;

/** What `planImage` looks at: MTV's settings in its project, and each Provider by name. */
export const imageNeeds = (mtv: string, providers: readonly ProviderImageWish[] = []): ImageNeeds => ({
  controllers: { list: 'forkliftControllers', namespace: mtv },
  ...Object.fromEntries(
    providers.map(({ name, namespace }) => [keyOf({ name, namespace }), { kind: 'providers', name, namespace }]),
  ),
});

/** What setting an image needs, so that a missing right is said before anything is written. */
export const imageRights = (
  mtv: string,
  providers: readonly ProviderImageWish[] = [],
  isOnlyAtProviders = false,
): readonly Right[] => [
  ...(isOnlyAtProviders ? [] : [{ kind: 'forkliftControllers', verb: 'patch', namespace: mtv } as const]),
  ...[...new Set(providers.map(({ namespace }) => namespace))].map(
    (namespace) => ({ kind: 'providers', verb: 'patch', namespace }) as const,
  ),
];

/**
 * Sets the image in ForkliftController and at the Providers: the one key and nothing else, guarded against a change at the same time
 * (docs/facts/forklift.md §3). Providers first: MTV restarts when its settings change. A Provider that is gone needs no image. What was set before is noted
 * on objects of others, so that it can be undone. Without an image, the key is removed instead.
 */
export const planImage =
  ({ image, before, providers = [], isOnlyAtProviders = false, release }: ImageWish) =>
  (seen: Seen<ImageNeeds>): Plan<ImagePlanProblem> => {
    const controller = workingController(seen.controllers);
    if (!controller) return err({ code: 'ControllerMissing' });
    const holder = otherHolder(controller, release);
    if (holder) return err({ code: 'DeclaredElsewhere', release: holder });
    const changes: Change[] = [];
    for (const wish of providers) {
      const provider = seen[keyOf(wish)];
      if (!provider || ownImageOf(provider) === image) continue;
      const present = ownImageOf(provider);
      if (present !== wish.before) return err({ code: 'ChangedMeanwhile', present, provider: wish.name });
      changes.push(setAt(provider, image));
    }
    const present = mtvImageOf(controller);
    if (present === image || isOnlyAtProviders) return ok(changes);
    if (present !== (before ?? '')) return err({ code: 'ChangedMeanwhile', present });
    changes.push(
      because(
        image === ''
          ? (t) => t('Without it, providers without an image of their own migrate without VDDK.')
          : (t) => t('MTV uses this image for every provider without an image of its own.'),
        patchOf('forkliftControllers', controller, [
          ...noted(controller.metadata, image, present),
          image === ''
            ? { op: 'remove', path: '/spec/vddk_image' }
            : controller.spec
              ? { op: 'add', path: '/spec/vddk_image', value: image }
              : { op: 'add', path: '/spec', value: { vddk_image: image } },
        ]),
      ),
    );
    return ok(changes);
  };

/** The note of what was set before. Where an image is removed that was not there before us, everything is as it was, and the note goes. */
const noted = (metadata: Metadata, image: string, present: string): readonly PatchOperation[] =>
  image === '' && undoOf(metadata)?.before === null
    ? [forget]
    : annotate(metadata, noteFor(metadata, { set: image, before: noneIfEmpty(present) }));

const noneIfEmpty = (image: string): string | null => (image === '' ? null : image);

const setAt = (provider: Provider, image: string): Change => {
  const { name, namespace = '', uid } = provider.metadata;
  const settings = provider.spec?.settings;
  const operations: readonly PatchOperation[] = [
    // Not the version, which every status that MTV writes would change: this very Provider, with the settings as they were looked at.
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/spec/settings', value: settings ?? null },
    // MTV 2.8 refuses an empty one (docs/facts/forklift.md §1).
    image === ''
      ? { op: 'remove', path: '/spec/settings/vddkInitImage' }
      : settings
        ? { op: 'add', path: '/spec/settings/vddkInitImage', value: image }
        : { op: 'add', path: '/spec/settings', value: { vddkInitImage: image } },
    // What is ours goes as a whole.
    ...(isOurs(provider) ? [] : noted(provider.metadata, image, ownImageOf(provider))),
    // The mark would make MTV's page say that there is none.
    ...(isWithoutVddk(provider) && image !== ''
      ? [{ op: 'remove', path: `/metadata/annotations/${pointerSegment(withoutVddkAnnotation)}` } as const]
      : []),
  ];
  const why: Text =
    image === ''
      ? (t) => t("Without an image of its own, the provider uses the one in MTV's settings, if there is one.")
      : (t) => t("MTV's own pages look for the image only at the provider.");
  return because(why, { verb: 'patch', kind: 'providers', name, namespace, operations });
};

/** Why the image was not set, and what to do. */
export const imagePlanProblemText = (t: Translate, problem: ImagePlanProblem): string => {
  if (problem.code === 'ControllerMissing') {
    return t(
      'There is no ForkliftController to set the image in. Finish the installation of Migration Toolkit for Virtualization.',
    );
  }
  if (problem.code === 'DeclaredElsewhere') {
    const { name, namespace } = problem.release;
    return t('The VDDK image is managed by the values of release {{release}} in {{project}}. Change it there.', {
      release: name,
      project: namespace,
    });
  }
  const image = problem.present === '' ? t('none') : problem.present;
  return problem.provider === undefined
    ? t('Meanwhile somebody set another image: {{image}}. It was not changed. Decide again which image to use.', {
        image,
      })
    : t(
        'Meanwhile somebody set another image at provider {{provider}}: {{image}}. It was not changed. Decide again which image to use.',
        {
          provider: problem.provider,
          image,
        },
      );
};
