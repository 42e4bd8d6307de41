import { Skeleton } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import type { ForkliftController } from '../../../domain/objects';
import { isOver, latestOf } from '../../../domain/vddk/build-status';
import type { ProviderImageWish } from '../../../domain/vddk/plan-image';
import { FailureAlert } from '../../parts/FailureAlert';
import { OnDemand } from '../../parts/OnDemand';
import { useTranslate } from '../../../parts/use-translate';
import { loadLastBuild, loadStoppedJob } from './on-demand';
import { PullerRight } from './PullerRight';
import { UploadForm } from './UploadForm';
import { useBuildJob } from './use-build-job';
import { useBuilds } from './use-builds';

interface UploadChoiceProps {
  readonly controller: ForkliftController;
  /** Where the image shall be set as well. */
  readonly providers: readonly ProviderImageWish[];
}

/** The archive from VMware becomes an image in the cluster's own registry. What this tab did not begin, the cluster tells. */
export const UploadChoice = ({ controller, providers }: UploadChoiceProps) => {
  const t = useTranslate();
  const [job, control] = useBuildJob();
  const builds = useBuilds();
  const stopped = job.at === 'stopped' && (
    <OnDemand
      load={loadStoppedJob}
      props={{
        job,
        onRetry: () => {
          control.retry();
        },
      }}
    />
  );
  switch (builds.state) {
    case 'loading':
      return stopped || <Skeleton screenreaderText={t('Checking the cluster…')} />;
    case 'absent':
      return (
        <>
          {stopped}
          <FailureAlert
            title={t('This cluster cannot build images')}
            text={t(
              'It was installed without the Build capability. Ask a cluster administrator to enable it. Or build the image elsewhere and use it here as an existing image, or continue without VDDK.',
            )}
          />
        </>
      );
    case 'failed':
      return (
        <>
          {stopped}
          <FailureAlert title={t('The builds cannot be shown')} text={failureText(t, builds.failure)} />
        </>
      );
    case 'loaded': {
      const build = latestOf(builds.items);
      const isTold = job.at === 'stopped' && (job.during === 'upload' || job.during === 'build');
      // A build that was cancelled with its upload may still look alive for a moment.
      const isLive =
        build !== undefined && !isOver(build) && !(job.at === 'stopped' && job.failure.code === 'Cancelled');
      return (
        <>
          {build && (isLive || !isTold) && (
            <OnDemand load={loadLastBuild} props={{ build, controller, providers, control }} />
          )}
          {build && <PullerRight controller={controller} build={build} />}
          {!isLive && <UploadForm controller={controller} providers={providers} job={job} control={control} />}
        </>
      );
    }
  }
};
