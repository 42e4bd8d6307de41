import { useCallback, useEffect, useRef, useState } from 'react';
import type { Right } from '../domain/cluster';
import { distinctRights, reviewRights, rightKey } from '../domain/rights';
import { useServices } from './ServicesContext';

/** What is known of some rights: `asking`, or which of them are missing and of which the cluster said nothing. None of either: all are there. */
export type KnownRights =
  | { readonly state: 'asking' }
  | { readonly state: 'known'; readonly missing: readonly Right[]; readonly unknown: readonly Right[] };

/** Rights that were asked for. */
interface AskedRights {
  /** What is known of some of the rights that were asked for. */
  readonly of: (rights: readonly Right[]) => KnownRights;
  /** Asks anew for all that are not there: somebody may have granted them. */
  readonly again: () => void;
}

type Answer = 'allowed' | 'missing' | 'unknown';

/** Asks for these rights in one batch, and later only for those that are new. */
export const useRights = (rights: readonly Right[]): AskedRights => {
  const { cluster } = useServices();
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map());
  const open = [...new Set(rights.map(rightKey))].filter((key) => !answers.has(key));
  const batch = open.join('\n');

  const pending = useRef(new Set<string>());

  useEffect(() => {
    // What is asked for already is not asked for again when something new comes.
    const fresh = batch.split('\n').filter((key) => key !== '' && !pending.current.has(key));
    if (fresh.length === 0) return;
    for (const key of fresh) pending.current.add(key);
    const asked = fresh.map((key) => JSON.parse(key) as Right);
    void reviewRights(cluster, asked).then(({ missing, unknown }) => {
      const answerOf = (right: Right): Answer =>
        missing.includes(right) ? 'missing' : unknown.includes(right) ? 'unknown' : 'allowed';
      setAnswers(
        (before) => new Map([...before, ...asked.map((right) => [rightKey(right), answerOf(right)] as const)]),
      );
      for (const key of fresh) pending.current.delete(key);
    });
  }, [cluster, batch]);

  const of = useCallback(
    (some: readonly Right[]): KnownRights => {
      const each = distinctRights(some);
      const those = (answer: Answer) => each.filter((right) => answers.get(rightKey(right)) === answer);
      return some.every((right) => answers.has(rightKey(right)))
        ? { state: 'known', missing: those('missing'), unknown: those('unknown') }
        : { state: 'asking' };
    },
    [answers],
  );
  const again = useCallback(() => {
    setAnswers((before) => new Map([...before].filter(([, answer]) => answer === 'allowed')));
  }, []);
  return { of, again };
};
