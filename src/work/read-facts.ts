import type { Check } from '../domain/checks/check';
import type { Facts, Watched } from '../domain/watched';
import { isListing, isNamed, isReferred, itemsOf, keyOf, needsOf } from '../domain/checks/need';
import type { Named, Need } from '../domain/checks/need';
import { forkliftControllers } from '../domain/checks/mtv-needs';
import { installers } from '../domain/checks/operator-needs';
import type { Cluster, Many, One } from '../domain/cluster';
import type { KubeObject } from '../domain/objects';
import { readMtvProject, watchedIn } from '../domain/mtv-project';

const look = async (cluster: Cluster, query: One | Many): Promise<Watched<unknown>> => {
  const answer = await ('list' in query ? cluster.list(query) : cluster.get(query));
  if (answer.ok) {
    const { value } = answer;
    return { state: 'loaded', items: Array.isArray(value) ? value : value === undefined ? [] : [value] };
  }
  return answer.error.code === 'KindAbsent' ? { state: 'absent' } : { state: 'failed', failure: answer.error };
};

/** Those that are known not to be there; a failure to look is none of them. */
const lookForGone = async (cluster: Cluster, references: readonly One[]): Promise<Watched<One>> => {
  const gone = await Promise.all(
    references.map(async (one) => {
      const answer = await cluster.get(one);
      return answer.ok && answer.value === undefined ? [one] : [];
    }),
  );
  return { state: 'loaded', items: gone.flat() };
};

const factsOf = async <N extends Need>(
  needs: readonly N[],
  see: (need: N) => Promise<Watched<unknown>>,
): Promise<Facts> =>
  Object.fromEntries(await Promise.all(needs.map(async (need) => [keyOf(need), await see(need)] as const)));

const queryOf = ({ kind, name, place }: Named, facts: Facts): One => ({
  kind,
  name,
  ...(place && { namespace: place.find(facts) }),
});

/** MTV's project, as the cluster tells it. */
const mtvProjectIn = (facts: Facts): string => {
  const seen = <T>(items: readonly T[]) => ({ state: 'loaded', items }) as const;
  return readMtvProject({
    controllers: seen(itemsOf(facts, forkliftControllers)),
    subscriptions: seen(itemsOf(facts, installers.subscriptions)),
    csvs: seen(itemsOf(facts, installers.clusterServiceVersions)),
    clusterExtensions: seen(itemsOf(facts, installers.clusterExtensions)),
    served: { state: 'loaded', project: undefined },
  }).name;
};

/**
 * Everything that these checks look at, read once: lists in the whole cluster, then what they tell the place of. A failed request is a fact
 * as well, so this does not fail.
 */
export const readFacts = async (cluster: Cluster, checks: readonly Check[]): Promise<Facts> => {
  const needs = needsOf([...checks, { needs: [forkliftControllers, ...Object.values(installers)] }]);
  const listings = needs.filter(isListing);
  const listed = await factsOf(listings, ({ list, labelSelector }) =>
    look(cluster, { list, ...(labelSelector !== undefined && { labelSelector }) }),
  );
  const mtv = mtvProjectIn(listed);
  const placed = Object.fromEntries(
    listings.map((need) => {
      const fact = listed[keyOf(need)] ?? { state: 'loading' };
      return [keyOf(need), need.ofMtv ? watchedIn(fact as Watched<KubeObject>, mtv) : fact];
    }),
  );
  const named = await factsOf(needs.filter(isNamed), (need) => look(cluster, queryOf(need, placed)));
  const referred = await factsOf(needs.filter(isReferred), ({ refer }) => lookForGone(cluster, refer(placed)));
  return { ...placed, ...named, ...referred };
};
