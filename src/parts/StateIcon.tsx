import { Icon } from '@patternfly/react-core';
import {
  CheckCircleIcon,
  ExclamationCircleIcon,
  ExclamationTriangleIcon,
  InProgressIcon,
  QuestionCircleIcon,
  UnknownIcon,
} from '@patternfly/react-icons';
import type { VerdictState } from '../domain/checks/check';
import type { Translate } from '../domain/translate';
import { useTranslate } from './use-translate';

const icons = {
  ready: { icon: <CheckCircleIcon />, status: 'success' },
  warning: { icon: <ExclamationTriangleIcon />, status: 'warning' },
  blocked: { icon: <ExclamationCircleIcon />, status: 'warning' },
  waiting: { icon: <InProgressIcon />, status: 'info' },
  loading: { icon: <UnknownIcon />, status: 'info' },
  unknown: { icon: <QuestionCircleIcon />, status: 'custom' },
} as const;

/** A verdict's state in a word or two. */
export const stateText = (t: Translate, state: VerdictState): string => {
  switch (state) {
    case 'ready':
      return t('Ready');
    case 'warning':
      return t('Ready with a warning');
    case 'blocked':
      return t('To do');
    case 'waiting':
      return t('In progress');
    case 'loading':
      return t('Checking');
    case 'unknown':
      return t('Unknown');
  }
};

interface StateIconProps {
  readonly state: VerdictState;
  /** The state stands beside it in words. */
  readonly isBesideText?: boolean;
}

/** A verdict's state as an icon, named for those who do not see it. */
export const StateIcon = ({ state, isBesideText = false }: StateIconProps) => {
  const t = useTranslate();
  const { icon, status } = icons[state];
  return (
    <Icon
      status={status}
      {...(isBesideText ? { 'aria-hidden': true } : { role: 'img', 'aria-label': stateText(t, state) })}
    >
      {icon}
    </Icon>
  );
};
