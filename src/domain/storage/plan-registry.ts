import { annotate, because, create, deletionOf, patchOf } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { isOurs, owned } from '../ownership';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import { forget, noteFor, takenBack, undoOf } from '../undo';
import { hasStorage } from './read-registry';
import { clusterDefaults, readVirtDefault } from './virt-default';

/** The project of the registry, where its claim has to be. */
export const registryNamespace = 'openshift-image-registry';

/** The claim that the registry's operator makes itself, ReadWriteMany; it refuses one of that name that it did not make. */
export const operatorsOwnClaim = 'image-registry-storage';

/** Storage for the internal image registry, to be claimed where it has none. */
export interface RegistryWish {
  readonly claim: string;
  /** A Kubernetes quantity. */
  readonly size: string;
  /** Left out: the cluster's default, or the one for virtual machines when there is none. */
  readonly storageClass?: string;
  readonly accessMode: 'ReadWriteOnce' | 'ReadWriteMany';
}

/** Why the registry is not switched on; `registryProblemText` has the words. */
export type RegistryProblem = 'RegistryMissing' | 'RegistryByHand' | 'NoClassForClaim';

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
    const storageClass = wish.storageClass ?? (clusterDefaults(classes).length > 0 ? undefined : virt);
    if (!keepsStorage && !claim && storageClass === undefined && virt === undefined) return err('NoClassForClaim');
    const { metadata } = config;
    return ok([
      ...(keepsStorage || claim
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
          ...annotate(metadata, noteFor(metadata, { set: 'Managed', before: managementState ?? null })),
          { op: 'add', path: '/spec/managementState', value: 'Managed' },
          ...(keepsStorage
            ? []
            : ([
                // A ReadWriteOnce claim allows one replica and no two at a time; the operator insists on both.
                { op: 'add', path: '/spec/replicas', value: 1 },
                { op: 'add', path: '/spec/rolloutStrategy', value: 'Recreate' },
                { op: 'add', path: '/spec/storage', value: { pvc: { claim: wish.claim } } },
              ] as const)),
        ]),
      ),
    ]);
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

/** Switches the registry off again if we switched it on and nobody has an image in it; then our claim goes. */
export const planRegistryUndo = (seen: Seen<typeof registryUndoNeeds>): Plan<'RegistryInUse'> => {
  const { config, claims } = seen;
  const undo = config && undoOf(config.metadata);
  const ours = claims.filter(isOurs);
  const usesOurs = ours.some(({ metadata }) => metadata.name === config?.spec?.storage?.pvc?.claim);
  if (usesOurs && undo && isInUse(seen)) return err('RegistryInUse');
  const isToRevert = undo !== undefined && usesOurs && config?.spec?.managementState === undo.set;
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
                    { op: 'replace', path: '/spec/storage', value: {} },
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
