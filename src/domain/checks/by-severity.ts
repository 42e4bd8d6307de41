import type { Verdict, VerdictState } from './check';

/** From what keeps people from migrating to what is fine. */
const order: readonly VerdictState[] = ['blocked', 'waiting', 'unknown', 'loading', 'warning', 'ready'];

/** What blocks first, then what nobody knows, then warnings, then what is fine; among equals the order in which they came. */
export const bySeverity = <T extends { readonly verdict: Pick<Verdict, 'state'> }>(
  judged: readonly T[],
): readonly T[] => [...judged].sort((a, b) => order.indexOf(a.verdict.state) - order.indexOf(b.verdict.state));
