import type { Build, ImageStream } from '../objects';

/**
 * How far a build is (all seven phases of build.openshift.io/v1).
 *
 * - `waiting`: New or Pending. A `reason` and a `message` say what holds it up.
 * - `running`: its pod receives the archive, builds or pushes.
 * - `complete`: `image` is repository@digest, `undefined` while its digest is unknown.
 * - `failed`: Failed or Error; also when its upload broke off, which its pod finds out (sandbox/recorded/README.md). `cancelled`: by a
 *   person, or by OpenShift after five minutes of waiting.
 */
export type BuildReading =
  | { readonly state: 'waiting'; readonly reason: string | undefined; readonly message?: string }
  | { readonly state: 'running' }
  | { readonly state: 'complete'; readonly image: string | undefined }
  | { readonly state: 'failed'; readonly reason: string; readonly message: string; readonly log: string }
  | { readonly state: 'cancelled' };

/** Reads a build; the ImageStream is asked for the digest when the build does not know it. */
export const readBuild = (build: Build, stream?: ImageStream): BuildReading => {
  const { phase, reason, message = '', logSnippet = '', cancelled = false } = build.status ?? {};
  switch (phase) {
    case 'Complete':
      return { state: 'complete', image: imageOf(build, stream) };
    case 'Failed':
    case 'Error':
      return { state: 'failed', reason: reason ?? phase, message, log: logSnippet };
    case 'Cancelled':
      return { state: 'cancelled' };
    case 'Running':
      // The mark comes first, the phase when the build controller has ended the pod.
      return cancelled ? { state: 'cancelled' } : { state: 'running' };
    case 'New':
    case 'Pending':
    case undefined:
    default:
      return cancelled ? { state: 'cancelled' } : { state: 'waiting', reason, ...(message !== '' && { message }) };
  }
};

/** Whether nothing more will come of a build. */
export const isOver = (build: Build): boolean => !['waiting', 'running'].includes(readBuild(build).state);

/** The digest may be missing although the push succeeded. The tag that it was pushed to has it then (docs/facts/forklift.md §4). */
const imageOf = ({ spec, status }: Build, stream: ImageStream | undefined): string | undefined => {
  const digest = status?.output?.to?.imageDigest ?? '';
  const repository = /^(.+?)(:[^:/]+)?$/.exec(status?.outputDockerImageReference ?? '')?.[1];
  if (digest !== '' && repository !== undefined) return `${repository}@${digest}`;
  const tag = spec?.output?.to?.name?.split(':')[1];
  const item = stream?.status?.tags?.find((each) => each.tag === tag)?.items?.[0];
  return item === undefined || item.dockerImageReference === '' ? undefined : item.dockerImageReference;
};

/** The number OpenShift counts the builds of a BuildConfig with; 0 when it has none. */
export const numberOf = ({ metadata }: Build): number =>
  Number(metadata.annotations?.['openshift.io/build.number'] ?? 0);

/** The build that began last; their BuildConfigs may be in several projects. */
export const latestOf = (builds: readonly Build[]): Build | undefined =>
  [...builds].sort(
    (a, b) =>
      (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '') ||
      numberOf(b) - numberOf(a),
  )[0];

/** The VDDK version a build is of, by the tag it is pushed to. */
export const versionOf = ({ spec }: Build): string => spec?.output?.to?.name?.split(':')[1] ?? '';
