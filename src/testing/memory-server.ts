import type { ImageStream, ImageStreamImport, ImportedImage, KubeObject, Secret } from '../domain/objects';

/** What a registry outside has of an image, by how lists are asked for. */
export type AnswerImport = (image: string, mode: 'PreserveOriginal' | 'Legacy') => ImportedImage;

/** Whether a list with this label selector has the object: `key=value`, `!key`, joined by commas. */
export const matches = ({ metadata }: KubeObject, selector: string | undefined): boolean =>
  (selector ?? '')
    .split(',')
    .filter(Boolean)
    .every((pair) => {
      if (pair.startsWith('!')) return metadata.labels?.[pair.slice(1)] === undefined;
      const [key = '', value = ''] = pair.split('=');
      return metadata.labels?.[key] === value;
    });

/** The server says where an ImageStream's images are; nowhere without a registry (sandbox/recorded/README.md). */
export const withRepository = (object: KubeObject, registry: string): Partial<ImageStream> => {
  const { name, namespace = '' } = object.metadata;
  const { status }: ImageStream = object;
  return { status: { ...status, dockerImageRepository: registry === '' ? '' : `${registry}/${namespace}/${name}` } };
};

/** An ImageStreamImport with what registries answered about each of its images. */
export const withAnswer = (question: ImageStreamImport, answer: AnswerImport): ImageStreamImport => ({
  ...question,
  status: {
    images: question.spec.images.map(({ from, importPolicy }) =>
      answer(from.name, importPolicy?.importMode ?? 'Legacy'),
    ),
  },
});

/** `stringData` is write-only: the server merges it into `data` as base64. */
export const withData = (object: KubeObject): KubeObject => {
  const { stringData, ...rest }: Secret = object;
  if (!stringData) return object;
  const encoded = Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, btoa(value)]));
  const merged: Secret = { ...rest, data: { ...rest.data, ...encoded } };
  return merged;
};

/** Of the kinds whose generation we read: it rises when the spec changes, and not with the status. */
export const generationAfter = (before: KubeObject | undefined, after: KubeObject): { readonly generation: number } => {
  const specOf = (object: object | undefined): string =>
    JSON.stringify((object as { readonly spec?: unknown } | undefined)?.spec);
  const generation = before?.metadata.generation ?? 0;
  return { generation: specOf(before) === specOf(after) && generation > 0 ? generation : generation + 1 };
};
