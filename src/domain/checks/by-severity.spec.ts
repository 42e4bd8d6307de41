import { bySeverity } from './by-severity';

test('what blocks comes first, then what is not known, then warnings, then what is fine; equals stay as they were', () => {
  const judged = (['ready', 'warning', 'loading', 'blocked', 'unknown', 'waiting', 'blocked', 'ready'] as const).map(
    (state, id) => ({ id, verdict: { state } }),
  );
  expect(bySeverity(judged).map(({ id }) => id)).toEqual([3, 6, 5, 4, 2, 1, 0, 7]);
});
