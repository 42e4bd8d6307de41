import { ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { keyOf } from '../../domain/change';
import type { ChangeProgress } from '../../domain/converge';
import type { Translate } from '../../domain/translate';
import type { Run } from '../use-converge';
import { useTranslate } from '../use-translate';
import { changeText, convergeFailureText } from './converge-text';
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
      {run.changes.length > 0 && (
        <ProgressStepper isVertical aria-label={t('Changes on the cluster')}>
          {run.changes.map(({ change, state }) => (
            <ProgressStep
              key={keyOf(change)}
              id={`${keyOf(change)}-step`}
              titleId={`${keyOf(change)}-title`}
              variant={variants[state]}
              isCurrent={state === 'applying'}
              aria-label={`${changeText(t, change)}: ${stateText(t, state)}`}
              description={stateText(t, state)}
            >
              {changeText(t, change)}
            </ProgressStep>
          ))}
        </ProgressStepper>
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

const variants = { applying: 'info', done: 'success', failed: 'danger' } as const;

const stateText = (t: Translate, state: ChangeProgress['state']): string => {
  switch (state) {
    case 'applying':
      return t('Under way');
    case 'done':
      return t('Done');
    case 'failed':
      return t('Failed');
  }
};
