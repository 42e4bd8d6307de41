import type { Params } from '../checks/check';
import type { ImageConfig, ImageRegistryConfig } from '../platform-objects';
import type { Translate } from '../translate';

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

export interface RegistryState {
  /** `flawed`: usable, with what its reason says. */
  readonly state: 'ready' | 'flawed' | 'starting' | 'off';
  readonly reason: RegistryReason;
  readonly params: Params;
}

/**
 * Whether the internal registry can be used: Available is True, whatever its reason, and it is not Removed, which says Available=True as
 * well. And the cluster has to know its host name (docs/facts/platform.md §3). Of an Unmanaged one the operator says Available=True without
 * having looked.
 */
export const readRegistry = (
  config: ImageRegistryConfig | undefined,
  image: ImageConfig | undefined,
): RegistryState => {
  const say = (state: RegistryState['state'], reason: RegistryReason, params: Params = {}): RegistryState => ({
    state,
    reason,
    params,
  });
  if (!config) return say('off', 'RegistryAbsent');
  const hostname = image?.status?.internalRegistryHostname ?? '';
  const { managementState, replicas, readOnly, storage } = config.spec ?? {};
  if (managementState === 'Removed') return say('off', 'RegistryRemoved');
  if (managementState === 'Unmanaged') return say(hostname === '' ? 'off' : 'flawed', 'RegistryUnmanaged');
  if (!hasStorage(config)) return say('off', 'RegistryWithoutStorage');
  if (replicas === 0) return say('off', 'RegistryNoReplicas');
  const condition = (type: string) => config.status?.conditions?.find((each) => each.type === type);
  const available = condition('Available');
  const isUp =
    available?.status === 'True' && available.reason !== 'Removed' && condition('Removed')?.status === 'False';
  if (!isUp || hostname === '') return notYet(config, isUp);
  if (storage?.emptyDir) return say('flawed', 'RegistryEphemeral');
  return readOnly === true ? say('flawed', 'RegistryReadOnly') : say('ready', 'RegistryReady');
};

/** Why it does not serve yet, as far as its operator says. A claim that gets no volume keeps its pods from starting for ever. */
const notYet = ({ spec, status }: ImageRegistryConfig, isUp: boolean): RegistryState => {
  const of = (type: string) => status?.conditions?.find((each) => each.type === type);
  const claim = spec?.storage?.pvc?.claim ?? '';
  const available = of('Available');
  if (available?.reason === 'NoReplicasAvailable' && claim !== '')
    return { state: 'starting', reason: 'RegistryClaimUnused', params: { claim } };
  const [degraded, progressing] = [of('Degraded'), of('Progressing')];
  const told = degraded?.status === 'True' ? degraded : progressing?.reason === 'Error' ? progressing : available;
  return { state: 'starting', reason: 'RegistryStarting', params: { message: isUp ? '' : (told?.message ?? '') } };
};

/** Whether any kind of storage is set. */
export const hasStorage = ({ spec }: ImageRegistryConfig): boolean =>
  Object.keys(spec?.storage ?? {}).some((key) => key !== 'managementState');

/** What each state means, and what to do about it. */
export const registryTexts: Readonly<Record<RegistryReason, (t: Translate, params: Params) => string>> = {
  RegistryReady: (t) => t('The internal image registry is ready.'),
  RegistryUnmanaged: (t) =>
    t(
      'The internal image registry is managed by hand (Unmanaged): its operator does not look whether it works. Ask whoever looks after it.',
    ),
  RegistryEphemeral: (t) =>
    t(
      'The internal image registry works, but keeps its images in its pod (emptyDir): they are gone when the pod is. Give it a claim.',
    ),
  RegistryReadOnly: (t) =>
    t(
      'The internal image registry takes no new images (readOnly), so no VDDK image can be built here. Images that are there can be used.',
    ),
  RegistryNoReplicas: (t) => t('The internal image registry is set to no replicas. Set replicas to 1 or more.'),
  RegistryClaimUnused: (t, params) =>
    t(
      'The internal image registry is starting. If this does not pass, see whether its claim {{claim}} in project openshift-image-registry is bound.',
      params,
    ),
  RegistryRemoved: (t) =>
    t(
      'The internal image registry is switched off, so no VDDK image can be built here. An image in another registry works without it.',
    ),
  RegistryWithoutStorage: (t) => t('The internal image registry has no storage. Give it a claim.'),
  RegistryStarting: (t, params) => t('The internal image registry is starting. {{message}}', params).trim(),
  RegistryAbsent: (t) => t('This cluster has no internal image registry.'),
};
