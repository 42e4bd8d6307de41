import { conditionOf, holding, isFalse, isTrue } from '../conditions';
import type { ImageConfig, ImageRegistryConfig } from '../platform-objects';
import type { Params, Reading, Sentences } from '../reading';

/** What there is to say of the registry; its sentences are `registryTexts`. */
export type RegistryReason =
  | 'RegistryReady'
  | 'RegistryUnmanaged'
  | 'RegistryRemoved'
  | 'RegistryEphemeral'
  | 'RegistryReadOnly'
  | 'RegistryNoReplicas'
  | 'RegistryClaimUnused'
  | 'RegistryWithoutStorage'
  | 'RegistryStarting'
  | 'RegistryAbsent';

/** `warning`: usable, with what its reason says. `absent`: nothing brings it by itself. */
export type RegistryReading = Reading<RegistryReason, 'ready' | 'warning' | 'waiting' | 'absent'>;

/**
 * Whether the internal registry can be used: Available is True, whatever its reason, and it is not Removed, which says Available=True as
 * well. And the cluster has to know its host name (docs/facts/platform.md §3). Of an Unmanaged one the operator says Available=True without
 * having looked.
 */
export const readRegistry = (
  config: ImageRegistryConfig | undefined,
  image: ImageConfig | undefined,
): RegistryReading => {
  const say = (state: RegistryReading['state'], reason: RegistryReason, params: Params = {}): RegistryReading => ({
    state,
    reason,
    params,
  });
  if (!config) return say('absent', 'RegistryAbsent');
  const hostname = image?.status?.internalRegistryHostname ?? '';
  const { managementState, replicas, readOnly, storage } = config.spec ?? {};
  if (managementState === 'Removed') return say('absent', 'RegistryRemoved');
  if (managementState === 'Unmanaged') return say(hostname === '' ? 'absent' : 'warning', 'RegistryUnmanaged');
  if (!hasStorage(config)) return say('absent', 'RegistryWithoutStorage');
  if (replicas === 0) return say('absent', 'RegistryNoReplicas');
  const { status } = config;
  const isUp =
    isTrue(status, 'Available') && conditionOf(status, 'Available')?.reason !== 'Removed' && isFalse(status, 'Removed');
  if (!isUp || hostname === '') return notYet(config, isUp);
  if (storage?.emptyDir) return say('warning', 'RegistryEphemeral');
  return readOnly === true ? say('warning', 'RegistryReadOnly') : say('ready', 'RegistryReady');
};

/** Why it does not serve yet, as far as its operator says. A claim that gets no volume keeps its pods from starting for ever. */
const notYet = ({ spec, status }: ImageRegistryConfig, isUp: boolean): RegistryReading => {
  const claim = spec?.storage?.pvc?.claim ?? '';
  const available = conditionOf(status, 'Available');
  if (available?.reason === 'NoReplicasAvailable' && claim !== '')
    return { state: 'waiting', reason: 'RegistryClaimUnused', params: { claim } };
  const progressing = conditionOf(status, 'Progressing');
  const told = holding(status, 'Degraded') ?? (progressing?.reason === 'Error' ? progressing : available);
  return { state: 'waiting', reason: 'RegistryStarting', params: { message: isUp ? '' : (told?.message ?? '') } };
};

/** Whether any kind of storage is set. */
export const hasStorage = ({ spec }: ImageRegistryConfig): boolean =>
  Object.keys(spec?.storage ?? {}).some((key) => key !== 'managementState');

/** What each state means, and what to do about it. */
export const registryTexts: Sentences<RegistryReason> = {
  RegistryReady: (t) => t('The internal image registry is ready.'),
  RegistryUnmanaged: (t) =>
    t(
      'The internal image registry is Unmanaged, so its operator does not check whether it works. Ask whoever manages it.',
    ),
  RegistryEphemeral: (t) =>
    t(
      'The internal image registry works, but keeps its images in its pod (emptyDir). They are lost when the pod is. Give it a PersistentVolumeClaim.',
    ),
  RegistryReadOnly: (t) =>
    t(
      'The internal image registry accepts no new images (readOnly), so no VDDK image can be built here. You can use the images that it has.',
    ),
  RegistryNoReplicas: (t) => t('The internal image registry has 0 replicas. Set replicas to 1 or more.'),
  RegistryClaimUnused: (t, params) =>
    t(
      'The internal image registry is starting. If this takes long, check whether its claim {{claim}} in project openshift-image-registry is bound.',
      params,
    ),
  RegistryRemoved: (t) =>
    t(
      'The internal image registry is switched off, so no VDDK image can be built here. An image in another registry works without it.',
    ),
  RegistryWithoutStorage: (t) => t('The internal image registry has no storage. Give it a PersistentVolumeClaim.'),
  RegistryStarting: (t, params) => t('The internal image registry is starting. {{message}}', params).trim(),
  RegistryAbsent: (t) => t('This cluster has no internal image registry.'),
};
