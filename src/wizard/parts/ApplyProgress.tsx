import { keyOf } from '../../domain/change';
import type { ChangeProgress } from '../../domain/converge';
import type { Translate } from '../../domain/translate';
import type { Run } from '../use-converge';
import { useTranslate } from '../../parts/use-translate';
import { changeText, convergeFailureText } from '../../domain/converge-text';
import { FailureAlert } from './FailureAlert';
import { Outcome } from './Outcome';
import { ProgressSteps } from './ProgressSteps';

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
      {run.changes.length > 0 && (
        <ProgressSteps
          label={t('Changes on the cluster')}
          steps={run.changes.map(({ change, state }) => ({
            id: keyOf(change),
            title: changeText(t, change),
            state: state === 'applying' ? 'current' : state,
            description: stateText(t, state),
          }))}
        />
      )}
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

const stateText = (t: Translate, state: ChangeProgress['state']): string => {
  switch (state) {
    case 'applying':
      return t('In progress');
    case 'done':
      return t('Done');
    case 'failed':
      return t('Failed');
  }
};
