import { Skeleton } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import type { ForkliftController } from '../../../domain/objects';
import { latestOf } from '../../../domain/vddk/build-status';
import type { ProviderImageWish } from '../../../domain/vddk/plan-image';
import { FailureAlert } from '../../parts/FailureAlert';
import { useTranslate } from '../../../parts/use-translate';
import { UploadForm } from './UploadForm';
import { isLive, useBuilds } from './use-builds';
import { useJob } from './use-job';

interface UploadChoiceProps {
  readonly controller: ForkliftController;
  /** Where the image shall be set as well. */
  readonly providers: readonly ProviderImageWish[];
  /** Closes the form; `undefined` where there is nothing else. */
  readonly onClose: (() => void) | undefined;
}

/** The archive from VMware becomes an image in the cluster's own registry. */
export const UploadChoice = ({ controller, providers, onClose }: UploadChoiceProps) => {
  const t = useTranslate();
  const job = useJob();
  const builds = useBuilds();
  switch (builds.state) {
    case 'loading':
      return <Skeleton screenreaderText={t('Checking the cluster…')} />;
    case 'absent':
      return (
        <FailureAlert
          title={t('This cluster cannot build images')}
          text={t(
            'It was installed without the Build capability. Ask a cluster administrator to enable it. Or build the image elsewhere and use it here as an existing image, or continue without VDDK.',
          )}
        />
      );
    case 'failed':
      return <FailureAlert title={t('The builds cannot be shown')} text={failureText(t, builds.failure)} />;
    case 'loaded': {
      const build = latestOf(builds.items);
      return build && isLive(build, job) ? null : (
        <UploadForm controller={controller} providers={providers} onClose={onClose} />
      );
    }
  }
};
