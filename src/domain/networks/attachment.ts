import type { Result } from '../result';
import { err, ok } from '../result';
import type { Attachment, Network } from './network';
import { usualMtu } from './network';
import type { NodeNetworks, NodeAttachment } from './node-networks';
import type { SourceSwitch } from './switches';
import { isIsolated } from './switches';
import type { Vlan, VlanProblem } from './vlan';
import { checkVlan } from './vlan';

/** What is typed and chosen for one vSphere switch: what its port groups come to on the nodes. */
export interface AttachmentDraft {
  /** `none`: its port groups are left out. Undecided where only the user can say. */
  readonly kind?: Attachment['kind'] | 'none';
  readonly bridge: string;
  readonly mapping: string;
  /** The VLAN that bridge or mapping is in already, as typed. */
  readonly inVlan: string;
  /** As typed; empty for the usual. */
  readonly mtu: string;
  readonly anyMac: boolean;
}

/** Nothing is chosen for an isolated switch: attaching it would join what vSphere keeps apart. */
export const emptyAttachment = (source: SourceSwitch): AttachmentDraft => ({
  ...(!isIsolated(source) && { kind: 'linux-bridge' }),
  bridge: '',
  mapping: '',
  inVlan: '',
  mtu: '',
  anyMac: false,
});

/** What is wrong with the name of a Linux bridge. */
export type BridgeProblem = 'BridgeEmpty' | 'BridgeTooLong' | 'BridgeSyntax' | 'BridgeOfOvn';
/** What is wrong with the name of an OVN bridge mapping. */
export type MappingProblem = 'MappingEmpty' | 'MappingSyntax';

/** What is wrong with the answers for a switch, by the place where it is to be mended. */
export type AttachmentProblem =
  | { readonly field: 'attachment'; readonly code: 'Undecided' }
  | { readonly field: 'bridge'; readonly code: BridgeProblem }
  | { readonly field: 'mapping'; readonly code: MappingProblem }
  | { readonly field: 'bridge' | 'mapping'; readonly code: 'NodesDiffer' }
  | { readonly field: 'in-vlan'; readonly code: Exclude<VlanProblem, 'VlanEmpty'> }
  | { readonly field: 'mtu'; readonly code: 'MtuInvalid' };

/** What a switch comes to on the nodes, without its port groups' VLANs. */
export interface SwitchAttachment extends Omit<Network, 'tag'> {
  /** What leaves it without a tag is in this VLAN. */
  readonly inVlan: number | undefined;
}

/** A Linux interface name (15 characters), as part of the resource name that the bridge plugin offers on nodes. */
export const checkBridge = (bridge: string): BridgeProblem | undefined => {
  if (bridge === '') return 'BridgeEmpty';
  if (bridge.length > 15) return 'BridgeTooLong';
  if (!/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(bridge)) return 'BridgeSyntax';
  return /^br-(ex|int)$/.test(bridge) ? 'BridgeOfOvn' : undefined;
};

/** OVN writes mappings as "mapping:bridge,mapping:bridge". */
export const checkMapping = (mapping: string): MappingProblem | undefined => {
  if (mapping === '') return 'MappingEmpty';
  return /^[^\s:,/]{1,63}$/.test(mapping) ? undefined : 'MappingSyntax';
};

/** What the nodes say of the bridge or mapping that is named; `undefined` where they may not be asked or have none. */
export const nodeAttachmentOf = (
  { kind, bridge, mapping }: AttachmentDraft,
  nodes: NodeNetworks | undefined,
): NodeAttachment | undefined =>
  kind === 'localnet' ? nodes?.mappings.get(mapping.trim()) : nodes?.bridges.get(bridge.trim());

/** The bridge or mapping as it is named; `undefined` where the switch gets none or nothing is decided. */
export const attachmentOf = ({ kind, bridge, mapping }: AttachmentDraft): Attachment | undefined => {
  if (kind === 'linux-bridge') return { kind, bridge: bridge.trim() };
  return kind === 'localnet' ? { kind, mapping: mapping.trim() } : undefined;
};

/** The answers as data, or everything that is wrong with them. `none`: the switch is left out. */
export const readAttachment = (
  draft: AttachmentDraft,
  nodes: NodeNetworks | undefined,
): Result<SwitchAttachment | 'none', readonly AttachmentProblem[]> => {
  if (draft.kind === 'none') return ok('none');
  const attachment = attachmentOf(draft);
  if (!attachment) return err([{ field: 'attachment', code: 'Undecided' }]);
  const problems: AttachmentProblem[] = [];
  const field = attachment.kind === 'linux-bridge' ? 'bridge' : 'mapping';
  if (attachment.kind === 'linux-bridge') {
    const code = checkBridge(attachment.bridge);
    if (code) problems.push({ field: 'bridge', code });
  } else {
    const code = checkMapping(attachment.mapping);
    if (code) problems.push({ field: 'mapping', code });
  }
  const uplink = nodeAttachmentOf(draft, nodes)?.uplink;
  const typed = draft.inVlan.trim() === '' ? undefined : checkVlan(draft.inVlan);
  if (uplink?.state === 'differs' && typed === undefined) problems.push({ field, code: 'NodesDiffer' });
  if (typed && !typed.ok && typed.error !== 'VlanEmpty') problems.push({ field: 'in-vlan', code: typed.error });
  const mtu = readMtu(draft.mtu);
  if (!mtu.ok) problems.push({ field: 'mtu', code: mtu.error });
  if (problems.length > 0) return err(problems);
  return ok({
    attachment,
    // The nodes know better than the user which VLAN an interface is; an access port behind them only the user knows.
    inVlan: uplink?.state === 'vlan' ? uplink.vlan : typed?.ok ? typed.value : undefined,
    mtu: (mtu.ok ? mtu.value : undefined) ?? usualMtu(attachment),
    anyMac: attachment.kind === 'linux-bridge' && draft.anyMac,
  });
};

/** IPv6 needs 1280; the largest that Linux and OVN take is 65535, cards end earlier. Empty: the usual one. */
export const readMtu = (text: string): Result<number | undefined, 'MtuInvalid'> => {
  if (text.trim() === '') return ok(undefined);
  const mtu = Number(text);
  return Number.isInteger(mtu) && mtu >= 1280 && mtu <= 65535 ? ok(mtu) : err('MtuInvalid');
};

/** `OtherVlan`: the wire is in one VLAN already and carries no other. `TrunkOnLocalnet`: OVN passes no tags on. */
export type TagProblem = 'OtherVlan' | 'TrunkOnLocalnet';

/** The tag for a VLAN on a wire: none where the wire is in it already, never two. */
export const tagOn = ({ attachment, inVlan }: SwitchAttachment, vlan: Vlan): Result<Vlan, TagProblem> => {
  if (inVlan !== undefined) return vlan === inVlan ? ok(undefined) : err('OtherVlan');
  return attachment.kind === 'localnet' && typeof vlan === 'object' ? err('TrunkOnLocalnet') : ok(vlan);
};
