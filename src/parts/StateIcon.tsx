// By the paths that the console shares: the build rewrites imports of a module once, and this one is in the Overview as well as in the page.
import { Icon } from '@patternfly/react-core/dist/dynamic/components/Icon';
import { CheckCircleIcon } from '@patternfly/react-icons/dist/dynamic/icons/check-circle-icon';
import { ExclamationCircleIcon } from '@patternfly/react-icons/dist/dynamic/icons/exclamation-circle-icon';
import { ExclamationTriangleIcon } from '@patternfly/react-icons/dist/dynamic/icons/exclamation-triangle-icon';
import { InProgressIcon } from '@patternfly/react-icons/dist/dynamic/icons/in-progress-icon';
import { QuestionCircleIcon } from '@patternfly/react-icons/dist/dynamic/icons/question-circle-icon';
import type { VerdictState } from '../domain/checks/check';
import type { Translate } from '../domain/translate';
import { useTranslate } from './use-translate';

const icons = {
  ready: { icon: <CheckCircleIcon />, status: 'success' },
  warning: { icon: <ExclamationTriangleIcon />, status: 'warning' },
  blocked: { icon: <ExclamationCircleIcon />, status: 'warning' },
  waiting: { icon: <InProgressIcon />, status: 'info' },
  loading: { icon: <InProgressIcon />, status: 'info' },
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
