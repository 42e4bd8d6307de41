import { failureOf } from '../cluster/failure';
import { isUsable } from '../domain/reading';
import type { Facts, Verdict, VerdictState } from '../domain/checks/check';
import { checks } from '../domain/checks/registry';
import type { KindId } from '../domain/kinds';

/** What the console's watches give to a `health/resource` item: one entry for each of its `resources`. */
export type WatchResults = Readonly<
  Record<string, { readonly data?: unknown; readonly loaded?: boolean; readonly loadError?: unknown } | undefined>
>;

const watchedKinds = [
  'providers',
  'forkliftControllers',
  'networkAttachmentDefinitions',
] as const satisfies readonly KindId[];

/** The console's watch results as the facts that checks look at. */
export const factsOf = (results: WatchResults): Facts =>
  Object.fromEntries(
    watchedKinds.map((kind) => {
      const { data, loaded = false, loadError } = results[kind] ?? {};
      if (loadError) {
        const failure = failureOf(loadError, { kind, verb: 'list' });
        return [kind, failure.code === 'KindAbsent' ? { state: 'absent' } : { state: 'failed', failure }];
      }
      return [
        kind,
        loaded ? { state: 'loaded', items: Array.isArray(data) ? (data as unknown[]) : [] } : { state: 'loading' },
      ];
    }),
  ) as Facts;

interface Readiness {
  readonly states: ReadonlySet<VerdictState>;
  readonly total: number;
  readonly ready: number;
  readonly verdicts: readonly (Verdict & { readonly id: string })[];
}

/** All checks over the console's watch results. */
export const judgeReadiness = (results: WatchResults): Readiness => {
  const facts = factsOf(results);
  const verdicts = checks.map(({ id, judge }) => ({ id, ...judge(facts) }));
  return {
    states: new Set(verdicts.map(({ state }) => state)),
    total: verdicts.length,
    ready: verdicts.filter(({ state }) => isUsable(state)).length,
    verdicts,
  };
};
