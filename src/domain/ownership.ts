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
