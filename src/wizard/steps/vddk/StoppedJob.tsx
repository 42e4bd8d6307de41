import { FailureAlert } from '../../parts/FailureAlert';
import { useTranslate } from '../../../parts/use-translate';
import type { Job } from '../../../work/build-image/build-job';
import { canRetry, isUnknown } from '../../../work/build-image/job-failure';
import { jobFailureText } from '../../../work/build-image/job-text';
import { Stages } from './Stages';

interface StoppedJobProps {
  readonly job: Extract<Job, { at: 'stopped' }>;
  readonly onRetry: () => void;
}

/** Where this tab's job stopped and why; what nobody could see is not called a failure. */
export const StoppedJob = ({ job, onRetry }: StoppedJobProps) => {
  const t = useTranslate();
  const { during, failure } = job;
  return (
    <>
      <Stages at={during} isFailed={!isUnknown(failure)} />
      <FailureAlert
        title={
          isUnknown(failure)
            ? t('It is not known yet whether MTV uses the new image')
            : t('MTV does not use a new image yet')
        }
        text={jobFailureText(t, failure)}
        {...(canRetry(failure) && { onRetry })}
      />
    </>
  );
};
