import { FailureAlert } from '../../parts/FailureAlert';
import { Outcome } from '../../parts/Outcome';
import { useTranslate } from '../../../parts/use-translate';
import type { Job } from '../../../work/build-image/build-job';
import { canRetry, isUnknown } from '../../../work/build-image/job-failure';
import { jobFailureText } from '../../../work/build-image/job-text';
import { Stages } from './Stages';
import { useBuildJob } from './use-build-job';

interface StoppedJobProps {
  readonly job: Extract<Job, { at: 'stopped' }>;
}

/** Where this tab's job stopped and why; what nobody could see is not called a failure. */
export const StoppedJob = ({ job }: StoppedJobProps) => {
  const t = useTranslate();
  const { retry, confirm } = useBuildJob();
  const { during, failure } = job;
  return (
    <>
      <Stages at={during} isFailed={!isUnknown(failure)} isAlone={'alone' in job} />
      <Outcome>
        <FailureAlert
          title={
            isUnknown(failure)
              ? t('It is not known yet whether MTV uses the new image')
              : 'alone' in job
                ? t('The image was not set')
                : t('MTV does not use a new image yet')
          }
          text={jobFailureText(t, failure)}
          {...(canRetry(failure) && { onRetry: retry })}
          {...(failure.code === 'BaseImage' && { otherwise: { text: t('Build with it anyway'), run: confirm } })}
        />
      </Outcome>
    </>
  );
};
