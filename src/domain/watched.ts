import type { ClusterFailure } from './failure';

/**
 * What is known about a kind right now. Not knowing (no right to look, CRD absent, request failed) is its own state. `isPartial`: there are places
 * where the user may not look, so that what is not among the items may be there all the same.
 */
export type Watched<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly items: readonly T[]; readonly isPartial?: boolean }
  | { readonly state: 'absent' }
  | { readonly state: 'failed'; readonly failure: ClusterFailure };

/** What is known of each need, by its key (`keyOf`). What is missing here counts as loading. */
export type Facts = Readonly<Record<string, Watched<unknown> | undefined>>;
