import type { ClusterFailure } from '../failure';
import { failureText } from '../failure';
import type { Translate } from '../translate';

/**
 * Why an upload did not end with a running build (recorded in build-api.json; the API answers 400 for all that goes wrong while
 * it waits for the build to run).
 *
 * - `BuildEnded`: the build failed, was cancelled or deleted before it took the archive.
 * - `TimedOut`: no build pod ran within 5 minutes; OpenShift has cancelled the build.
 * - `NoBuilder`: 500, the project has no ServiceAccount `builder`, which builds run as; no build was made.
 * - `Paused`: the BuildConfig is paused. `TooLarge`: 413, something on the way does not let so much through.
 * - `ConfigGone`: 404, the BuildConfig was deleted meanwhile.
 * - `Refused`: every other answer, and no answer at all.
 */
export type UploadFailure =
  | { readonly code: 'BuildEnded'; readonly message: string }
  | { readonly code: 'TimedOut' | 'Paused' | 'TooLarge' | 'ConfigGone' }
  | { readonly code: 'NoBuilder'; readonly project: string }
  | { readonly code: 'Refused'; readonly failure: ClusterFailure };

/** Reads a refusal of the upload. `status` is 0 when no answer came. */
export const readUploadFailure = (status: number, failure: ClusterFailure): UploadFailure => {
  const { message } = failure;
  if (status === 413) return { code: 'TooLarge' };
  if (failure.code === 'NotFound') return { code: 'ConfigGone' };
  if (message.includes('error getting push/pull secrets'))
    return { code: 'NoBuilder', project: failure.namespace ?? '' };
  if (status === 400) {
    if (message.includes('timed out waiting')) return { code: 'TimedOut' };
    if (message.includes('BuildConfig is paused')) return { code: 'Paused' };
    if (/^build \S+ (failed|encountered an error|was cancelled|was deleted)/.test(message))
      return { code: 'BuildEnded', message };
  }
  return { code: 'Refused', failure };
};

/** Whether a build of this upload may exist all the same, so that it is worth looking for. */
export const mayHaveArrived = (failure: UploadFailure): boolean =>
  failure.code === 'BuildEnded' ||
  failure.code === 'TimedOut' ||
  (failure.code === 'Refused' && ['Unreachable', 'ServerError'].includes(failure.failure.code));

/** What happened to the upload, and what to do. */
export const uploadFailureText = (t: Translate, failure: UploadFailure): string => {
  switch (failure.code) {
    case 'BuildEnded':
      return t('The build ended before it received the archive: {{message}}', { message: failure.message });
    case 'TimedOut':
      return t(
        'No node ran the build pod within 5 minutes, so OpenShift cancelled the build. Check the events of the project. A quota must allow the pod, and an amd64 node must have room for it and reach the registries. Then retry.',
      );
    case 'NoBuilder':
      return t(
        'Project {{project}} has no service account "builder", which builds run as. OpenShift creates one shortly after the project. Wait a minute, then retry. If it does not appear, ask a cluster administrator whether the Build capability is enabled.',
        {
          project: failure.project,
        },
      );
    case 'Paused':
      return t('The BuildConfig is paused. Remove its annotation openshift.io/build-config.paused, then retry.');
    case 'TooLarge':
      return t(
        'A proxy between this browser and the cluster rejects requests of this size (413). Raise its limit or bypass it, then retry.',
      );
    case 'ConfigGone':
      return t('Somebody deleted the BuildConfig. Retry to create it again.');
    case 'Refused':
      if (failure.failure.code === 'Forbidden') {
        return t(
          'You are not permitted to upload to builds in {{project}} (create buildconfigs/instantiatebinary). Ask an administrator of that project for this right, or ask them to do this step.',
          {
            project: failure.failure.namespace ?? '',
          },
        );
      }
      return failure.failure.code === 'Unreachable'
        ? t(
            'The connection was lost while the archive was sent, or the file was changed or moved. Nothing was stored. Check your connection, then retry.',
          )
        : failureText(t, failure.failure);
  }
};
