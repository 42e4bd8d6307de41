import { Alert, AlertActionLink } from '@patternfly/react-core';
import { useTranslate } from '../../parts/use-translate';

interface FailureAlertProps {
  readonly title: string;
  readonly text: string;
  readonly onRetry?: () => void;
}

/** What went wrong and what to do about it, announced to screen readers. */
export const FailureAlert = ({ title, text, onRetry }: FailureAlertProps) => {
  const t = useTranslate();
  return (
    <Alert
      isInline
      isLiveRegion
      component="h3"
      variant="danger"
      title={title}
      {...(onRetry && { actionLinks: <AlertActionLink onClick={onRetry}>{t('Retry')}</AlertActionLink> })}
    >
      {text}
    </Alert>
  );
};
