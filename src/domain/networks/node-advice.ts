import type { Choice } from '../choices';
import type { Translate } from '../translate';
import type { AttachmentDraft } from './attachment';
import { attachmentOf, nodeAttachmentOf } from './attachment';
import { nameOfAttachment } from './network';
import type { NodeNetworks } from './node-networks';
import { remarksOnChoice } from './node-remarks';
import { attachmentSummary, nodeChoices, proposalText, remarkText } from './node-text';
import type { Proposal } from './proposals';
import type { Vlan } from './vlan';

/** What the nodes have to say where a bridge or mapping is chosen for a switch. */
export interface NodeAdvice {
  readonly choices: readonly Choice[];
  /** What is chosen, in a few words, and why it is proposed if it is; `undefined` where the nodes do not have it. */
  readonly summary: string | undefined;
  /** What is doubtful about it. */
  readonly doubts: string | undefined;
  /** Said of a name that no node has. */
  readonly strangerText: (typed: string) => string;
  /** How such a name is taken all the same. */
  readonly confirmText: (typed: string) => string;
}

/** The advice for what is chosen. `vlans`: of the port groups that are to get a network. `because`: the sign by which it is proposed. */
export const adviseOn = (
  t: Translate,
  nodes: NodeNetworks,
  attachment: AttachmentDraft,
  vlans: readonly Vlan[],
  because: Proposal['because'] | undefined,
): NodeAdvice => {
  const named = attachmentOf(attachment);
  const seen = nodeAttachmentOf(attachment, nodes);
  const name = named ? nameOfAttachment(named) : '';
  const remarks = remarksOnChoice(nodes, attachment, vlans).map((each) => remarkText(t, name, each));
  const reason = because ? [proposalText(t, because)] : [];
  return {
    choices: nodeChoices(t, nodes, attachment.kind === 'localnet' ? 'mappings' : 'bridges'),
    summary: seen && [...reason, attachmentSummary(t, seen, nodes)].join(' '),
    doubts: remarks.length > 0 ? remarks.join(' ') : undefined,
    strangerText: (typed) =>
      t('No node has {{name}}. Choose one from the list, or confirm there that it will be created.', { name: typed }),
    confirmText: (typed) => t('Use {{name}}, which no node has yet', { name: typed }),
  };
};
