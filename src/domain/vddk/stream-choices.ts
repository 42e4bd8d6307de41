import type { Choice } from '../choices';
import { compareText } from '../compare-text';
import type { ImageStream } from '../objects';

/** How likely an ImageStream has VDDK, by its name alone; lower is likelier. */
const rankOf = ({ metadata }: ImageStream): number => (/vddk/i.test(metadata.name) ? 0 : 1);

/**
 * The tags of ImageStreams, each as the digest that it has now, so that what is chosen stays what it is. OpenShift's own, in project
 * `openshift`, are left out. Streams whose name speaks of VDDK come first.
 */
export const streamChoices = (streams: readonly ImageStream[]): readonly Choice[] =>
  streams
    .filter(({ metadata }) => metadata.namespace !== 'openshift')
    .map((stream) => ({ stream, name: `${stream.metadata.namespace ?? ''}/${stream.metadata.name}` }))
    .sort((a, b) => rankOf(a.stream) - rankOf(b.stream) || compareText(a.name, b.name))
    .flatMap(({ stream, name }) =>
      (stream.status?.tags ?? []).flatMap(({ tag, items }): readonly Choice[] => {
        const [newest] = items ?? [];
        if (newest === undefined || newest.dockerImageReference === '') return [];
        return [{ value: newest.dockerImageReference, text: `${name}:${tag}`, description: newest.image }];
      }),
    );
