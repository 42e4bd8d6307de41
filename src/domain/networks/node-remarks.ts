import type { AttachmentDraft } from './attachment';
import { attachmentOf, nodeAttachmentOf, readMtu } from './attachment';
import type { Attachment, Network } from './network';
import { nameOfAttachment, usualMtu } from './network';
import type { MappingConflict, OpenPolicy } from './node-policies';
import type { NodeNetworks } from './node-networks';
import { readRangesText } from './trunk';
import type { Vlan } from './vlan';
import type { VlanRanges } from './vlan-ranges';
import { coversRanges, rangesOf } from './vlan-ranges';

/** What is doubtful about a bridge or mapping, as the nodes have it, for the networks that shall be on it. */
export type NodeRemark =
  /** No node has it. */
  | { readonly code: 'Absent' }
  /**
   * Nodes lack it. With a bridge, virtual machines are not scheduled there. With a mapping they are, and do not start: nothing tells the
   * scheduler. `isExact`: it is known which nodes run any.
   */
  | {
      readonly code: 'SomeNodes';
      readonly kind: Attachment['kind'];
      readonly nodes: number;
      readonly all: number;
      readonly isExact: boolean;
    }
  | { readonly code: 'NodesDiffer' | 'NoUplink' }
  | ({ readonly code: 'PoliciesConflict' } & MappingConflict)
  | ({ readonly code: 'PolicyOpen' } & OpenPolicy)
  | { readonly code: 'MtuAbove'; readonly mtu: number; readonly most: number }
  /** VLANs that the bridge does not let out, and those that it does. */
  | { readonly code: 'VlansFiltered'; readonly vlans: VlanRanges; readonly allowed: VlanRanges };

/** The VLANs of a tag; of an untagged network none. */
export const vlansOf = (tag: Vlan): VlanRanges => {
  if (tag === undefined) return [];
  return typeof tag === 'number' ? [[tag, tag]] : readRangesText(tag.trunk);
};

/** Everything that is doubtful, the worst first; empty when the nodes have it as the networks need it. `tags`: of these networks. */
export const remarksOn = (
  nodes: NodeNetworks,
  { attachment, mtu }: Pick<Network, 'attachment' | 'mtu'>,
  tags: readonly Vlan[],
): readonly NodeRemark[] => {
  const name = nameOfAttachment(attachment);
  const seen = attachment.kind === 'linux-bridge' ? nodes.bridges.get(name) : nodes.mappings.get(name);
  const conflict = attachment.kind === 'localnet' ? nodes.policies.conflicts.get(name) : undefined;
  const open = nodes.policies.open.get(name);
  const ofPolicies: readonly NodeRemark[] = [
    ...(conflict ? [{ code: 'PoliciesConflict', ...conflict } as const] : []),
    ...(open ? [{ code: 'PolicyOpen', ...open } as const] : []),
  ];
  if (!seen) return [{ code: 'Absent' }, ...ofPolicies];
  const { nodes: all, isExact } = nodes;
  const filtered = seen.allowed ? blocked(seen.allowed, tags) : [];
  return [
    ...(seen.uplink.state === 'differs' ? [{ code: 'NodesDiffer' } as const] : []),
    ...(seen.uplink.state === 'none' ? [{ code: 'NoUplink' } as const] : []),
    ...(seen.nodes.length < all
      ? [{ code: 'SomeNodes', kind: attachment.kind, nodes: seen.nodes.length, all, isExact } as const]
      : []),
    ...ofPolicies,
    ...(mtu !== undefined && seen.mtu !== undefined && mtu > seen.mtu
      ? [{ code: 'MtuAbove', mtu, most: seen.mtu } as const]
      : []),
    ...(seen.allowed && filtered.length > 0
      ? [{ code: 'VlansFiltered', vlans: filtered, allowed: seen.allowed } as const]
      : []),
  ];
};

/** The same of what is chosen for a switch, for the VLANs of its port groups; nothing while no bridge or mapping is named. */
export const remarksOnChoice = (
  nodes: NodeNetworks,
  draft: AttachmentDraft,
  vlans: readonly Vlan[],
): readonly NodeRemark[] => {
  const attachment = attachmentOf(draft);
  if (!attachment || nameOfAttachment(attachment) === '') return [];
  const mtu = readMtu(draft.mtu);
  // What is in a VLAN already gets no tag.
  const isTagged = draft.inVlan.trim() === '' && nodeAttachmentOf(draft, nodes)?.uplink.state !== 'vlan';
  return remarksOn(
    nodes,
    { attachment, mtu: (mtu.ok ? mtu.value : undefined) ?? usualMtu(attachment) },
    isTagged ? vlans : [],
  );
};

const blocked = (allowed: VlanRanges, tags: readonly Vlan[]): VlanRanges =>
  rangesOf(
    tags
      .map(vlansOf)
      .filter((each) => !coversRanges(allowed, each))
      .flat(),
  );
