import { nameProblemText } from '../names';
import type { Translate } from '../translate';
import type { NetworksProblem } from './draft';
import { nameOfAttachment } from './network';
import { vlanProblemText } from './vlan';
import type { BridgeProblem, MappingProblem, SwitchAttachment, AttachmentProblem } from './attachment';

/** What is wrong in the Networks step, and what would be right. */
export const networksProblemText = (t: Translate, problem: NetworksProblem): string => {
  switch (problem.field) {
    case 'attachment':
      return attachmentProblemText(t, problem.problem);
    case 'project':
      return problem.code === 'NameEmpty'
        ? t('Choose the project that the VMs will run in.')
        : nameProblemText(t, problem.code);
    case 'vlan':
      return problem.code === 'Unanswered'
        ? t('Choose the VLAN, or skip this port group.')
        : vlanProblemText(t, problem.code);
    case 'tag':
      return problem.code === 'OtherVlan'
        ? otherVlanText(t, problem.attached)
        : t('An OVN localnet does not pass tags on. Choose one VLAN, or attach the switch to a Linux bridge.');
    case 'name':
      return nameProblemText(t, problem.code);
    case 'port-groups':
      return t('Choose at least one port group.');
  }
};

const otherVlanText = (t: Translate, { attachment, inVlan }: SwitchAttachment): string =>
  t(
    '{{name}} is already in VLAN {{vlan}} and carries no other VLAN. Skip this port group here, and attach it to another bridge later.',
    { name: nameOfAttachment(attachment), vlan: inVlan ?? '' },
  );

/** What is wrong with the answers for a switch, and what would be right. */
export const attachmentProblemText = (t: Translate, problem: AttachmentProblem): string => {
  switch (problem.code) {
    case 'Undecided':
      return t('Choose how to attach this switch, or skip its port groups.');
    case 'NodesDiffer':
      return t(
        'The bridge is in different VLANs on different nodes, so a virtual machine would change its network with its node. Make the nodes alike, or enter the VLAN below.',
      );
    case 'MtuInvalid':
      return t('An MTU is a number from 1280 to 65535.');
    case 'MappingEmpty':
    case 'MappingSyntax':
      return mappingProblemText(t, problem.code);
    case 'BridgeEmpty':
    case 'BridgeTooLong':
    case 'BridgeSyntax':
    case 'BridgeOfOvn':
      return bridgeProblemText(t, problem.code);
    case 'VlanNotNumber':
    case 'VlanZero':
    case 'VlanAll':
    case 'VlanOutOfRange':
      return vlanProblemText(t, problem.code);
  }
};

const bridgeProblemText = (t: Translate, code: BridgeProblem): string => {
  switch (code) {
    case 'BridgeEmpty':
      return t('Enter the name of the Linux bridge on the nodes, such as br1.');
    case 'BridgeTooLong':
      return t('The name of a Linux bridge has at most 15 characters.');
    case 'BridgeSyntax':
      return t('Use only letters, digits, "-", "_" and ".". Begin and end with a letter or digit.');
    case 'BridgeOfOvn':
      return t('This bridge belongs to the cluster network and is not a Linux bridge. Choose OVN localnet to use it.');
  }
};

const mappingProblemText = (t: Translate, code: MappingProblem): string =>
  code === 'MappingEmpty'
    ? t('Enter the name of the bridge mapping on the nodes, such as physnet.')
    : t('The name of a bridge mapping has at most 63 characters and no spaces, ":", "," or "/".');
