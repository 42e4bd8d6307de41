import type { One } from '../cluster';
import type { KindId, ObjectOf } from '../kinds';
import type { KubeObject } from '../objects';
import type { Text } from '../translate';
import type { Facts, Watched } from '../watched';

/** All objects of a kind. */
export interface Listing<K extends KindId = KindId> {
  readonly list: K;
  readonly labelSelector?: string;
  /** The cluster may not have the kind: then there is nothing of it. Otherwise its absence is the verdict. */
  readonly optional?: boolean;
  /** What is said then: what brings the kind. Left out for what every cluster has, and where it is optional. */
  readonly absent?: Text;
  /** The step, by its id, that brings the kind to a cluster that lacks it. */
  readonly broughtBy?: string;
  /** Only those in MTV's project count; others are left-overs. The Status card does not know that project and sees all. */
  readonly ofMtv?: boolean;
  /** Where the page looks for a user who may not list the whole cluster: in MTV's project, in the one chosen for the virtual machines. */
  readonly narrower?: readonly Project[];
}

/** A project whose name only the page or the report knows: that of MTV, or the one chosen for the virtual machines. */
export type Project = 'mtv' | 'chosen';

/** One object by its name. */
export interface Named<K extends KindId = KindId> {
  readonly kind: K;
  readonly name: string;
  /** Its project; left out for an object that is in none. */
  readonly place?: Place;
  readonly optional?: boolean;
}

/** A project that other facts tell. */
export interface Place {
  readonly after: readonly Listing[];
  readonly find: (facts: Facts) => string;
}

/**
 * Objects that others refer to, such as the Secrets of Providers. A check gets those that are known not to be there. Only metadata is asked
 * for. Whoever may not look, and the Status card, which does not look, know of none that is gone.
 */
export interface Referred {
  readonly after: Listing;
  readonly refer: (facts: Facts) => readonly One[];
}

/** What a check looks at. All watching and reading derives from it: on the page, for the Status card, in the report. */
export type Need<K extends KindId = KindId> = Listing<K> | Named<K> | Referred;

/** What a rule gets of each of its needs. */
export type SeenOf<N extends Readonly<Record<string, Need>>> = {
  readonly [P in keyof N]: N[P] extends { readonly list: infer K extends KindId }
    ? readonly ObjectOf[K][]
    : N[P] extends { readonly kind: infer K extends KindId }
      ? ObjectOf[K] | undefined
      : readonly One[];
};

/** Whether a need is all objects of a kind. */
export const isListing = (need: Need): need is Listing => 'list' in need;
/** Whether a need is one object by its name. */
export const isNamed = (need: Need): need is Named => 'name' in need;
/** Whether a need is what others refer to. */
export const isReferred = (need: Need): need is Referred => 'refer' in need;

/** The key of a need's fact, the same for needs that ask the same. */
export const keyOf = (need: Need): string => {
  if (isListing(need)) return need.labelSelector === undefined ? need.list : `${need.list} ${need.labelSelector}`;
  return isNamed(need) ? `${need.kind}/${need.name}` : `named by ${need.after.list}`;
};

/** Everything that some checks need, each once, and before it what tells where that is. */
export const needsOf = (checks: readonly { readonly needs: readonly Need[] }[]): readonly Need[] => {
  const all = checks
    .flatMap(({ needs }) => needs)
    .flatMap((need): readonly Need[] => {
      if (isReferred(need)) return [need.after, need];
      return isNamed(need) ? [...(need.place?.after ?? []), need] : [need];
    });
  return [...new Map(all.map((need) => [keyOf(need), need])).values()];
};

/** What is known of a listing; nothing while it is not known. */
export const itemsOf = <K extends KindId>(facts: Facts, need: Listing<K>): readonly ObjectOf[K][] => {
  const fact = facts[keyOf(need)];
  return fact?.state === 'loaded' ? (fact.items as readonly ObjectOf[K][]) : [];
};

/** The named object, of a list of its kind. */
export const namedIn = (all: Watched<unknown>, { name }: Named): Watched<unknown> =>
  all.state === 'loaded'
    ? { state: 'loaded', items: (all.items as readonly KubeObject[]).filter(({ metadata }) => metadata.name === name) }
    : all;
