import { Alert } from '@patternfly/react-core';
import { failureText } from '../../domain/failure';
import type { Translate } from '../../domain/translate';
import { useTranslate } from '../../parts/use-translate';
import type { Trouble } from './use-source';

interface SourceTroubleProps {
  readonly provider: string;
  readonly trouble: Trouble;
}

/** What is the matter with a vCenter whose inventory is shown all the same. */
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
      {textOf(t, trouble)} {t('This was read earlier. What you type is kept.')}
    </Alert>
  );
};

const titleOf = (t: Translate, provider: string, trouble: Trouble): string => {
  switch (trouble.code) {
    case 'Restarting':
      return t('MTV is restarting or reconnecting to {{provider}}', { provider });
    case 'Failed':
      return t('MTV can no longer connect to {{provider}}', { provider });
    case 'Unwatched':
      return t('The cluster does not report the state of {{provider}}', { provider });
  }
};

const textOf = (t: Translate, trouble: Trouble): string => {
  switch (trouble.code) {
    case 'Restarting':
      return t('It restarts when its settings change, such as the VDDK image. That takes a minute or two.');
    case 'Failed':
      return t('The Connection step shows the reason.');
    case 'Unwatched':
      return failureText(t, trouble.failure);
  }
};
