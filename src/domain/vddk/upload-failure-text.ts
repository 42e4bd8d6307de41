import { failureText } from '../failure';
import type { Translate } from '../translate';
import type { UploadFailure } from './upload-failure';

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
