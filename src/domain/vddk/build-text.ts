import type { Translate } from '../translate';
import { addsCause, causeInLog, isDiskFull, lacksFolder } from './build-cause';
import type { BuildReading } from './build-status';
import { registryMissingText } from './plan-build';

/** The state of a build, and what to do if something delays or has ended it. */
export const buildText = (t: Translate, reading: BuildReading): string => {
  switch (reading.state) {
    case 'waiting':
      return said(t, waitingText(t, reading.reason), { message: reading.message ?? '' });
    case 'running':
      return t('The build is running.');
    case 'complete':
      return reading.image === undefined
        ? t('The image is built; waiting for the cluster to report its digest.')
        : t('The image is built.');
    case 'failed':
      return said(t, failedText(t, reading), { message: reading.message, log: reading.log });
    case 'cancelled':
      return t(
        'The build was cancelled by somebody, or because no node ran its pod within 5 minutes. Upload the archive again.',
      );
  }
};

/** A sentence of ours, and what OpenShift or the log adds to it. */
const said = (
  t: Translate,
  sentence: string,
  { message, log = '' }: { readonly message: string; readonly log?: string },
): string => {
  const cause = causeInLog(log);
  return [
    sentence,
    ...(addsCause(message) && !sentence.includes(message) ? [t('OpenShift says: {{message}}', { message })] : []),
    ...(cause === undefined || sentence.includes(cause) ? [] : [t('The log says: {{cause}}', { cause })]),
  ].join(' ');
};

/** Reasons of a build that has not begun (openshift/api build/v1, StatusReason). */
const waitingText = (t: Translate, reason: string | undefined): string => {
  switch (reason) {
    case 'InvalidOutputReference':
      return registryMissingText(t);
    case 'MissingPushSecret':
      return missingPushSecret(t);
    case 'CannotCreateBuildPod':
      return cannotCreatePod(t);
    case undefined:
    default:
      return t('Waiting for a node to run the build pod.');
  }
};

const failedText = (t: Translate, { reason, log }: Extract<BuildReading, { state: 'failed' }>): string => {
  if (isDiskFull(log)) {
    return reason === 'PushImageToRegistryFailed'
      ? t(
          'The image was built but could not be pushed, because the storage of the registry is full. Add storage or remove images, then upload again.',
        )
      : t(
          'The disk of the build node is full. Free space on the nodes, for example by removing unused images, then upload again.',
        );
  }
  switch (reason) {
    case 'InvalidOutputReference':
      return registryMissingText(t);
    case 'MissingPushSecret':
      return missingPushSecret(t);
    case 'CannotCreateBuildPod':
    case 'CannotCreateBuildPodSpec':
      return cannotCreatePod(t);
    case 'DockerBuildFailed':
      return lacksFolder(log)
        ? t('The uploaded archive has no folder vmware-vix-disklib-distrib. Upload the archive as VMware ships it.')
        : t('The image could not be built. The end of the log says why. Fix the cause, then upload again.');
    case 'PullBuilderImageFailed':
    case 'InvalidImageReference':
      return t(
        'The base image could not be pulled. Check its spelling, and that the nodes can reach its registry. On a disconnected cluster, enter a copy under Advanced. Then upload again.',
      );
    case 'FetchSourceFailed':
    case 'FetchImageContentFailed':
      return t('The archive did not arrive completely. Upload it again.');
    case 'PushImageToRegistryFailed':
      return t(
        'The image was built but could not be pushed to the registry. Check that the image registry is available and has space left, then upload again.',
      );
    case 'OutOfMemoryKilled':
      return t(
        'The build pod used more memory than allowed. Check the limits of the project (LimitRange, ResourceQuota) or of the BuildConfig, then upload again.',
      );
    case 'BuildPodEvicted':
      return t(
        'The node evicted the build pod, usually because its disk is full. Free space on the nodes, then upload again.',
      );
    case 'BuildPodDeleted':
      return t('Somebody deleted the build pod. Upload the archive again.');
    case 'NoBuildContainerStatus':
    case 'FailedContainer':
    case 'BuildPodExists':
      return t('The build pod failed. Check the events of the project, then upload again.');
    case 'CannotRetrieveServiceAccount':
      return t('The service account "builder" of the project cannot be read. Check that it exists, then upload again.');
    case 'ExceededRetryTimeout':
      return t('The build timed out. Upload the archive again.');
    default:
      return t('The build failed: {{reason}}. The end of the log may say more. Fix the cause, then upload again.', {
        reason,
      });
  }
};

const missingPushSecret = (t: Translate): string =>
  t(
    'The project has no credentials to push to the registry: the secret of its service account "builder" is missing. The image registry creates it. Check that the registry is available.',
  );

const cannotCreatePod = (t: Translate): string =>
  t('The build pod could not be created, usually because a quota, a limit or a policy of the project forbids it.');
