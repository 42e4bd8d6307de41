import type { PrepareWish } from './prepare-build';
import type { SendArchive } from './send-archive';

/** An archive that shall become the image MTV uses. */
export interface JobWish extends PrepareWish {
  /** Bytes of the archive. */
  readonly size: number;
  readonly send: SendArchive;
  /** The image MTV used when the user decided. */
  readonly before: string | undefined;
}

/** Where an image shall be set. */
export interface SetWish extends Pick<JobWish, 'mtv' | 'before' | 'providers'> {
  /** MTV's settings stay as they are. */
  readonly isOnlyAtProviders?: boolean;
  /** Of an image that was not built here what the cluster said of it, if it was asked. */
  readonly alone?: Alone;
}

/** An image that was not built by this job. `isSeen`: the cluster looked at it, and found nothing against it; `false`: it could not be asked. */
export interface Alone {
  readonly isSeen?: boolean;
}
