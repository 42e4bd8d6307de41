import { Alert } from '@patternfly/react-core';
import { connectProblemText } from '../../../domain/connection/connect-wish';
import { refusalText } from '../../../domain/connection/refusal';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { FailureAlert } from '../../parts/FailureAlert';
import { Outcome } from '../../parts/Outcome';
import { useTranslate } from '../../../parts/use-translate';
import type { Connecting } from './connecting';

interface ConnectOutcomeProps {
  readonly connecting: Connecting;
  readonly project: string;
  readonly onRetry: () => void;
}

/** How far connecting is, and what stopped it. A rejected password is said at its field. */
export const ConnectOutcome = ({ connecting, project, onRetry }: ConnectOutcomeProps) => {
  const t = useTranslate();
  const { run, isBusy, refusal, withdrawal } = connecting;
  return (
    <>
      {refusal && refusal.code !== 'WrongCredentials' && (
        <Outcome>
          <FailureAlert title={t('Nothing was changed')} text={refusalText(t, refusal)} onRetry={onRetry} />
        </Outcome>
      )}
      {run.state !== 'idle' && (
        <Outcome>
          <ApplyProgress run={run} problemText={connectProblemText} {...(!isBusy && { onRetry })} />
        </Outcome>
      )}
      {withdrawal?.isDone === true && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="info"
          title={t('The password was not kept: its Secret was deleted again.')}
        />
      )}
      {withdrawal?.isDone === false && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="warning"
          title={t('Secret {{name}} with the password still exists', { name: withdrawal.secret })}
        >
          {t('It could not be deleted. Retry to continue, or delete the Secret in {{project}} yourself.', { project })}
        </Alert>
      )}
    </>
  );
};
