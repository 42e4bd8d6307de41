import type { Params } from '../checks/check';
import type { ImageConfig, ImageRegistryConfig } from '../platform-objects';
import type { Translate } from '../translate';

export type RegistryReason =
  | 'RegistryReady'
  | 'RegistryUnmanaged'
  | 'RegistryRemoved'
  | 'RegistryWithoutStorage'
  | 'RegistryStarting'
  | 'RegistryAbsent';

export interface RegistryState {
  readonly state: 'ready' | 'starting' | 'off';
  readonly reason: RegistryReason;
  readonly params: Params;
}

/**
 * Whether images can be pushed to the internal registry. A Removed one reports Available=True too, so the reason counts, and the
 * cluster has to know its host name (docs/facts/platform.md §3).
 */
export const readRegistry = (config: ImageRegistryConfig | undefined, image: ImageConfig | undefined): RegistryState => {
  const say = (state: RegistryState['state'], reason: RegistryReason, message = ''): RegistryState => ({ state, reason, params: { message } });
  if (!config) return say('off', 'RegistryAbsent');
  const hostname = image?.status?.internalRegistryHostname ?? '';
  const { managementState } = config.spec ?? {};
  const condition = (type: string) => config.status?.conditions?.find((each) => each.type === type);
  if (managementState === 'Removed') return say('off', 'RegistryRemoved');
  if (managementState === 'Unmanaged') return say(hostname === '' ? 'off' : 'ready', 'RegistryUnmanaged');
  if (!hasStorage(config)) return say('off', 'RegistryWithoutStorage');
  const available = condition('Available');
  const isReady =
    available?.status === 'True' && available.reason === 'Ready' && condition('Removed')?.status === 'False' && hostname !== '';
  return isReady ? say('ready', 'RegistryReady') : say('starting', 'RegistryStarting', available?.reason === 'Ready' ? '' : available?.message);
};

/** Whether any kind of storage is set. */
export const hasStorage = ({ spec }: ImageRegistryConfig): boolean =>
  Object.keys(spec?.storage ?? {}).some((key) => key !== 'managementState');

/** What each state means, and what to do about it. */
export const registryTexts: Readonly<Record<RegistryReason, (t: Translate, params: Params) => string>> = {
  RegistryReady: (t) => t('The internal image registry is ready.'),
  RegistryUnmanaged: (t) => t('The internal image registry is managed by hand (Unmanaged).'),
  RegistryRemoved: (t) =>
    t('The internal image registry is switched off, so no VDDK image can be built here. An image in another registry works without it.'),
  RegistryWithoutStorage: (t) => t('The internal image registry has no storage. Give it a claim.'),
  RegistryStarting: (t, params) => t('The internal image registry is starting. {{message}}', params).trim(),
  RegistryAbsent: (t) => t('This cluster has no internal image registry.'),
};
