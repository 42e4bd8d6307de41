import { isRecord } from '../json';
import type { NetworkAttachmentDefinition } from '../objects';
import { resourceAnnotation, resourceOf } from './bridge-resource';
import { lowerKeys, parseNad, positive, textOf } from './nad-config';
import type { CniConfig, AttachedConfig } from './nad-config';

/**
 * Why VMs on a network cannot do what they can on ours, though it is on the right wire. `WrongReference`: OVN ignores it,
 * `netAttachDefName` is not its own. `Mtu` and `SpoofCheck` come from comparing.
 */
export type NadFlaw =
  | { readonly code: 'Resource'; readonly resource: string }
  | { readonly code: 'Chained'; readonly type: string }
  | {
      readonly code:
        | 'Addresses'
        | 'Gateway'
        | 'Isolation'
        | 'Hairpin'
        | 'Disabled'
        | 'DefaultVlan'
        | 'Trunk'
        | 'WrongReference'
        | 'Primary'
        | 'Leaving'
        | 'Mtu'
        | 'SpoofCheck';
    };

/** Whether virtual machines can be attached to it at all. */
export const isForVms = (nad: NetworkAttachmentDefinition): boolean => {
  const parsed = parseNad(nad);
  switch (parsed.kind) {
    case 'overlay':
      return true;
    case 'linux-bridge':
    case 'localnet':
      return flawOf(parsed, nad) === undefined;
    case 'broken':
    case 'other':
    case 'unreadable':
      return false;
  }
};

/** What makes a network unfit for VMs, whatever they need it for. `undefined`: nothing. */
export const flawOf = (parsed: AttachedConfig, nad: NetworkAttachmentDefinition): NadFlaw | undefined => {
  if (nad.metadata.deletionTimestamp !== undefined) return { code: 'Leaving' };
  const { kind, config } = parsed;
  return kind === 'localnet' ? localnetFlaw(config, nad) : (bridgeFlaw(config, nad) ?? chainFlaw(parsed.chained));
};

const bridgeFlaw = (config: CniConfig, nad: NetworkAttachmentDefinition): NadFlaw | undefined => {
  if (isRecord(config.ipam) && textOf(lowerKeys(config.ipam).type)) return { code: 'Addresses' };
  if (config.isgateway === true || config.isdefaultgateway === true || config.ipmasq === true)
    return { code: 'Gateway' };
  if (config.portisolation === true) return { code: 'Isolation' };
  if (config.hairpinmode === true) return { code: 'Hairpin' };
  if (config.disablecontainerinterface === true) return { code: 'Disabled' };
  const hasVlan = positive(config.vlan) !== undefined;
  if (hasVlan && Array.isArray(config.vlantrunk) && config.vlantrunk.length > 0) return { code: 'Trunk' };
  if (hasVlan && config.preservedefaultvlan === true) return { code: 'DefaultVlan' };
  const resource = nad.metadata.annotations?.[resourceAnnotation] ?? '';
  return resource === '' || resource === resourceOf(textOf(config.bridge)) ? undefined : { code: 'Resource', resource };
};

const localnetFlaw = (config: CniConfig, { metadata }: NetworkAttachmentDefinition): NadFlaw | undefined => {
  if (config.netattachdefname !== `${metadata.namespace ?? ''}/${metadata.name}`) return { code: 'WrongReference' };
  if (config.role === 'primary') return { code: 'Primary' };
  if (textOf(config.subnets)) return { code: 'Addresses' };
  const resource = metadata.annotations?.[resourceAnnotation] ?? '';
  return resource === '' ? undefined : { code: 'Resource', resource };
};

/** OpenShift's own plugin lists end with `tuning` or `cnv-tuning`. Any other plugin after the bridge may filter or shape the VMs' traffic. */
const chainFlaw = (others: readonly unknown[]): NadFlaw | undefined => {
  const types = others.map((other) => (isRecord(other) ? textOf(lowerKeys(other).type) : ''));
  const strange = types.find((type) => type !== 'tuning' && type !== 'cnv-tuning');
  return strange === undefined ? undefined : { code: 'Chained', type: strange };
};
