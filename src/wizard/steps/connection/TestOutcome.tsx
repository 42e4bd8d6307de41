import { Alert, AlertActionLink } from '@patternfly/react-core';
import { connectProblemText } from '../../../domain/connection/connect-wish';
import { refusalText } from '../../../domain/connection/refusal';
import { convergeFailureText } from '../../../domain/converge-text';
import type { Translate } from '../../../domain/translate';
import { useTranslate } from '../../../parts/use-translate';
import type { ConnectFailure, Tested } from '../../../work/connect';
import { FailureAlert } from '../../parts/FailureAlert';
import { Outcome } from '../../parts/Outcome';
import type { Test } from './use-test';

interface TestOutcomeProps {
  readonly test: Test;
  readonly onRun: () => void;
  readonly onDismiss: () => void;
}

/** How a test of a Provider stands, and what came of it. */
export const TestOutcome = ({ test, onRun, onDismiss }: TestOutcomeProps) => {
  const t = useTranslate();
  switch (test.state) {
    case 'resting':
      return null;
    case 'asking':
      return (
        <Alert
          isInline
          isLiveRegion
          component="h4"
          variant="warning"
          title={t('The last try was rejected')}
          actionLinks={
            <>
              <AlertActionLink onClick={onRun}>{t('Test all the same')}</AlertActionLink>
              <AlertActionLink onClick={onDismiss}>{t('Cancel')}</AlertActionLink>
            </>
          }
        >
          {t(
            'Each wrong try counts toward the lock of the account, for everybody who uses it. Test again only if the account or its password was put right in vCenter since.',
          )}
        </Alert>
      );
    case 'busy':
      return (
        <Alert
          isInline
          isLiveRegion
          component="h4"
          variant="info"
          title={t('Testing the connection. This can take half a minute.')}
          actionLinks={<AlertActionLink onClick={test.cancel}>{t('Cancel')}</AlertActionLink>}
        />
      );
    case 'unloaded':
      return (
        <FailureAlert
          title={t('This part of the page could not be loaded')}
          text={t('Retry. If that does not help, reload the page.')}
          onRetry={onRun}
        />
      );
    case 'done':
      return (
        <Outcome>
          {test.outcome.ok ? (
            <Alert
              isInline
              isLiveRegion
              component="h4"
              variant={test.outcome.value.certificate ? 'success' : 'info'}
              title={testedText(t, test.outcome.value)}
            />
          ) : (
            <FailureAlert title={t('The test failed')} text={testFailureText(t, test.outcome.error)} />
          )}
        </Outcome>
      );
  }
};

const testedText = (t: Translate, { certificate, isSignedIn }: Tested): string => {
  if (!certificate) return t("MTV's certificate service could not be asked, so only MTV itself knows. It looks again.");
  return isSignedIn
    ? t('The server answers, and did not reject the user and the password.')
    : t('The server answers. The password was not tried, because the Secret lacks the labels by which MTV tries it.');
};

const testFailureText = (t: Translate, failure: ConnectFailure): string =>
  failure.code === 'NotStored'
    ? refusalText(t, failure.refusal)
    : convergeFailureText(t, failure.failure, connectProblemText);
