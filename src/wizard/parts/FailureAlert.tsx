import { Alert, AlertActionLink } from '@patternfly/react-core';
import { useTranslate } from '../../parts/use-translate';

interface FailureAlertProps {
  readonly title: string;
  readonly text: string;
  readonly onRetry?: () => void;
  /** Its heading: in a dialog, whose title is the first, the second. */
  readonly component?: 'h2' | 'h3';
  /** What else can be done about it. */
  readonly otherwise?: { readonly text: string; readonly run: () => void };
}

/** What went wrong and what to do about it, announced to screen readers. */
export const FailureAlert = ({ title, text, onRetry, component = 'h3', otherwise }: FailureAlertProps) => {
  const t = useTranslate();
  return (
    <Alert
      isInline
      isLiveRegion
      component={component}
      variant="danger"
      title={title}
      {...((onRetry ?? otherwise) && {
        actionLinks: (
          <>
            {onRetry && <AlertActionLink onClick={onRetry}>{t('Retry')}</AlertActionLink>}
            {otherwise && <AlertActionLink onClick={otherwise.run}>{otherwise.text}</AlertActionLink>}
          </>
        ),
      })}
    >
      {text}
    </Alert>
  );
};
