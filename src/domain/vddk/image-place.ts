/** Where nodes reach the internal registry (docs/facts/forklift.md §4, "Registry"). */
export const internalRegistry = 'image-registry.openshift-image-registry.svc';

/** An image in the internal registry: an ImageStream, and what of it. */
export interface ImagePlace {
  readonly project: string;
  readonly stream: string;
  /** `undefined`: the reference names none. */
  readonly tag: string | undefined;
  /** sha256 and 64 digits of hex; `undefined`: the reference names none. */
  readonly digest: string | undefined;
}

const inStream =
  /^image-registry\.openshift-image-registry\.svc(?::\d+)?\/([^/]+)\/([^/:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/;

/** The ImageStream behind a reference; `undefined`: it is of another registry, of which nothing is known. */
export const placeOf = (image: string): ImagePlace | undefined => {
  const [, project, stream, tag, digest] = inStream.exec(image.trim()) ?? [];
  return project === undefined || stream === undefined ? undefined : { project, stream, tag, digest };
};
