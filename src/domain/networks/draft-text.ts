import { nameProblemText } from '../names';
import type { Translate } from '../translate';
import type { BridgeProblem, MappingProblem, NetworksProblem } from './draft';
import { vlanProblemText } from './vlan';

/** What is wrong in the Networks step, and what would be right. */
export const networksProblemText = (t: Translate, problem: NetworksProblem): string => {
  switch (problem.field) {
    case 'bridge':
      return bridgeProblemText(t, problem.code);
    case 'mapping':
      return mappingProblemText(t, problem.code);
    case 'project':
      return problem.code === 'NameEmpty' ? t('Choose the project that the VMs will run in.') : nameProblemText(t, problem.code);
    case 'vlan':
      return problem.code === 'Unanswered'
        ? t('Answer which VLAN it is, or skip this port group.')
        : vlanProblemText(t, problem.code);
    case 'name':
      return nameProblemText(t, problem.code);
    case 'port-groups':
      return t('Choose at least one port group.');
  }
};

const bridgeProblemText = (t: Translate, code: BridgeProblem): string => {
  switch (code) {
    case 'BridgeEmpty':
      return t('Enter the name of the Linux bridge on the nodes, such as br1.');
    case 'BridgeTooLong':
      return t('The name of a Linux bridge has at most 15 characters.');
    case 'BridgeSyntax':
      return t('Use letters, digits, "-", "_" and "." only, beginning and ending with a letter or digit.');
    case 'BridgeOfOvn':
      return t('This bridge belongs to the cluster network and is no Linux bridge. Choose OVN localnet to use it.');
  }
};

const mappingProblemText = (t: Translate, code: MappingProblem): string =>
  code === 'MappingEmpty'
    ? t('Enter the name of the bridge mapping on the nodes, such as physnet.')
    : t('The name of a bridge mapping has at most 63 characters and no spaces, ":", "," or "/".');
