import { isRecord, parseJson } from '../json';
import type { NetworkAttachmentDefinition } from '../objects';
import { owned } from '../ownership';
import type { Translate } from '../translate';
import type { Vlan } from './vlan';
import { vlanText } from './vlan';

/** How VMs get onto the wire: by a Linux bridge that the nodes have, or by an OVN localnet's bridge mapping. */
export type Attachment =
  | { readonly kind: 'linux-bridge'; readonly bridge: string }
  | { readonly kind: 'localnet'; readonly mapping: string };

/** The port groups a NetworkAttachmentDefinition was made for, as JSON. For people and for later steps; nothing is decided by it. */
export const portGroupsAnnotation = 'migration-prep/port-groups';

/** A port group as the annotation names it. */
export interface SourcePortGroup {
  /** moRef. */
  readonly id: string;
  readonly name: string;
}

export interface NadWish {
  readonly name: string;
  readonly namespace: string;
  readonly attachment: Attachment;
  readonly vlan: Vlan;
  /** `<namespace>/<name>` of the Provider whose port groups these are. */
  readonly provider: string;
  readonly portGroups: readonly SourcePortGroup[];
}

/** The NetworkAttachmentDefinition for a port group (docs/facts/forklift.md §8). No IPAM: it is not supported for VMs on a bridge. */
export const nadOf = (wish: NadWish): NetworkAttachmentDefinition => {
  const { name, namespace, attachment, provider, portGroups } = wish;
  return {
    metadata: owned({
      name,
      namespace,
      annotations: {
        [portGroupsAnnotation]: JSON.stringify({ provider, portGroups }),
        // Only nodes that have the bridge offer this resource, so VMs are scheduled there and nowhere else.
        ...(attachment.kind === 'linux-bridge' && {
          'k8s.v1.cni.cncf.io/resourceName': `bridge.network.kubevirt.io/${attachment.bridge}`,
        }),
      },
    }),
    spec: { config: JSON.stringify(configOf(wish)) },
  };
};

const configOf = ({ name, namespace, attachment, vlan }: NadWish): object => {
  switch (attachment.kind) {
    case 'linux-bridge':
      return {
        cniVersion: '0.3.1',
        name,
        type: 'bridge',
        bridge: attachment.bridge,
        macspoofchk: true,
        ...(vlan !== undefined && { vlan }),
        preserveDefaultVlan: false,
      };
    case 'localnet':
      return {
        cniVersion: '0.3.1',
        // Cluster-global: one name with two VLANs is unsupported, so the VLAN is part of it.
        name: `${attachment.mapping}-${vlan === undefined ? 'untagged' : `vlan-${String(vlan)}`}`,
        type: 'ovn-k8s-cni-overlay',
        topology: 'localnet',
        netAttachDefName: `${namespace}/${name}`,
        physicalNetworkName: attachment.mapping,
        ...(vlan !== undefined && { vlanID: vlan }),
      };
  }
};

/** Why a network on the right wire still cannot stand in for ours. `WrongReference`: OVN ignores it, `netAttachDefName` is not its own. */
export type NadFlaw = 'Addresses' | 'Trunk' | 'WrongReference';

/** What a NetworkAttachmentDefinition is, whoever wrote it. */
export type NadReading =
  | { readonly state: 'network'; readonly attachment: Attachment; readonly vlan: Vlan; readonly flaw?: NadFlaw }
  | { readonly state: 'other'; readonly type: string }
  | { readonly state: 'unreadable' };

/** Reads `spec.config`, also as a list of CNI plugins, and with `cnv-bridge`, the older name of `bridge`. */
export const readNad = ({ metadata, spec }: NetworkAttachmentDefinition): NadReading => {
  const parsed = parseJson(spec?.config ?? '');
  if (!parsed.ok || !isRecord(parsed.value)) return { state: 'unreadable' };
  const { plugins } = parsed.value;
  const first: unknown = Array.isArray(plugins) ? plugins[0] : undefined;
  const config = isRecord(first) ? { ...parsed.value, ...first } : parsed.value;
  const type = textOf(config.type);
  if (type === 'bridge' || type === 'cnv-bridge') {
    const flaw = hasIpam(config.ipam) ? 'Addresses' : isFilled(config.vlanTrunk) ? 'Trunk' : undefined;
    return network({ kind: 'linux-bridge', bridge: textOf(config.bridge) || 'cni0' }, config.vlan, flaw);
  }
  if (type === 'ovn-k8s-cni-overlay' && config.topology === 'localnet') {
    const self = `${metadata.namespace ?? ''}/${metadata.name}`;
    const flaw =
      config.netAttachDefName !== self ? 'WrongReference' : textOf(config.subnets) ? 'Addresses' : undefined;
    const mapping = textOf(config.physicalNetworkName) || textOf(parsed.value.name);
    return network({ kind: 'localnet', mapping }, config.vlanID, flaw);
  }
  return type ? { state: 'other', type } : { state: 'unreadable' };
};

const network = (attachment: Attachment, tag: unknown, flaw: NadFlaw | undefined): NadReading => ({
  state: 'network',
  attachment,
  vlan: typeof tag === 'number' && tag > 0 ? tag : undefined,
  ...(flaw && { flaw }),
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

/** The console writes `ipam: {}`, which assigns nothing. */
const hasIpam = (ipam: unknown): boolean => isRecord(ipam) && Object.keys(ipam).length > 0;

/** Whether VMs on this NetworkAttachmentDefinition get what `attachment` and `vlan` ask for. Names and spelling do not matter. */
export const isSameNetwork = (nad: NetworkAttachmentDefinition, attachment: Attachment, vlan: Vlan): boolean => {
  const reading = readNad(nad);
  return (
    reading.state === 'network' &&
    reading.flaw === undefined &&
    reading.vlan === vlan &&
    wireOf(reading.attachment) === wireOf(attachment)
  );
};

const wireOf = (attachment: Attachment): string =>
  attachment.kind === 'linux-bridge' ? `bridge ${attachment.bridge}` : `mapping ${attachment.mapping}`;

/** A network in a few words. */
export const networkText = (t: Translate, attachment: Attachment, vlan: Vlan): string =>
  attachment.kind === 'linux-bridge'
    ? t('Linux bridge {{bridge}}, {{vlan}}', { bridge: attachment.bridge, vlan: vlanText(t, vlan) })
    : t('OVN localnet {{mapping}}, {{vlan}}', { mapping: attachment.mapping, vlan: vlanText(t, vlan) });

/** What a NetworkAttachmentDefinition is, in a few words. */
export const nadText = (t: Translate, nad: NetworkAttachmentDefinition): string => {
  const reading = readNad(nad);
  switch (reading.state) {
    case 'unreadable':
      return t('a configuration that cannot be read');
    case 'other':
      return t('a network of type {{type}}', { type: reading.type });
    case 'network': {
      const text = networkText(t, reading.attachment, reading.vlan);
      return reading.flaw ? t('{{network}} ({{flaw}})', { network: text, flaw: flawText(t, reading.flaw) }) : text;
    }
  }
};

const flawText = (t: Translate, flaw: NadFlaw): string => {
  switch (flaw) {
    case 'Addresses':
      return t('assigns IP addresses');
    case 'Trunk':
      return t('carries several VLANs');
    case 'WrongReference':
      return t('its netAttachDefName names another object');
  }
};
