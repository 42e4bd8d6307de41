import { convergeFailureText } from '../../../../domain/converge-text';
import { failureText } from '../../../../domain/failure';
import { makingProblemText, nodeProgressText } from '../../../../domain/networks/new-bridge/bridge-text';
import type { NodeProgress } from '../../../../domain/networks/new-bridge/roll-out';
import type { Translate } from '../../../../domain/translate';
import type { MakingFailure, MakingPhase, TakingBack } from '../../../../work/make-bridge';

/** What is going on, in words. */
export const phaseText = (t: Translate, phase: MakingPhase): string => {
  switch (phase) {
    case 'first':
      return t('One node gets it first. NMState tests the node before it keeps the change.');
    case 'rest':
      return t('The first node has it. The others follow one by one.');
    case 'back':
      return t('It is taken away from the nodes again.');
  }
};

/** Why there is no bridge, what became of what was begun, and what to do. */
export const makingFailureText = (t: Translate, failure: MakingFailure, policy: string): string => {
  switch (failure.code) {
    case 'NotStored':
      return [
        convergeFailureText(t, failure.failure, makingProblemText),
        ...(failure.back ? [takingBackText(t, failure.back, policy)] : []),
      ].join(' ');
    case 'Failed':
      return [...failedNodes(t, failure.nodes), takingBackText(t, failure.back, policy)].join(' ');
    case 'Cancelled':
      return takingBackText(t, failure.back, policy);
    case 'Unseen':
      return [failureText(t, failure.failure), goesOnText(t, policy)].join(' ');
    case 'Stalled':
      return [t('Nothing has moved for 15 minutes.'), goesOnText(t, policy)].join(' ');
  }
};

const failedNodes = (t: Translate, nodes: readonly NodeProgress[]): readonly string[] =>
  nodes
    .filter(({ state }) => state === 'failed')
    .map((each) => t('{{node}}: {{what}}', { node: each.node, what: nodeProgressText(t, each) }));

const goesOnText = (t: Translate, policy: string): string =>
  t('The policy {{policy}} stays, and NMState goes on with it. Retry to follow it, or take it back.', { policy });

const takingBackText = (t: Translate, back: TakingBack, policy: string): string => {
  if (back.state === 'done') return t('No node has the bridge now, and its policy is deleted.');
  const why = back.failure ? [convergeFailureText<never>(t, back.failure, () => '')] : failedNodes(t, back.nodes);
  return [
    t(
      'The policy {{policy}} stays, because not every node is known to be without the bridge. It says that the bridge is to go.',
      {
        policy,
      },
    ),
    ...why,
    t('Once that is mended, undo it on the Summary.'),
  ].join(' ');
};
