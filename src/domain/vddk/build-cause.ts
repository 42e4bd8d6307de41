import { distribFolder } from './archive';

/**
 * What OpenShift writes into every build with that reason: it says no more than the reason does
 * (openshift-controller-manager, pkg/build/buildutil; builder, pkg/build/builder/util/consts.go).
 */
const general: ReadonlySet<string> = new Set([
  'Failed to create pod spec.',
  'Failed creating build pod.',
  'Unable to look up the service account associated with this build.',
  'Build did not complete and retrying timed out.',
  'Output image could not be resolved.',
  'Referenced image could not be resolved.',
  'The build was cancelled by the user.',
  'Dockerfile build strategy has failed.',
  'The pod for this build already exists and is older than the build.',
  'The pod for this build has no container statuses indicating success or failure.',
  'The pod for this build has at least one container with a non-zero exit status.',
  'Generic Build failure - check logs for details.',
  'The build pod was killed due to an out of memory condition.',
  'Missing push secret.',
  'Failed to push the image to the registry.',
  'Failed pulling builder image.',
  'Failed to fetch the input source.',
  'Failed to extract image content.',
  'The pod for this build was deleted before the build completed.',
]);

/** Whether a build's message says more than its reason, such as the sentence of a quota. */
export const addsCause = (message: string): boolean => message.trim() !== '' && !general.has(message.trim());

/** Such a cause is known already: it is how an archive that did not arrive whole looks from within. */
const isKnown = (cause: string): boolean => cause.startsWith('unable to extract binary build input');

const longest = 300;

/** The last error in a build's log, in its own words; OpenShift's builder begins it with "error: ". */
export const causeInLog = (log: string): string | undefined => {
  const line = log
    .split('\n')
    .filter((each) => /^error: /i.test(each.trim()))
    .at(-1);
  const cause = line?.trim().replace(/^(error: |build error: )+/i, '') ?? '';
  if (cause === '' || isKnown(cause)) return undefined;
  return cause.length > longest ? `${cause.slice(0, longest - 1)}…` : cause;
};

/** Whether a build ended because something could not be written any more. */
export const isDiskFull = (log: string): boolean => /no space left on device|disk quota exceeded/i.test(log);

/** Whether the build looked for VDDK's folder and did not find it. Every log names the folder: its recipe copies it. */
export const lacksFolder = (log: string): boolean =>
  log.split('\n').some((line) => line.includes(distribFolder) && /no such file or directory/i.test(line));
