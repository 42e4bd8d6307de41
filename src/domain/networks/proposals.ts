import type { AttachmentDraft } from './attachment';
import { emptyAttachment, nodeAttachmentOf } from './attachment';
import type { NetworksDraft } from './draft';
import { selectionOf, switchesToAttach } from './draft';
import type { Attachment } from './network';
import { usualMtu } from './network';
import type { NodeAttachment, NodeNetworks } from './node-networks';
import { remarksOn, vlansOf } from './node-remarks';
import type { PortGroup } from './port-groups';
import { isIsolated } from './switches';
import type { Vlan } from './vlan';
import { decideVlan } from './vlan';
import { coversRanges } from './vlan-ranges';

/**
 * What is proposed for a switch, and by which sign: it is in the switch's VLAN, it passes its VLANs and not all, nothing else would do, or
 * nothing would do but the bridge of the nodes' own traffic.
 */
export interface Proposal {
  readonly attachment: AttachmentDraft;
  readonly because: 'InVlan' | 'PassesVlans' | 'OnlyOne' | 'NodeNetwork';
}

interface Candidate {
  readonly attachment: Attachment;
  readonly seen: NodeAttachment;
}

/**
 * Proposes an attachment for each switch that the user has said nothing about, by switch. What fits two switches is proposed for
 * neither, and nothing that shares a wire with what another switch has: proposals never join switches. A switch without uplink gets none.
 */
export const proposeAttachments = (
  draft: NetworksDraft,
  portGroups: readonly PortGroup[],
  nodes: NodeNetworks,
): ReadonlyMap<string, Proposal> => {
  const switches = switchesToAttach(draft, portGroups);
  const tags = vlansBySwitch(draft, portGroups);
  const taken = switches.flatMap(({ id }) => {
    const answered = draft.attachments[id];
    const seen = answered && nodeAttachmentOf(answered, nodes);
    return seen ? [seen] : [];
  });
  const candidates = candidatesOn(nodes).filter(({ seen }) => !taken.some((each) => shareWire(each, seen)));
  const picks = switches.flatMap((source) => {
    if (draft.attachments[source.id] || isIsolated(source)) return [];
    const picked = pickFor(tags.get(source.id) ?? [], candidates);
    return picked ? [{ source, ...picked }] : [];
  });
  return new Map(
    picks
      .filter((one) => picks.every((other) => other === one || !shareWire(one.candidate.seen, other.candidate.seen)))
      .map(({ source, candidate, because }) => [
        source.id,
        { attachment: { ...emptyAttachment(source), ...candidate.attachment }, because },
      ]),
  );
};

/** The VLANs of a switch's port groups that get a network, as far as they are decided. */
export const vlansBySwitch = (
  { choices }: NetworksDraft,
  portGroups: readonly PortGroup[],
): ReadonlyMap<string, readonly Vlan[]> => {
  const tags = new Map<string, Vlan[]>();
  for (const portGroup of portGroups) {
    const choice = choices[portGroup.id];
    const decision = selectionOf(portGroup, choice) === 'in' && decideVlan(portGroup.reading, choice?.answer ?? {});
    if (!decision || decision.state !== 'decided') continue;
    const list = tags.get(portGroup.switch.id);
    if (list) list.push(decision.vlan);
    else tags.set(portGroup.switch.id, [decision.vlan]);
  }
  return tags;
};

/** What could be proposed at all: of which nothing is to be said, and whose wire is known. */
const candidatesOn = (nodes: NodeNetworks): readonly Candidate[] => {
  const all: readonly Candidate[] = [
    ...[...nodes.bridges].map(([bridge, seen]) => ({ attachment: { kind: 'linux-bridge', bridge } as const, seen })),
    ...[...nodes.mappings].map(([mapping, seen]) => ({ attachment: { kind: 'localnet', mapping } as const, seen })),
  ];
  return all.filter(
    ({ attachment, seen }) =>
      seen.wires.length > 0 && remarksOn(nodes, { attachment, mtu: usualMtu(attachment) }, []).length === 0,
  );
};

/** The wire of both is the same, or may be: an interface in common, unless each is in a VLAN of its own on it. */
const shareWire = (one: NodeAttachment, other: NodeAttachment): boolean => {
  if (one.uplink.state === 'vlan' && other.uplink.state === 'vlan' && one.uplink.vlan !== other.uplink.vlan)
    return false;
  const wires = new Set(one.wires);
  return other.wires.some((wire) => wires.has(wire));
};

const pickFor = (
  tags: readonly Vlan[],
  candidates: readonly Candidate[],
): { readonly candidate: Candidate; readonly because: Proposal['because'] } | undefined => {
  if (tags.length === 0) return undefined;
  const fitting = candidates.flatMap((candidate) => {
    const because = signOf(tags, candidate);
    return because ? [{ candidate, because }] : [];
  });
  // What is in the VLAN says more than what passes it, and that more than what passes everything.
  for (const because of ['InVlan', 'PassesVlans', 'OnlyOne', 'NodeNetwork'] as const) {
    const [only, ...others] = fitting.filter((each) => each.because === because);
    if (only) return others.length === 0 ? only : undefined;
  }
  return undefined;
};

const signOf = (tags: readonly Vlan[], { attachment, seen }: Candidate): Proposal['because'] | undefined => {
  const { uplink, allowed } = seen;
  if (uplink.state === 'vlan') return tags.every((tag) => tag === uplink.vlan) ? 'InVlan' : undefined;
  if (attachment.kind === 'localnet' && tags.some((tag) => typeof tag === 'object')) return undefined;
  const otherwise = seen.isNodeNetwork ? 'NodeNetwork' : 'OnlyOne';
  if (!allowed) return otherwise;
  if (!tags.every((tag) => coversRanges(allowed, vlansOf(tag)))) return undefined;
  return isNarrow(allowed) && tags.some((tag) => tag !== undefined) ? 'PassesVlans' : otherwise;
};

/** Everything but VLAN 1 is what NMState lets pass where nobody says otherwise (docs/facts/platform.md §10). */
const isNarrow = (allowed: NonNullable<NodeAttachment['allowed']>): boolean => !coversRanges(allowed, [[2, 4094]]);
