import type { ClusterFailure } from '../failure';
import type { NodeNetworkState } from '../nmstate-objects';
import type { Translate } from '../translate';
import type { Watched } from '../watched';

/**
 * Why nothing is known of the nodes' networks: NMState is not there, may not be read, did not answer, or has not reported yet; or the part
 * of the page that reads it could not be loaded.
 */
export type NodesUnknown = 'absent' | 'forbidden' | 'failed' | 'silent' | 'unloaded';

/** Why the nodes tell nothing; `undefined` while that is open, or when they do. */
export const nodesUnknown = (states: Watched<NodeNetworkState>): NodesUnknown | undefined => {
  switch (states.state) {
    case 'loading':
      return undefined;
    case 'absent':
      return 'absent';
    case 'failed':
      return whyOf(states.failure);
    case 'loaded':
      return states.items.length === 0 ? 'silent' : undefined;
  }
};

const whyOf = ({ code }: ClusterFailure): NodesUnknown => {
  if (code === 'KindAbsent') return 'absent';
  return code === 'Forbidden' ? 'forbidden' : 'failed';
};

/** The same in words, with what the user does instead. */
export const nodesUnknownText = (t: Translate, why: NodesUnknown): string =>
  `${t('The networks of the nodes cannot be seen.')} ${whyText(t, why)} ${t('Enter the names, and check them yourself.')}`;

const whyText = (t: Translate, why: NodesUnknown): string => {
  switch (why) {
    case 'absent':
      return t('NMState is not installed.');
    case 'forbidden':
      return t('You are not permitted to list NodeNetworkStates.');
    case 'failed':
      return t('The cluster did not answer.');
    case 'silent':
      return t('NMState has not reported any node yet.');
    case 'unloaded':
      return t('A part of this page could not be loaded.');
  }
};
