import type { Outcome } from '../work/prepare/task';
import { done, failed, waiting } from '../work/prepare/task';
import { until } from './until';

const play = async (
  tasks: Readonly<Record<string, readonly Outcome[]>>,
  deadline = 10,
  {
    isRehearsal = false,
    after = {},
  }: { isRehearsal?: boolean; after?: Readonly<Record<string, readonly string[]>> } = {},
) => {
  const lines: string[] = [];
  const attempts: string[] = [];
  let time = 0;
  const code = await until(
    Object.entries(tasks).map(([name, outcomes]) => {
      const left = [...outcomes];
      return {
        name,
        after: after[name] ?? [],
        attempt: () => {
          attempts.push(name);
          return Promise.resolve((left.length > 1 ? left.shift() : left[0]) ?? done(''));
        },
      };
    }),
    {
      deadline,
      isRehearsal,
      interval: 1,
      now: () => time,
      pause: (milliseconds) => {
        time += milliseconds;
        return Promise.resolve();
      },
      say: (line) => lines.push(line),
      complain: (line) => lines.push(`! ${line}`),
    },
  );
  return { code, lines, attempts: attempts.join(' ') };
};

const forbidden: Outcome = { state: 'forbidden', text: 'no right' };

test.each<[string, Readonly<Record<string, readonly Outcome[]>>, number, readonly string[], string]>([
  ['what is done at once', { a: [done('ok')] }, 0, ['a: ok'], 'a'],
  [
    'what is waited for, said once and again when it changes',
    { a: [waiting('x'), waiting('x'), waiting('y'), done('ok')] },
    0,
    ['a: waiting. x', 'a: waiting. y', 'a: ok'],
    'a a a a',
  ],
  [
    'what is done is not done again',
    { a: [done('ok')], b: [waiting('x'), done('ok')] },
    0,
    ['a: ok', 'b: waiting. x', 'b: ok'],
    'a b b',
  ],
  [
    'a failure does not hold up the others',
    { a: [failed('bad')], b: [waiting('x'), done('ok')] },
    1,
    ['! a: bad', 'b: waiting. x', 'b: ok'],
    'a b b',
  ],
  [
    'a missing right outweighs a failure',
    { a: [failed('bad')], b: [forbidden] },
    4,
    ['! a: bad', '! b: no right'],
    'a b',
  ],
  ['nothing to do', {}, 0, [], ''],
])('%s', async (_, tasks, code, lines, attempts) => {
  expect(await play(tasks)).toEqual({ code, lines, attempts });
});

test('the deadline ends it, and what is missing is told', async () => {
  const { code, lines, attempts } = await play({ a: [waiting('x')], b: [done('ok')] }, 3);
  expect({ code, attempts }).toEqual({ code: 3, attempts: 'a b a a a' });
  expect(lines.at(-1)).toBe('! a: the deadline has passed. x');
});

test('without time there is one try', async () => {
  expect((await play({ a: [waiting('x')] }, 0)).attempts).toBe('a');
});

test('a task waits for those that come first, done or failed, and not without end', async () => {
  const after = { b: ['a'] };
  expect((await play({ b: [done('ok')], a: [waiting('x'), failed('bad')] }, 10, { after })).attempts).toBe('a a b');
  expect((await play({ b: [done('ok')], a: [waiting('x')] }, 1, { after })).lines).toEqual([
    'a: waiting. x',
    '! b: the deadline has passed. Other tasks had to finish first.',
    '! a: the deadline has passed. x',
  ]);
});

test('a rehearsal tries everything once; that something is not there yet is no failure', async () => {
  const { code, lines } = await play({ a: [waiting('x')], b: [done('ok')] }, 10, {
    isRehearsal: true,
    after: { b: ['a'] },
  });
  expect({ code, lines }).toEqual({ code: 0, lines: ['a: waiting. x', 'b: ok'] });
  expect((await play({ a: [failed('bad')] }, 10, { isRehearsal: true })).code).toBe(1);
});
