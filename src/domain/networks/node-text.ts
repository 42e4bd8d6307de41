import type { Choice } from '../choices';
import { compareText } from '../compare-text';
import type { Translate } from '../translate';
import type { NodeAttachment, NodeNetworks } from './node-networks';
import type { NodeRemark } from './node-remarks';
import type { Proposal } from './proposals';
import { rangesText } from './vlan-ranges';

/** What the nodes say of a bridge or mapping, in a few words: on how many it is, over what, in which VLAN, with which MTU. */
export const attachmentSummary = (t: Translate, attached: NodeAttachment, { nodes: all }: NodeNetworks): string =>
  [
    t('{{nodes}} of {{all}} nodes', { nodes: attached.nodes.length, all }),
    ...(attached.over.length > 0 ? [t('uplink {{interfaces}}', { interfaces: attached.over.join(', ') })] : []),
    ...uplinkWords(t, attached),
    ...(attached.allowed ? [t('passes VLANs {{ranges}}', { ranges: rangesText(attached.allowed) })] : []),
    ...(attached.mtu === undefined ? [] : [t('MTU {{mtu}}', { mtu: attached.mtu })]),
  ].join(' · ');

const uplinkWords = (t: Translate, { uplink }: NodeAttachment): readonly string[] => {
  switch (uplink.state) {
    case 'vlan':
      return [t('already in VLAN {{vlan}}, so its networks get no tag', { vlan: uplink.vlan })];
    case 'none':
      return [t('no uplink')];
    case 'differs':
      return [t('differs between nodes')];
    case 'open':
      return [];
  }
};

/** Why an attachment is proposed. Only the user can know that it is right. */
export const proposalText = (t: Translate, because: Proposal['because']): string => {
  switch (because) {
    case 'InVlan':
      return t('Suggested because it is already in the VLAN of these port groups. Check that it is the same wire.');
    case 'PassesVlans':
      return t('Suggested because it passes the VLANs of these port groups. Check that it is the same wire.');
    case 'OnlyOne':
      return t('Suggested because nothing else on all nodes is suitable. Check that it is the same wire.');
    case 'NodeNetwork':
      return t(
        "Suggested because only the nodes' own network is suitable. Check that its switch ports carry the VLANs of these port groups.",
      );
  }
};

/** The bridges or mappings of the nodes, as things to choose: those on most nodes first. */
export const nodeChoices = (t: Translate, nodes: NodeNetworks, kind: 'bridges' | 'mappings'): readonly Choice[] =>
  [...nodes[kind]]
    .sort(([a, one], [b, other]) => other.nodes.length - one.nodes.length || compareText(a, b))
    .map(([value, attached]) => ({ value, description: attachmentSummary(t, attached, nodes) }));

/** What is doubtful about `name`, what it means for virtual machines, and what to do. */
export const remarkText = (t: Translate, name: string, remark: NodeRemark): string => {
  switch (remark.code) {
    case 'Absent':
      return t('No node has {{name}} yet.', { name });
    case 'NodesDiffer':
      return t('The nodes have {{name}} in different VLANs.', { name });
    case 'NoUplink':
      return t('{{name}} has no uplink, so its virtual machines reach only those on the same node.', { name });
    case 'SomeNodes':
      return someNodesText(t, name, remark);
    case 'PoliciesConflict':
      return t('The policies {{policies}} put {{name}} on different bridges: {{bridges}}. Make them alike.', {
        name,
        policies: remark.policies.join(', '),
        bridges: remark.bridges.join(', '),
      });
    case 'PolicyOpen':
      return remark.state === 'failed'
        ? t('The policy {{policy}} failed on some nodes. See its enactments for the reason.', { policy: remark.policy })
        : t('The policy {{policy}} is still being carried out.', { policy: remark.policy });
    case 'MtuAbove':
      return t('The MTU {{mtu}} is above that of {{name}} on the nodes, {{most}}. Larger frames are dropped.', {
        name,
        mtu: remark.mtu,
        most: remark.most,
      });
    case 'VlansFiltered':
      return t(
        '{{name}} does not pass the VLANs {{vlans}}, only {{allowed}}. Allow them in the node network configuration policy.',
        { name, vlans: rangesText(remark.vlans), allowed: rangesText(remark.allowed) },
      );
  }
};

const someNodesText = (
  t: Translate,
  name: string,
  { kind, nodes, all, isExact }: Extract<NodeRemark, { code: 'SomeNodes' }>,
): string =>
  [
    kind === 'linux-bridge'
      ? t('{{name}} is on {{nodes}} of {{all}} nodes. Its virtual machines run only there.', { name, nodes, all })
      : t('{{name}} is on {{nodes}} of {{all}} nodes. On the others, its virtual machines do not start.', {
          name,
          nodes,
          all,
        }),
    ...(isExact ? [] : [t('Which of the nodes run virtual machines is not known.')]),
  ].join(' ');
