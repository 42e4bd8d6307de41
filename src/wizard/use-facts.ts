import { useMemo } from 'react';
import type { Check } from '../domain/checks/check';
import type { Facts, Watched } from '../domain/watched';
import { isListing, isNamed, isReferred, keyOf, namedIn, needsOf } from '../domain/checks/need';
import type { Listing, Named } from '../domain/checks/need';
import { forkliftControllers, providers } from '../domain/checks/mtv-needs';
import type { Many } from '../domain/cluster';
import type { KindId, ObjectOf } from '../domain/kinds';
import { watchedIn } from '../domain/mtv-project';
import type { ForkliftController, KubeObject, Provider } from '../domain/objects';
import { useMtvProject } from './MtvProjectContext';
import { useProject } from './parts/use-address';
import { useServices } from './ServicesContext';
import { useGone } from './use-gone';

/** Of two projects what can be seen: who may not look in one of them, works with the other, and knows that this is not all. */
const joined = <T>(one: Watched<T>, other: Watched<T>): Watched<T> => {
  if (one.state === 'loaded' && other.state === 'loaded')
    return { state: 'loaded', items: [...one.items, ...other.items] };
  if (one.state === 'loading' || other.state === 'loading') return { state: 'loading' };
  const seen = one.state === 'loaded' ? one : other;
  return seen.state === 'loaded' ? { ...seen, isPartial: true } : seen;
};

const isForbidden = (watched: Watched<unknown>): boolean =>
  watched.state === 'failed' && watched.failure.code === 'Forbidden';

/**
 * The whole cluster when the user may list it, otherwise what they may see in these projects, of which there are at most two; `undefined`:
 * one that is not known yet.
 */
export const useWidest = <K extends KindId>(
  query: Many<K>,
  ...projects: readonly (string | undefined)[]
): Watched<ObjectOf[K]> => {
  const { useWatch } = useServices();
  const wide = useWatch(query);
  const isConfined = isForbidden(wide);
  const [first, second] = [...new Set(projects)];
  const queryIn = (namespace: string | undefined) =>
    isConfined && namespace !== undefined ? { ...query, namespace } : undefined;
  const one = useWatch(queryIn(first));
  const other = useWatch(queryIn(second));
  const number = new Set(projects).size;
  const narrow = useMemo(() => (number === 2 ? joined(one, other) : one), [number, one, other]);
  return isConfined && number > 0 ? narrow : wide;
};

/** What the page looks at of a listing, live. */
const useListing = <K extends KindId>({
  list,
  labelSelector,
  ofMtv = false,
  narrower = [],
}: Listing<K>): Watched<ObjectOf[K]> => {
  const { name, source } = useMtvProject();
  const [chosen] = useProject();
  const mtv = source === 'looking' ? undefined : name;
  // While no project is chosen there is none to look in.
  const projects = narrower.flatMap((place) => (place === 'mtv' ? [mtv] : chosen === '' ? [] : [chosen]));
  const seen = useWidest({ list, ...(labelSelector !== undefined && { labelSelector }) }, ...projects);
  return useMemo(
    () => (ofMtv ? (watchedIn(seen as Watched<KubeObject>, mtv) as Watched<ObjectOf[K]>) : seen),
    [ofMtv, seen, mtv],
  );
};

/** One object by its name. As a list: for a single object that may not be read the console opens its websocket again and again. */
const useNamed = (need: Named, facts: Facts): Watched<unknown> => {
  const { useWatch } = useServices();
  const { kind, place } = need;
  const isKnown = place?.after.every((need) => (facts[keyOf(need)]?.state ?? 'loading') !== 'loading') ?? true;
  const all = useWatch(isKnown ? { list: kind, ...(place && { namespace: place.find(facts) }) } : undefined);
  return useMemo(() => namedIn(all, need), [all, need]);
};

/** Everything that these checks look at, live. `checks` is the same list as long as the component that calls this lives. */
export const useFacts = (checks: readonly Check[]): Facts => {
  const needs = useMemo(() => needsOf(checks), [checks]);
  const facts: Record<string, Watched<unknown>> = {};
  /* eslint-disable react-hooks/rules-of-hooks -- what a check needs is written in it: the number of hooks never changes */
  for (const need of needs.filter(isListing)) facts[keyOf(need)] = useListing(need);
  for (const need of needs.filter(isNamed)) facts[keyOf(need)] = useNamed(need, facts);
  for (const need of needs.filter(isReferred)) {
    const isKnown = facts[keyOf(need.after)]?.state !== 'loading';
    facts[keyOf(need)] = useGone(isKnown ? need.refer(facts) : undefined);
  }
  /* eslint-enable react-hooks/rules-of-hooks */
  return facts;
};

/** MTV's ForkliftControllers. */
export const useControllers = (): Watched<ForkliftController> => useListing(forkliftControllers);

/**
 * The Providers that the user may see: all of them, otherwise those of MTV's project and of the chosen one. `home` is where this user
 * keeps a Provider of their own: MTV's project, or the chosen one when MTV's is closed to them; empty while none is chosen.
 */
export const useProviders = (): { readonly providers: Watched<Provider>; readonly home: string } => {
  const { useWatch } = useServices();
  const { name: mtv, source } = useMtvProject();
  const [chosen] = useProject();
  const seen = useListing(providers);
  const isConfined = isForbidden(useWatch({ list: 'providers' }));
  const beside = useWatch(isConfined && source !== 'looking' ? { list: 'providers', namespace: mtv } : undefined);
  return { providers: seen, home: isConfined && isForbidden(beside) ? chosen : mtv };
};
