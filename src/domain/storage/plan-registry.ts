import { annotate, because, create, deletionOf, patchOf } from '../change';
import type { PatchOperation } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { isOurs, owned } from '../ownership';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import type { ImageRegistryConfig } from '../platform-objects';
import { forget, noteFor, takenBack, undoOf } from '../undo';
import type { Undo } from '../undo';
import { hasStorage } from './read-registry';
import { clusterDefaults, readVirtDefault } from './virt-default';

/** The project of the registry, where its claim has to be. */
export const registryNamespace = 'openshift-image-registry';

/** The claim that the registry's operator makes itself, ReadWriteMany; it refuses one of that name that it did not make. */
export const operatorsOwnClaim = 'image-registry-storage';

/** Storage for the internal image registry where it has none: a volume to be claimed, or that of its pod, with which its images go. */
export type RegistryWish = RegistryClaim | 'emptyDir';

/** A volume for the internal image registry. */
export interface RegistryClaim {
  readonly claim: string;
  /** A Kubernetes quantity. */
  readonly size: string;
  /** Left out: the cluster's default, or the one for virtual machines when there is none. */
  readonly storageClass?: string;
  readonly accessMode: 'ReadWriteOnce' | 'ReadWriteMany';
}

/** The claim of ours, as the chart's values have it, so that page and hooks find the same. */
export const ownClaim = 'image-registry-migration-prep';

/** What keeps a claim from being made as it was typed; `undefined`: nothing. `storageClass` is empty where the cluster has none. */
export const claimProblemText = (t: Translate, size: string, storageClass: string): string | undefined => {
  if (storageClass === '') return t('There is no storage class. Set up LVM Storage first, or add another.');
  return /^[1-9]\d*(\.\d+)?(Mi|Gi|Ti|M|G|T)$/.test(size) ? undefined : t('Enter a size such as 100Gi.');
};

/** Why the registry is not switched on; `registryProblemText` has the words. */
export type RegistryProblem = 'RegistryMissing' | 'RegistryByHand' | 'NoClassForClaim' | 'ClassGone';

/** What is noted for undo where we gave the registry the storage of its pod, so that nobody else's emptyDir is taken for ours. */
const setWithEmptyDir = 'Managed, emptyDir';

/** A ReadWriteOnce claim allows one replica and no two at a time; the operator insists on both. */
const oneAtATime = { replicas: 1, rolloutStrategy: 'Recreate' } as const;

/** What the planner looks at. */
export const registryNeeds = (claim: string) =>
  ({
    config: { kind: 'imageRegistryConfigs', name: 'cluster' },
    claim: { kind: 'persistentVolumeClaims', name: claim, namespace: registryNamespace },
    classes: { list: 'storageClasses' },
  }) as const satisfies Needs;

/** Switches the registry on with storage of its own, only where it is Removed or has none. Storage that is set stays. */
export const planRegistry =
  (wish: RegistryWish) =>
  ({ config, claim, classes }: Seen<ReturnType<typeof registryNeeds>>): Plan<RegistryProblem> => {
    if (!config) return err('RegistryMissing');
    const { managementState } = config.spec ?? {};
    if (managementState === 'Unmanaged') return err('RegistryByHand');
    const keepsStorage = hasStorage(config);
    if (managementState === 'Managed' && keepsStorage) return ok([]);
    const virt = readVirtDefault(classes).used;
    const isClaimed = wish !== 'emptyDir';
    const named = isClaimed ? wish.storageClass : undefined;
    const storageClass = named ?? (clusterDefaults(classes).length > 0 ? undefined : virt);
    const isToClaim = isClaimed && !keepsStorage && !claim;
    if (isToClaim && storageClass === undefined && virt === undefined) return err('NoClassForClaim');
    const { metadata } = config;
    const set = isClaimed || keepsStorage ? 'Managed' : setWithEmptyDir;
    const storage = isClaimed ? { pvc: { claim: wish.claim } } : { emptyDir: {} };
    const along = keepsStorage ? {} : { ...oneAtATime, storage };
    const { replicas = null, rolloutStrategy = null, storage: was = null } = config.spec ?? {};
    const others = { replicas, rolloutStrategy, storage: was };
    return ok([
      ...(!isToClaim
        ? []
        : [
            because(
              (t) => t('The image registry has no storage. It gets this volume.'),
              create('persistentVolumeClaims', {
                metadata: owned({ name: wish.claim, namespace: registryNamespace }),
                spec: {
                  accessModes: [wish.accessMode],
                  resources: { requests: { storage: wish.size } },
                  ...(storageClass !== undefined && { storageClassName: storageClass }),
                },
              }),
            ),
          ]),
      because(
        (t) => t('The wishes ask for the image registry. It is switched off or has no storage.'),
        patchOf('imageRegistryConfigs', config, [
          ...annotate(
            metadata,
            noteFor(metadata, { set, before: managementState ?? null, ...(!keepsStorage && { others }) }),
          ),
          { op: 'add', path: '/spec/managementState', value: 'Managed' },
          ...Object.entries(along).map(([field, value]) => ({ op: 'add', path: `/spec/${field}`, value }) as const),
        ]),
      ),
    ]);
  };

/** The same for a class that somebody chose among those that exist: it may be gone by then. Values may name one that is still to come. */
export const planChosenRegistry =
  (wish: RegistryWish) =>
  (seen: Seen<ReturnType<typeof registryNeeds>>): Plan<RegistryProblem> => {
    const chosen = wish === 'emptyDir' ? undefined : wish.storageClass;
    return chosen === undefined || seen.classes.some(({ metadata }) => metadata.name === chosen)
      ? planRegistry(wish)(seen)
      : err('ClassGone');
  };

/** Why the registry is not switched on, and what to do. */
export const registryProblemText = (t: Translate, problem: RegistryProblem): string => {
  switch (problem) {
    case 'RegistryMissing':
      return t("The registry's operator has not created its configuration yet.");
    case 'RegistryByHand':
      return t('The internal image registry is Unmanaged: somebody manages it by hand, so it is not changed.');
    case 'NoClassForClaim':
      return t('No storage class is the default, so the registry gets no volume. Enter a storage class.');
    case 'ClassGone':
      return t('The storage class that was chosen for the registry no longer exists. Choose another.');
  }
};

/** What the undo looks at. */
export const registryUndoNeeds = {
  config: { kind: 'imageRegistryConfigs', name: 'cluster' },
  streams: { list: 'imageStreams' },
  claims: { list: 'persistentVolumeClaims', namespace: registryNamespace },
} as const satisfies Needs;

/** Images of people; the cluster's own streams refer to other registries. */
const isInUse = ({ streams }: Pick<Seen<typeof registryUndoNeeds>, 'streams'>): boolean =>
  streams.some(
    ({ metadata, status }) =>
      metadata.namespace !== 'openshift' &&
      status?.tags?.some(({ items }) =>
        items?.some(({ dockerImageReference }) =>
          dockerImageReference.startsWith(`image-registry.${registryNamespace}.svc`),
        ),
      ),
  );

/** Replicas and rollout as they were, unless somebody has changed them since. */
const scaleBack = ({ spec = {} }: ImageRegistryConfig, { others = {} }: Undo): readonly PatchOperation[] =>
  (['replicas', 'rolloutStrategy'] as const)
    .filter((field) => field in others && spec[field] === oneAtATime[field])
    .map((field) => {
      const path = `/spec/${field}`;
      const before = others[field] ?? null;
      return before === null ? { op: 'remove', path } : { op: 'replace', path, value: before };
    });

/** Switches the registry off again if we switched it on and nobody has an image in it; then our claim goes. */
export const planRegistryUndo = (seen: Seen<typeof registryUndoNeeds>): Plan<'RegistryInUse'> => {
  const { config, claims } = seen;
  const undo = config && undoOf(config.metadata);
  const ours = claims.filter(isOurs);
  const usesOurs = ours.some(({ metadata }) => metadata.name === config?.spec?.storage?.pvc?.claim);
  const isOurEmptyDir = undo?.set === setWithEmptyDir && config?.spec?.storage?.emptyDir !== undefined;
  if ((usesOurs || isOurEmptyDir) && undo && isInUse(seen)) return err('RegistryInUse');
  const isToRevert = undo !== undefined && (usesOurs || isOurEmptyDir) && config?.spec?.managementState === 'Managed';
  return ok([
    ...(config && undo
      ? [
          because(
            takenBack,
            patchOf('imageRegistryConfigs', config, [
              forget,
              ...(isToRevert
                ? ([
                    { op: 'replace', path: '/spec/managementState', value: undo.before ?? 'Removed' },
                    { op: 'replace', path: '/spec/storage', value: undo.others?.storage ?? {} },
                    ...scaleBack(config, undo),
                  ] as const)
                : []),
            ]),
          ),
        ]
      : []),
    ...(usesOurs && !isToRevert
      ? []
      : ours
          .flatMap((each) => deletionOf('persistentVolumeClaims', each))
          .map((each) =>
            because((t) => t('Migration Prep created this claim, and the registry no longer uses it.'), each),
          )),
  ]);
};
