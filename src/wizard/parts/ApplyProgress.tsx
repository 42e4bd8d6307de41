import type { Translate } from '../../domain/translate';
import type { Run } from '../use-converge';
import { useTranslate } from '../../parts/use-translate';
import { convergeFailureText } from '../../domain/converge-text';
import { ChangeProgressList } from './ChangeProgressList';
import { FailureAlert } from './FailureAlert';
import { Outcome } from './Outcome';

interface ApplyProgressProps<P> {
  readonly run: Run<P>;
  readonly problemText: (t: Translate, problem: P) => string;
  readonly onRetry?: () => void;
}

/** How far a run of `converge` is, object by object, and what stopped it. */
export const ApplyProgress = <P,>({ run, problemText, onRetry }: ApplyProgressProps<P>) => {
  const t = useTranslate();
  if (run.state === 'idle') return null;
  return (
    <>
      <ChangeProgressList changes={run.changes} />
      {run.state === 'failed' && (
        <Outcome>
          <FailureAlert
            title={t('This was not finished')}
            text={convergeFailureText(t, run.failure, problemText)}
            {...(onRetry && { onRetry })}
          />
        </Outcome>
      )}
    </>
  );
};
