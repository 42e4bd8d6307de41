import type { ImageStream } from '../objects';
import { placeOf } from './image-place';

/** An image that an ImageStream has, or had under a tag. */
export interface StreamImage {
  /** By its digest, as MTV is to be told. */
  readonly image: string;
  readonly digest: string;
  readonly tag: string;
  /** When it was pushed or imported, RFC 3339; empty: the ImageStream does not say. */
  readonly created: string;
}

/** All images of an ImageStream, whatever their tag, newest first and each once. */
export const imagesOfStream = ({ status }: ImageStream): readonly StreamImage[] => {
  const all = (status?.tags ?? []).flatMap(({ tag, items }) =>
    (items ?? [])
      .filter(({ dockerImageReference }) => dockerImageReference !== '')
      .map(({ dockerImageReference: image, image: digest, created = '' }) => ({ image, digest, tag, created })),
  );
  const newestFirst = [...all].sort((a, b) => b.created.localeCompare(a.created));
  return newestFirst.filter(({ digest }, at) => newestFirst.findIndex((each) => each.digest === digest) === at);
};

/** The entry of an ImageStream that a reference means: by digest, or by tag what that has now. */
export const entryOf = (stream: ImageStream | undefined, image: string): StreamImage | undefined => {
  const place = placeOf(image);
  if (!stream || !place) return undefined;
  const named = stream.status?.tags?.find(({ tag }) => tag === (place.tag ?? 'latest'))?.items?.[0]?.image;
  return imagesOfStream(stream).find(({ digest }) => digest === (place.digest ?? named));
};

/** The image that the ImageStream had before this one; `undefined`: it has none, or does not have this one any more. */
export const previousOf = (stream: ImageStream | undefined, image: string): StreamImage | undefined => {
  const present = entryOf(stream, image);
  if (!stream || !present) return undefined;
  const all = imagesOfStream(stream);
  return all[all.findIndex(({ digest }) => digest === present.digest) + 1];
};
