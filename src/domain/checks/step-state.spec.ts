import type { Check, Verdict, VerdictState } from './check';
import { judgeSteps } from './step-state';
import type { JudgedStep } from './step-state';

/** The page's steps, as far as their states go. */
const steps: readonly JudgedStep[] = [
  { id: 'prerequisites' },
  { id: 'connection' },
  { id: 'networks', after: ['connection'] },
  { id: 'summary', isOfAll: true },
];

/** A check of a step that says one thing: `state`, `state:Reason` or `state@step that clears it`. */
const check = (step: string, said: string): Check => {
  const [, state = '', reason = 'Because', clearedBy] = /^([a-z]+)(?::(\w+))?(?:@(\w+))?$/.exec(said) ?? [];
  const verdict: Verdict = {
    state: state as VerdictState,
    reason,
    text: () => said,
    ...(clearedBy !== undefined && { clearedBy }),
  };
  return { id: `${step} ${said}`, title: () => step, step, needs: [], judge: () => verdict };
};

const statesOf = (said: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> => {
  const checks = Object.entries(said).flatMap(([step, each]) => each.map((one) => check(step, one)));
  return Object.fromEntries(
    [...judgeSteps(steps, checks, {})].map(([id, state]) => [
      id,
      state.state === 'waiting' ? `waiting for ${state.for}` : state.state,
    ]),
  );
};

describe('A step', () => {
  test.each<[verdicts: readonly string[], state: string]>([
    [['ready'], 'done'],
    [['ready', 'warning'], 'flawed'],
    [['ready', 'blocked'], 'attention'],
    [['ready', 'waiting'], 'underway'],
    [['ready', 'loading'], 'checking'],
    [['ready', 'unknown:Forbidden'], 'forbidden'],
    [['unknown:Forbidden', 'unknown:Forbidden'], 'forbidden'],
    [['ready', 'unknown:Unreachable'], 'unknown'],
    [['unknown:Forbidden', 'unknown:Unreachable'], 'unknown'],
    // What somebody has to do is said before what goes on by itself, and both before what nobody knows.
    [['blocked', 'waiting', 'loading', 'unknown:Forbidden'], 'attention'],
    [['waiting', 'loading', 'unknown:Forbidden'], 'checking'],
    [['waiting', 'unknown:Forbidden'], 'underway'],
    // What another step clears is waited for; what is to be done here is not.
    [['blocked@prerequisites'], 'waiting for prerequisites'],
    [['blocked@prerequisites', 'loading'], 'waiting for prerequisites'],
    [['blocked@prerequisites', 'blocked'], 'attention'],
    // A step that there is not, and the step itself.
    [['blocked@elsewhere'], 'attention'],
    [['blocked@connection'], 'attention'],
  ])('with %j is: %s', (verdicts, state) => {
    expect(statesOf({ connection: verdicts }).connection).toBe(state);
  });

  test('that nothing judges has no state', () => {
    expect(statesOf({})).toEqual({});
    expect(statesOf({ connection: ['ready'] })).toEqual({ connection: 'done', summary: 'done' });
  });

  test.each<[connection: string, networks: string, state: string]>([
    ['blocked', 'blocked', 'waiting for connection'],
    ['waiting', 'blocked', 'waiting for connection'],
    ['unknown:Forbidden', 'blocked', 'waiting for connection'],
    ['loading', 'blocked', 'checking'],
    ['ready', 'blocked', 'attention'],
    ['warning', 'blocked', 'attention'],
    // What is there already needs nothing before it.
    ['blocked', 'ready', 'done'],
    ['blocked', 'unknown:Forbidden', 'forbidden'],
  ])('after another that is %s, itself %s, is: %s', (connection, networks, state) => {
    expect(statesOf({ connection: [connection], networks: [networks] }).networks).toBe(state);
  });

  test.each<[connection: string, networks: string, state: string]>([
    ['ready', 'warning', 'done'],
    ['ready', 'blocked', 'waiting for networks'],
    ['blocked', 'blocked', 'waiting for connection'],
    ['ready', 'loading', 'checking'],
    ['ready', 'unknown:Forbidden', 'waiting for networks'],
  ])('of all others, of which connection is %s and networks %s, is: %s', (connection, networks, state) => {
    expect(statesOf({ connection: [connection], networks: [networks] }).summary).toBe(state);
  });
});
