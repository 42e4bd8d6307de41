/** What is wrong with the reference of an image as typed. */
export type ImageProblem = 'ImageEmpty' | 'ImageScheme' | 'ImageSpaces' | 'ImageNoRegistry' | 'ImageSyntax';

/** registry[:port]/path[:tag][@digest], as container runtimes take it (github.com/distribution/reference, reference.go). */
const reference =
  /^(?<registry>[A-Za-z0-9.-]+(:\d+)?)\/(?<path>[a-z0-9]+([._/-]+[a-z0-9]+)*)(:(?<tag>[\w][\w.-]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Checks what can be known about a reference without asking its registry. */
export const checkImage = (text: string): ImageProblem | undefined => {
  const image = text.trim();
  if (image === '') return 'ImageEmpty';
  if (/^[a-z]+:\/\//i.test(image)) return 'ImageScheme';
  if (/\s/.test(image)) return 'ImageSpaces';
  const registry = image.split('/')[0] ?? '';
  if (!image.includes('/') || !/[.:]|^localhost$/.test(registry)) return 'ImageNoRegistry';
  return reference.test(image) ? undefined : 'ImageSyntax';
};

/** Whether the reference always means the same image. MTV neither pulls nor validates a moved tag again (docs/facts/forklift.md §4). */
export const isPinned = (image: string): boolean => image.trim().includes('@sha256:');

/**
 * Whether no node could pull this, judging by its text alone. A name without a registry is left out: nodes may be configured to add one.
 */
export const isBroken = (image: string): boolean => {
  const problem = checkImage(image);
  return problem !== undefined && problem !== 'ImageNoRegistry';
};
