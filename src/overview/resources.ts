import type { Check } from '../domain/checks/check';
import { isListing, isReferred, keyOf, needsOf } from '../domain/checks/need';
import type { Listing, Named } from '../domain/checks/need';
import { kinds } from '../domain/kinds';
import type { Kind } from '../domain/kinds';
import { selectorOf } from '../cluster/selector';

/** What the console is to watch for one need. A named object as a list: for a single one that may not be read it asks without end. */
const resourceOf = (need: Listing | Named) => {
  const { group, version, kind, atOnce }: Kind = kinds[isListing(need) ? need.list : need.kind];
  return {
    isList: true,
    groupVersionKind: { ...(group && { group }), version, kind },
    ...(isListing(need) && need.labelSelector !== undefined && { selector: selectorOf(need.labelSelector) }),
    ...(atOnce !== undefined && { limit: atOnce }),
  };
};

/**
 * The `resources` of the Status card's item in `console-extensions.json`, which a spec holds to this. Every user of the Overview has
 * these watches. What objects refer to is left out, and an object whose project other facts tell cannot be watched that way.
 */
export const resourcesOf = (checks: readonly Check[]) =>
  Object.fromEntries(
    needsOf(checks).flatMap((need) =>
      isReferred(need) || (!isListing(need) && need.place) ? [] : [[keyOf(need), resourceOf(need)]],
    ),
  );
