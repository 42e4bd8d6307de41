import { failureOfList } from '../cluster/read-failure';
import type { Check, Verdict, VerdictState } from '../domain/checks/check';
import type { Facts, Watched } from '../domain/watched';
import { isNamed, isReferred, keyOf, namedIn, needsOf } from '../domain/checks/need';
import { isUsable } from '../domain/reading';

/** What the console gives to a `health/resource` item: what each of its `resources` (`resources.ts`) watches, by its name. */
export type WatchResults = Readonly<Record<string, WatchResult | undefined>>;

interface WatchResult {
  readonly data?: unknown;
  readonly loaded?: boolean;
  readonly loadError?: unknown;
}

const watchedOf = ({ data, loaded = false, loadError }: WatchResult): Watched<unknown> => {
  if (loadError) {
    const failure = failureOfList(loadError);
    return failure.code === 'KindAbsent' ? { state: 'absent' } : { state: 'failed', failure };
  }
  return loaded ? { state: 'loaded', items: Array.isArray(data) ? data : [] } : { state: 'loading' };
};

const nothing: Watched<unknown> = { state: 'loaded', items: [] };

/** The console's watch results as the facts that checks look at. What objects refer to is not looked at here: of none it is known to be gone. */
export const factsOf = (checks: readonly Check[], results: WatchResults): Facts =>
  Object.fromEntries(
    needsOf(checks).map((need) => {
      const watched = watchedOf(results[keyOf(need)] ?? {});
      return [keyOf(need), isReferred(need) ? nothing : isNamed(need) ? namedIn(watched, need) : watched];
    }),
  );

interface Readiness {
  readonly states: ReadonlySet<VerdictState>;
  readonly total: number;
  readonly ready: number;
  readonly verdicts: readonly Verdict[];
}

/** These checks over the console's watch results. */
export const judgeReadiness = (checks: readonly Check[], results: WatchResults): Readiness => {
  const facts = factsOf(checks, results);
  const verdicts = checks.map(({ judge }) => judge(facts));
  return {
    states: new Set(verdicts.map(({ state }) => state)),
    total: verdicts.length,
    ready: verdicts.filter(({ state }) => isUsable(state)).length,
    verdicts,
  };
};
