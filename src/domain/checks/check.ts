import type { ClusterFailure } from '../failure';
import type { Params, Reading, ReadingState, Sentences } from '../reading';
import type { Text } from '../translate';
import type { Facts } from '../watched';
import { isListing, isNamed, isReferred, keyOf } from './need';
import type { Listing, Named, Need, SeenOf } from './need';

/**
 * Judged by a rule: a reading of everything that it looked at. `blocked` is what is to be done. Whether something is absent or blocked
 * makes no difference to who waits for it.
 */
export type Judgement<R extends string> = Reading<R>;

const judged =
  <S extends ReadingState>(state: S) =>
  <R extends string>(reason: R, params: Params = {}): Reading<R, S> => ({ state, reason, params });

/** It is as it should be. `params` fill the sentence of the reason, here and below. */
export const ready = judged('ready');
/** It can be used, with a flaw that the sentence names. */
export const warning = judged('warning');
/** Somebody has to do something; the sentence says what. */
export const blocked = judged('blocked');
/** It is under way and needs nobody. */
export const waiting = judged('waiting');
/** What was seen does not tell. A kind that could not be looked at never gets here: `defineCheck` says so itself. */
export const unknown = /* @__PURE__ */ judged('unknown');

/** A check as it is written: typed so that a misspelt reason, or a look at something outside `needs`, does not compile. */
export interface CheckDefinition<N extends Readonly<Record<string, Need>>, R extends string> {
  readonly id: string;
  readonly title: Text;
  /** The step that clears it, by its id (`wizard/registry.ts`). Left out while there is none: then its sentence says what to do. */
  readonly step?: string;
  /** What it looks at, by the names that `judge` uses. Whoever judges derives from it what to watch or to read. */
  readonly needs: N;
  /**
   * `isServed`: whether the cluster has the kind of a need, of which an optional one may be absent. `isPartial`: whether there are places where
   * the user may not look for it.
   */
  readonly judge: (
    seen: SeenOf<N>,
    isServed: (need: keyof N) => boolean,
    isPartial: (need: keyof N) => boolean,
  ) => Judgement<NoInfer<R>>;
  readonly reasons: Sentences<R>;
}

/** The states of a reading, and `loading`: the cluster has not answered yet. */
export type VerdictState = 'ready' | 'warning' | 'blocked' | 'waiting' | 'loading' | 'unknown';

/** A check's answer: the state and the sentence for it. `unknown` always says why we do not know. */
export interface Verdict {
  readonly state: VerdictState;
  readonly reason: string;
  readonly text: Text;
  /** The step that clears it, if that is another one than the check's own. */
  readonly clearedBy?: string;
}

/** A check as everything else uses it. */
export interface Check {
  readonly id: string;
  readonly title: Text;
  readonly step: string | undefined;
  readonly needs: readonly Need[];
  readonly judge: (facts: Facts) => Verdict;
}

/** Wraps a rule so that loading, failed and absent kinds are settled before it is asked. */
export const defineCheck = <const N extends Readonly<Record<string, Need>>, R extends string>(
  definition: CheckDefinition<N, R>,
): Check => {
  const { id, title, step, needs, judge, reasons } = definition;
  return {
    id,
    title,
    step,
    needs: Object.values(needs),
    judge: (facts) => {
      const seen: Record<string, unknown> = {};
      for (const [name, need] of Object.entries<Need>(needs)) {
        const fact = facts[keyOf(need)] ?? { state: 'loading' };
        if (fact.state === 'loading') return loading;
        if (fact.state === 'failed') return notKnown(fact.failure);
        if (fact.state === 'absent' && !isReferred(need) && !need.optional) return absent(need);
        const items = fact.state === 'loaded' ? fact.items : [];
        seen[name] = isNamed(need) ? items[0] : items;
      }
      const factOf = (name: keyof N) => needs[name] && facts[keyOf(needs[name])];
      const isServed = (name: keyof N) => factOf(name)?.state === 'loaded';
      const isPartial = (name: keyof N) => {
        const fact = factOf(name);
        return fact?.state === 'loaded' && fact.isPartial === true;
      };
      const { state, reason, params } = judge(seen as SeenOf<N>, isServed, isPartial);
      return { state: state === 'absent' ? 'blocked' : state, reason, text: (t) => reasons[reason](t, params) };
    },
  };
};

const loading: Verdict = { state: 'loading', reason: 'Loading', text: (t) => t('Checking the cluster…') };

const absent = (need: Listing | Named): Verdict => ({
  state: 'blocked',
  reason: 'KindAbsent',
  text: (t) =>
    isListing(need)
      ? (need.absent?.(t) ?? t('This cluster does not have {{kind}}.', { kind: need.list }))
      : t('This cluster does not have {{kind}}.', { kind: need.kind }),
  ...(isListing(need) && need.broughtBy !== undefined && { clearedBy: need.broughtBy }),
});

const notKnown = (failure: ClusterFailure): Verdict => ({
  state: 'unknown',
  reason: failure.code,
  text: (t) =>
    failure.code === 'Forbidden'
      ? t('You are not permitted to check this.')
      : t('This could not be checked. Reload the page to try again.'),
});
