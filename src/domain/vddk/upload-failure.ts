import type { ClusterFailure } from '../failure';

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
