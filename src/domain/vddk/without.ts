import type { Provider } from '../objects';

/** MTV's own mark for "skip VDDK" on a Provider (docs/facts/forklift.md §1): the choice is kept on the cluster, not in the browser. */
export const withoutVddkAnnotation = 'forklift.konveyor.io/empty-vddk-init-image';

/** Whether this Provider is marked to migrate without VDDK. */
export const isWithoutVddk = ({ metadata }: Provider): boolean =>
  metadata.annotations?.[withoutVddkAnnotation] === 'yes';
