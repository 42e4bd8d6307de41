import { convergeFailureText } from '../../domain/converge-text';
import { failureText } from '../../domain/failure';
import type { Translate } from '../../domain/translate';
import { baseImageProblemText } from '../../domain/vddk/base-image-text';
import { missingRightText } from '../../domain/vddk/build-rights';
import { buildText } from '../../domain/vddk/build-text';
import { buildPlanProblemText } from '../../domain/vddk/plan-build';
import { imagePlanProblemText } from '../../domain/vddk/plan-image';
import { pullerProblemText } from '../../domain/vddk/plan-puller';
import { uploadFailureText } from '../../domain/vddk/upload-failure-text';
import type { BuildEnd } from './follow-build';
import type { JobFailure } from './job-failure';

/** Why a job stopped, and what to do. */
export const jobFailureText = (t: Translate, failure: JobFailure): string => {
  switch (failure.code) {
    case 'NoRight':
      return [
        ...failure.rights.map((right) => missingRightText(t, right)),
        t(
          'Ask an administrator for these rights (the role "edit" has those for builds and images), or ask them to do this step.',
        ),
      ].join(' ');
    case 'BaseImage':
      return baseImageProblemText(t, failure.image, failure.problem);
    case 'Prepare':
      return convergeFailureText(t, failure.failure, (_, problem) =>
        problem.code === 'PullerTaken' ? pullerProblemText(t, problem) : buildPlanProblemText(t, problem),
      );
    case 'Upload':
      return uploadFailureText(t, failure.failure);
    case 'Cluster':
      return failureText(t, failure.failure);
    case 'UploadUnseen':
      return t('The upload got no answer, and its result cannot be seen. {{why}}', {
        why: failureText(t, failure.failure),
      });
    case 'Build':
      return endText(t, failure.end);
    case 'Set':
      return convergeFailureText(t, failure.failure, imagePlanProblemText);
    case 'Rollout':
      return t('MTV could not roll this image out. Check the log of its operator in {{project}}.', {
        project: failure.project,
      });
    case 'RolloutUnseen':
      return t(
        "The image is set. MTV's settings cannot be read right now, so it is unknown whether MTV already uses it.",
      );
    case 'Cancel':
      return t('The upload was stopped, but its build could not be cancelled. {{why}}', {
        why: convergeFailureText(t, failure.failure, () => ''),
      });
    case 'Cancelled':
      return t('You cancelled it. Nothing of the archive was stored.');
  }
};

/** How a build ended that has no image to use, and what to do. */
export const endText = (t: Translate, end: Exclude<BuildEnd, { code: 'Built' }>): string => {
  switch (end.code) {
    case 'Ended':
      return buildText(t, end.reading);
    case 'Gone':
      return t('Somebody deleted the build. Upload the archive again.');
    case 'NoDigest':
      return t(
        'The image was pushed, but the cluster does not report its digest. Find the image in ImageStream migration-prep-vddk, and set it as an existing image.',
      );
    case 'Lost':
      return t('The build continues, but its progress cannot be shown. {{why}}', { why: failureText(t, end.failure) });
  }
};
