import type { ImageStreamTag } from '../../../domain/objects';
import { readImageFacts } from '../../../domain/vddk/image-facts';
import type { ImageFacts } from '../../../domain/vddk/image-facts';
import { entryOf, previousOf } from '../../../domain/vddk/image-history';
import type { StreamImage } from '../../../domain/vddk/image-history';
import { placeOf } from '../../../domain/vddk/image-place';
import { useAnswer } from '../../parts/use-answer';
import { useMtvProject } from '../../MtvProjectContext';
import { useServices } from '../../ServicesContext';

/** What is known of an image that is set, and the one that its ImageStream had before. */
export const useImageFacts = (
  image: string,
): { readonly facts: ImageFacts; readonly previous: StreamImage | undefined } => {
  const { useWatch } = useServices();
  const { name: mtv } = useMtvProject();
  const place = placeOf(image);
  const streams = useWatch(place && { list: 'imageStreams', namespace: place.project });
  const stream =
    streams.state === 'loaded' ? streams.items.find(({ metadata }) => metadata.name === place?.stream) : undefined;
  const entry = entryOf(stream, image);
  const tagged = useTag(place?.project, place && entry && `${place.stream}:${entry.tag}`, entry?.digest);
  return { facts: readImageFacts(image, { stream, tagged, mtv }), previous: previousOf(stream, image) };
};

/** A tag of an ImageStream, with what its newest image says of itself; asked for once for each digest. */
const useTag = (
  namespace: string | undefined,
  name: string | undefined,
  digest: string | undefined,
): ImageStreamTag | undefined => {
  const { cluster } = useServices();
  const [tag] = useAnswer(async () => {
    const answer =
      namespace === undefined || name === undefined
        ? undefined
        : await cluster.get({ kind: 'imageStreamTags', name, namespace });
    return answer?.ok ? answer.value : undefined;
  }, [namespace, name, digest].join(' '));
  return tag;
};
