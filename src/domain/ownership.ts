import type { KindId } from './kinds';
import type { KubeObject, Metadata } from './objects';

/** The labels by which we know our own objects: undo and "everything we created" rest on them (ARCHITECTURE.md, "Ownership"). */
export const ownLabels = {
  'app.kubernetes.io/managed-by': 'migration-prep',
  'app.kubernetes.io/part-of': 'migration-prep',
} as const;

/** For list requests: our objects and nobody else's. */
export const ownSelector = 'app.kubernetes.io/managed-by=migration-prep';

/** Whether we created this object. */
export const isOurs = ({ metadata }: KubeObject): boolean =>
  metadata.labels?.['app.kubernetes.io/managed-by'] === ownLabels['app.kubernetes.io/managed-by'];

/** Metadata with our labels added. */
export const owned = (metadata: Metadata): Metadata => ({ ...metadata, labels: { ...metadata.labels, ...ownLabels } });

/** A release of the chart, whose values declare things. */
export interface Release {
  readonly namespace: string;
  readonly name: string;
}

/** On what values declare: the release whose controller holds it, as `<namespace>/<release>`. The page offers no writing there. */
export const declaredByAnnotation = 'migration-prep/declared-by';

/** The annotation of what a release declares. */
export const declaredBy = ({ namespace, name }: Release): Readonly<Record<string, string>> => ({
  [declaredByAnnotation]: `${namespace}/${name}`,
});

/** The release whose values declare this object; `undefined`: it is not declared, or its annotation names none. */
export const releaseOf = ({ metadata }: KubeObject): Release | undefined => {
  const [, namespace, name] = /^([^/]+)\/([^/]+)$/.exec(metadata.annotations?.[declaredByAnnotation] ?? '') ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
};

/**
 * The release that would set this object again if somebody changed or removed it. On a network the note says only who created it: it is
 * never changed, and created again only when a plan names it.
 */
export const holderOf = (kind: KindId, object: KubeObject): Release | undefined =>
  kind === 'networkAttachmentDefinitions' ? undefined : releaseOf(object);

/** The release that declares this object, if it is another one than this; without one, any release is another. */
export const otherHolder = (object: KubeObject, release: Release | undefined): Release | undefined => {
  const holder = releaseOf(object);
  return holder?.name === release?.name && holder?.namespace === release?.namespace ? undefined : holder;
};
