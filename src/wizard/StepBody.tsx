import { Skeleton } from '@patternfly/react-core';
import { FailureAlert } from './parts/FailureAlert';
import type { Step } from './step';
import { useStepBody } from './use-step-body';
import { useTranslate } from '../parts/use-translate';

interface StepBodyProps {
  readonly step: Step;
  /** The step that most likely comes after it. */
  readonly next: Step | undefined;
}

/** What a step shows, fetched when it is first visited. */
export const StepBody = ({ step, next }: StepBodyProps) => {
  const t = useTranslate();
  const [body, again] = useStepBody(step, next);
  switch (body.state) {
    case 'loading':
      return <Skeleton screenreaderText={t('Loading the step…')} />;
    case 'loaded':
      return <body.Body />;
    case 'failed':
      return (
        <FailureAlert
          title={t('This step could not be loaded')}
          text={t(
            'Retry. If that does not help, Migration Prep was probably updated: reload the page. Reloading discards what you typed and ends a running upload.',
          )}
          onRetry={again}
        />
      );
  }
};
