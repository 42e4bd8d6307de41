import type { Provider } from '../objects';

/** The Provider of the cluster itself, which MTV makes (docs/facts/forklift.md §1). */
export const isHost = ({ spec }: Provider): boolean => spec?.type === 'openshift' && (spec.url ?? '') === '';
