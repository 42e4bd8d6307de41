import { found, missed, open, poll } from './patience';
import type { Look } from './patience';

/** The looks in their order, and how long was waited between them. */
const looking = async (misses: number, ...looks: Look<string>[]) => {
  const pauses: number[] = [];
  const pause = (milliseconds: number) => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  let at = 0;
  const answer = await poll({ pause }, { every: 7, misses }, () => Promise.resolve(looks[at++] ?? found('too late')));
  return { answer, pauses };
};

describe('Polling', () => {
  test('looks at once, and waits only between two looks', async () => {
    expect(await looking(1, found('a'))).toEqual({ answer: 'a', pauses: [] });
    expect(await looking(1, open, open, found('b'))).toEqual({ answer: 'b', pauses: [7, 7] });
  });

  test('ends with the last miss when enough came in a row', async () => {
    expect(await looking(2, missed('a'), missed('b'))).toEqual({ answer: 'b', pauses: [7] });
  });

  test('forgets misses as soon as something is seen', async () => {
    expect(await looking(2, missed('a'), open, missed('b'), found('c'))).toEqual({ answer: 'c', pauses: [7, 7, 7] });
  });

  test('never gives up with infinite patience', async () => {
    const misses = Array.from({ length: 1000 }, () => missed('a'));
    expect((await looking(Infinity, ...misses, found('b'))).answer).toBe('b');
  });
});
