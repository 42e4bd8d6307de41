import type { ConvergeFailure } from '../../domain/converge';
import type { ClusterFailure } from '../../domain/failure';
import type { ImagePlanProblem } from '../../domain/vddk/plan-image';
import type { UploadFailure } from '../../domain/vddk/upload-failure';
import type { BuildEnd } from './follow-build';
import type { PrepareFailure } from './prepare-build';

/** Why a job stopped before MTV used the image. */
export type JobFailure =
  | PrepareFailure
  | { readonly code: 'Upload'; readonly failure: UploadFailure }
  /** Nobody could see which builds there are already; nothing was sent. */
  | { readonly code: 'Cluster'; readonly failure: ClusterFailure }
  /** The upload got no answer (`sent`), and nobody could see what came of it. */
  | { readonly code: 'UploadUnseen'; readonly failure: ClusterFailure; readonly sent: UploadFailure }
  | { readonly code: 'Build'; readonly end: Exclude<BuildEnd, { code: 'Built' }> }
  | { readonly code: 'Set'; readonly failure: ConvergeFailure<ImagePlanProblem> }
  /** The upload is broken off, but its build goes on. */
  | { readonly code: 'Cancel'; readonly failure: ConvergeFailure<never> }
  /** `project`: MTV's. */
  | { readonly code: 'Rollout'; readonly project: string }
  /** `RolloutUnseen`: the image is set; what MTV makes of it nobody could see. */
  | { readonly code: 'RolloutUnseen' | 'Cancelled' };

/** Whether the job only could not see how it went: that is no failure of what it began. */
export const isUnknown = (failure: JobFailure): boolean =>
  failure.code === 'UploadUnseen' ||
  failure.code === 'RolloutUnseen' ||
  (failure.code === 'Build' && failure.end.code === 'Lost') ||
  (failure.code === 'Set' && failure.failure.code === 'ReadFailed');

/** Whether going on may help without another decision. An image that somebody else has set asks for one. */
export const canRetry = (failure: JobFailure): boolean =>
  !(failure.code === 'Set' && failure.failure.code === 'Refused');
