import { Alert } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import type { Translate } from '../../../domain/translate';
import { useTranslate } from '../../../parts/use-translate';
import type { Trouble } from './use-source';

interface SourceTroubleProps {
  readonly provider: string;
  readonly trouble: Trouble;
}

/** What is the matter with a vCenter whose port groups are shown all the same. */
export const SourceTrouble = ({ provider, trouble }: SourceTroubleProps) => {
  const t = useTranslate();
  return (
    <Alert
      isInline
      isLiveRegion
      component="h3"
      variant={trouble.code === 'Restarting' ? 'info' : 'warning'}
      title={titleOf(t, provider, trouble)}
    >
      {textOf(t, trouble)} {t('What is shown was read before. What you type stays.')}
    </Alert>
  );
};

const titleOf = (t: Translate, provider: string, trouble: Trouble): string => {
  switch (trouble.code) {
    case 'Restarting':
      return t('MTV is restarting, or connects to {{provider}} again', { provider });
    case 'Failed':
      return t('MTV cannot connect to {{provider}} any more', { provider });
    case 'Unwatched':
      return t('The cluster does not say how {{provider}} is', { provider });
  }
};

const textOf = (t: Translate, trouble: Trouble): string => {
  switch (trouble.code) {
    case 'Restarting':
      return t('It restarts when its settings change, such as the VDDK image. That takes a minute or two.');
    case 'Failed':
      return t('The step Connection says why.');
    case 'Unwatched':
      return failureText(t, trouble.failure);
  }
};
