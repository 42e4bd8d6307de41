import { convergeFailureText } from '../../domain/converge-text';
import { failureText } from '../../domain/failure';
import type { Translate } from '../../domain/translate';
import { archiveUrlFailureText } from '../../domain/vddk/archive-url-failure';
import { missingRightText } from '../../domain/vddk/build-rights';
import { buildPlanProblemText } from '../../domain/vddk/plan-build';
import { uploadFailureText } from '../../domain/vddk/upload-failure-text';
import type { UploadFailure } from '../../domain/vddk/upload-failure';
import { mayPass } from '../../domain/vddk/download-failure';
import { isTransient } from '../../domain/failure';
import type { FromUrlFailure } from './from-url';
import { endText } from './job-text';

/** Why there is no image of the archive, and what to do. No user, path or query of the URL is in it. */
export const fromUrlFailureText = (t: Translate, failure: FromUrlFailure): string => {
  switch (failure.code) {
    case 'BadSum':
      return t('vddk.sha256 is not a SHA-256 checksum: 64 digits of hex. Take it from the page of the download.');
    case 'NoRight':
      return failure.rights.map((right) => missingRightText(t, right)).join(' ');
    case 'Prepare':
      return convergeFailureText(t, failure.failure, buildPlanProblemText);
    case 'Cluster':
      return failureText(t, failure.failure);
    case 'Source':
      return archiveUrlFailureText(t, failure.failure);
    case 'Upload':
      return uploadText(t, failure.failure);
    case 'Build':
      return endText(t, failure.end);
    case 'Leftover':
      return [
        fromUrlFailureText(t, failure.because),
        t('Build {{build}} did not receive its archive and could not be deleted. {{why}}', {
          build: failure.build,
          why: convergeFailureText(t, failure.failure, () => ''),
        }),
      ].join(' ');
  }
};

/** Where a browser's upload has other causes than one from inside the cluster. */
const uploadText = (t: Translate, failure: UploadFailure): string => {
  if (failure.code === 'TooLarge') {
    return t('Something between this program and the API server rejects requests of this size (413). Raise its limit.');
  }
  if (failure.code === 'Refused' && failure.failure.code === 'Unreachable') {
    return t('The connection to the API server was lost while the archive was sent. Nothing was stored.');
  }
  return uploadFailureText(t, failure);
};

/** Whether trying again may help without anybody's doing; otherwise somebody has to change something first. */
export const mayHelpItself = (failure: FromUrlFailure): boolean => {
  switch (failure.code) {
    case 'BadSum':
    case 'NoRight':
      return false;
    case 'Prepare':
      // The registry may just be on its way: values that declare an archive often declare it too.
      return failure.failure.code !== 'Refused' || failure.failure.problem.code === 'RegistryMissing';
    case 'Cluster':
      return isTransient(failure.failure);
    case 'Source': {
      const source = failure.failure;
      return source.code === 'Download' && (mayPass(source.failure) || source.failure.code === 'ChangedMeanwhile');
    }
    case 'Upload':
      return failure.failure.code !== 'Paused';
    case 'Build': {
      const { end } = failure;
      // A build that has failed fails again; one that was cancelled, or got half an archive, need not.
      if (end.code !== 'Ended') return end.code !== 'NoDigest';
      return end.reading.state === 'cancelled' || end.reading.reason === 'FetchSourceFailed';
    }
    case 'Leftover':
      return mayHelpItself(failure.because);
  }
};
