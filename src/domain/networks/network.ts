import type { Vlan } from './vlan';

/** How VMs get onto the wire: by a Linux bridge that the nodes have, or by an OVN localnet's bridge mapping. */
export type Attachment =
  { readonly kind: 'linux-bridge'; readonly bridge: string } | { readonly kind: 'localnet'; readonly mapping: string };

/** A network of VMs as the nodes create it. Two networks are the same if and only if all of these fields are equal. */
export interface Network {
  readonly attachment: Attachment;
  /** The tag that the attachment puts on: none on a bridge that is in its VLAN already. */
  readonly tag: Vlan;
  /** `undefined`: the bridge's own. A localnet always has one. */
  readonly mtu: number | undefined;
  /** Whether VMs may send from MAC addresses other than their own. Bridges only: a localnet never checks. */
  readonly anyMac: boolean;
}

/**
 * What a localnet gets unless told otherwise. Without an MTU, OVN-Kubernetes gives it the overlay's, which is smaller than the wire's
 * (docs/facts/platform.md, corrections).
 */
export const localnetMtu = 1500;

/** What an attachment's networks get unless told otherwise; `undefined`: what the bridge has. */
export const usualMtu = ({ kind }: Attachment): number | undefined => (kind === 'localnet' ? localnetMtu : undefined);

/** The same text for the same tagging. */
const vlanKey = (vlan: Vlan): string =>
  vlan === undefined ? 'untagged' : typeof vlan === 'number' ? String(vlan) : `trunk ${vlan.trunk}`;

/** Where a network's frames go: the same text for the same attachment and tag. */
export const frameKey = ({ attachment, tag }: Pick<Network, 'attachment' | 'tag'>): string =>
  `${attachment.kind} ${nameOfAttachment(attachment)} ${vlanKey(tag)}`;

/** The same text for the same network. */
export const networkKey = (network: Network): string =>
  `${frameKey(network)} ${String(network.mtu)} ${String(network.anyMac)}`;

/** The bridge's or mapping's name. */
export const nameOfAttachment = (attachment: Attachment): string =>
  attachment.kind === 'linux-bridge' ? attachment.bridge : attachment.mapping;
