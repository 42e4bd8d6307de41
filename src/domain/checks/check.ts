import type { ClusterFailure } from '../failure';
import type { KindId, ObjectOf } from '../kinds';
import type { Params, Reading, ReadingState, Sentences } from '../reading';
import type { Text } from '../translate';

/** What is known about a kind right now. Not knowing (no right to look, CRD absent, request failed) is its own state. */
export type Watched<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly items: readonly T[] }
  | { readonly state: 'absent' }
  | { readonly state: 'failed'; readonly failure: ClusterFailure };

/** What the checks look at, kind by kind. A kind missing here counts as loading. */
export type Facts = { readonly [K in KindId]?: Watched<ObjectOf[K]> };

/** The steps of the wizard that can clear a check, by the id in their registry. */
export type StepId = 'prerequisites' | 'connection' | 'vddk' | 'hosts' | 'networks' | 'summary';

/**
 * Judged by a rule: a reading of everything that it looked at. `blocked` is what is to be done. Whether something is absent or blocked
 * makes no difference to who waits for it.
 */
export type Judgement<R extends string> = Reading<R>;

const judged =
  <S extends ReadingState>(state: S) =>
  <R extends string>(reason: R, params: Params = {}): Reading<R, S> => ({ state, reason, params });

export const ready = judged('ready');
export const warning = judged('warning');
export const blocked = judged('blocked');
export const waiting = judged('waiting');
export const unknown = judged('unknown');

type Loaded<N extends KindId> = { readonly [K in N]: readonly ObjectOf[K][] };

/** A check as it is written: typed so that a misspelt reason or a kind outside `needs` does not compile. */
export interface CheckDefinition<N extends KindId, R extends string> {
  readonly id: string;
  readonly title: Text;
  /** The step that clears it. */
  readonly step: StepId;
  readonly needs: readonly N[];
  /** Kinds whose CRD may be absent: then `judge` gets an empty list instead of the check being unknown. */
  readonly optional?: readonly N[];
  readonly judge: (seen: Loaded<N>, isServed: (kind: N) => boolean) => Judgement<NoInfer<R>>;
  readonly reasons: Sentences<R>;
}

export type VerdictState = 'ready' | 'warning' | 'blocked' | 'waiting' | 'loading' | 'unknown';

/** A check's answer: the state and the sentence for it. `unknown` always says why we do not know. */
export interface Verdict {
  readonly state: VerdictState;
  readonly reason: string;
  readonly text: Text;
}

/** A check as everything else uses it. */
export interface Check {
  readonly id: string;
  readonly title: Text;
  readonly step: StepId;
  readonly needs: readonly KindId[];
  readonly judge: (facts: Facts) => Verdict;
}

/** Wraps a rule so that loading, failed and absent kinds are settled before it is asked. */
export const defineCheck = <N extends KindId, R extends string>(definition: CheckDefinition<N, R>): Check => {
  const { id, title, step, needs, optional = [], judge, reasons } = definition;
  return {
    id,
    title,
    step,
    needs,
    judge: (facts) => {
      const loaded: Partial<Record<N, unknown>> = {};
      const known: Readonly<Partial<Record<KindId, Watched<unknown>>>> = facts;
      for (const kind of needs) {
        const watched = known[kind] ?? { state: 'loading' };
        if (watched.state === 'loading') return loading;
        if (watched.state === 'failed') return notKnown(watched.failure);
        if (watched.state === 'absent' && !optional.includes(kind)) return absent(kind);
        loaded[kind] = watched.state === 'loaded' ? watched.items : [];
      }
      const { state, reason, params } = judge(loaded as Loaded<N>, (kind) => known[kind]?.state === 'loaded');
      return { state: state === 'absent' ? 'blocked' : state, reason, text: (t) => reasons[reason](t, params) };
    },
  };
};

const loading: Verdict = { state: 'loading', reason: 'Loading', text: (t) => t('Checking the cluster…') };

const absent = (kind: KindId): Verdict => ({
  state: 'blocked',
  reason: 'KindAbsent',
  text: (t) =>
    kind === 'networkAttachmentDefinitions'
      ? t('This cluster has no NetworkAttachmentDefinitions: Multus is not installed.')
      : t('Migration Toolkit for Virtualization is not installed.'),
});

const notKnown = (failure: ClusterFailure): Verdict => ({
  state: 'unknown',
  reason: failure.code,
  text: (t) =>
    failure.code === 'Forbidden'
      ? t('You are not permitted to check this.')
      : t('This could not be checked. Reload the page to try again.'),
});
