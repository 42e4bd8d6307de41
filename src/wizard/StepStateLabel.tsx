import { Icon } from '@patternfly/react-core';
import {
  CheckCircleIcon,
  ExclamationTriangleIcon,
  InProgressIcon,
  LockIcon,
  PendingIcon,
  QuestionCircleIcon,
} from '@patternfly/react-icons';
import type { StepState } from '../domain/checks/step-state';
import type { Translate } from '../domain/translate';
import { steps } from './registry';
import { useTranslate } from '../parts/use-translate';

const looks = {
  done: { icon: <CheckCircleIcon />, status: 'success' },
  flawed: { icon: <ExclamationTriangleIcon />, status: 'warning' },
  attention: { icon: <ExclamationTriangleIcon />, status: 'warning' },
  underway: { icon: <InProgressIcon />, status: 'info' },
  waiting: { icon: <PendingIcon />, status: 'custom' },
  forbidden: { icon: <LockIcon />, status: 'custom' },
  unknown: { icon: <QuestionCircleIcon />, status: 'custom' },
  checking: { icon: <InProgressIcon />, status: 'info' },
} as const;

const textOf = (t: Translate, state: StepState): string => {
  switch (state.state) {
    case 'done':
      return t('Done');
    case 'flawed':
      return t('Done, with a warning');
    case 'attention':
      return t('Needs attention');
    case 'underway':
      return t('Under way');
    case 'waiting':
      return t('Waiting for {{step}}', { step: steps.find(({ id }) => id === state.for)?.name(t) ?? state.for });
    case 'forbidden':
      return t('No permission');
    case 'unknown':
      return t('Cannot be checked');
    case 'checking':
      return t('Checking');
  }
};

/** How a step stands, as an icon and in words. `id` is for the button that it describes. */
export const StepStateLabel = ({ state, id }: { readonly state: StepState; readonly id: string }) => {
  const t = useTranslate();
  const { icon, status } = looks[state.state];
  return (
    <small id={id} style={{ display: 'block', color: 'var(--pf-t--global--text--color--subtle)' }}>
      <Icon status={status} isInline aria-hidden>
        {icon}
      </Icon>{' '}
      {textOf(t, state)}
    </small>
  );
};
