import { isRecord } from '../json';
import type { ImageStream, ImageStreamTag } from '../objects';
import { isOurs } from '../ownership';
import { archiveLabel, versionLabel } from './dockerfile';
import { entryOf } from './image-history';
import { placeOf } from './image-place';
import type { ImagePlace } from './image-place';
import { buildName } from './plan-build';

/**
 * Who built an image: Migration Prep, or MTV's own uploader, whose ImageStream and BuildConfig `vddk` are in MTV's project
 * (docs/facts/forklift.md §3, "The name vddk is taken"). `others`: neither. `undefined`: nothing tells.
 */
export type Maker = 'ours' | 'mtv' | 'others' | undefined;

/** What is known of an image that is set; what is not known is `undefined`. */
export interface ImageFacts {
  /** Its ImageStream; `undefined`: it is in another registry. */
  readonly place: ImagePlace | undefined;
  readonly digest: string | undefined;
  readonly maker: Maker;
  /** Of VDDK, such as 8.0.3. */
  readonly version: string | undefined;
  /** The file it was built from. */
  readonly archive: string | undefined;
  /** When the image was pushed, RFC 3339. */
  readonly builtAt: string | undefined;
}

interface Sources {
  /** The image's ImageStream, as far as it can be seen. */
  readonly stream: ImageStream | undefined;
  /** Its tag, with what the image says of itself. */
  readonly tagged: ImageStreamTag | undefined;
  /** MTV's project. */
  readonly mtv: string;
}

/** Puts together what reference, ImageStream and the image's labels tell. */
export const readImageFacts = (image: string, { stream, tagged, mtv }: Sources): ImageFacts => {
  const place = placeOf(image);
  const entry = entryOf(stream, image);
  const labels = entry && tagged?.image?.metadata?.name === entry.digest ? labelsOf(tagged) : {};
  const tag = entry?.tag ?? place?.tag;
  return {
    place,
    digest: place?.digest ?? entry?.digest ?? /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1],
    maker: place && makerOf(place, stream, mtv),
    version: textOf(labels[versionLabel]) ?? (tag !== undefined && /^\d+(\.\d+)+$/.test(tag) ? tag : undefined),
    archive: textOf(labels[archiveLabel]),
    builtAt: textOf(entry?.created),
  };
};

const makerOf = ({ project, stream: name }: ImagePlace, stream: ImageStream | undefined, mtv: string): Maker => {
  if (project === mtv && name === 'vddk') return 'mtv';
  if (!stream) return undefined;
  return name === buildName && isOurs(stream) ? 'ours' : 'others';
};

const labelsOf = ({ image }: ImageStreamTag): Readonly<Record<string, unknown>> => {
  const config = isRecord(image?.dockerImageMetadata) ? image.dockerImageMetadata.Config : undefined;
  return isRecord(config) && isRecord(config.Labels) ? config.Labels : {};
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
