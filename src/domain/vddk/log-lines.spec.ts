import { append, findIn, mostLines, noLines } from './log-lines';

test('pieces of a log become lines, wherever they were cut', () => {
  const log = ['STEP 1\nST', 'EP', ' 2\n', '\nend'].reduce(append, noLines);
  expect(log).toEqual({ lines: ['STEP 1', 'STEP 2', '', 'end'], dropped: 0 });
});

test('a long log keeps its end, and says how much is left out', () => {
  const log = append(append(noLines, 'x\n'.repeat(mostLines)), 'y\n'.repeat(3));
  expect(log.lines).toHaveLength(mostLines);
  expect(log.dropped).toBe(4);
  expect(log.lines.slice(-4)).toEqual(['y', 'y', 'y', '']);
});

test('lines are found in either case, and nothing by nothing', () => {
  const lines = ['Copying blob', 'error: No space', 'copying config'];
  expect(findIn(lines, ' COPYING ')).toEqual([0, 2]);
  expect(findIn(lines, ' ')).toEqual([]);
  expect(findIn(lines, 'absent')).toEqual([]);
});
