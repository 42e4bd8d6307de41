import type { Facts, Watched } from '../domain/watched';
import { isListing, isReferred, keyOf } from '../domain/checks/need';
import type { Need } from '../domain/checks/need';
import type { KindId } from '../domain/kinds';

/** What a spec knows of kinds. */
export type ByKind = Readonly<Partial<Record<KindId, Watched<unknown>>>>;

const nothing: Watched<never> = { state: 'loaded', items: [] };

/** Facts for needs from what is known of their kinds; of other kinds there is nothing, and nothing that is referred to is gone. */
export const factsByKind = (needs: readonly Need[], known: ByKind): Facts =>
  Object.fromEntries(
    needs.map((need) => [
      keyOf(need),
      isReferred(need) ? nothing : (known[isListing(need) ? need.list : need.kind] ?? nothing),
    ]),
  );
