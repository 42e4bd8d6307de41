import { act, renderHook } from '@testing-library/react';
import { err, ok } from '../domain/result';
import { useAskedFor } from './use-asked-for';

const nmState = { metadata: { name: 'nmstate' } };
const absent = err({ code: 'KindAbsent', message: '' } as const);

const arrange = (isAbsent: boolean) => {
  let served = false;
  const answer = <T,>(value: T) => Promise.resolve(served ? ok(value) : absent);
  const cluster = { list: jest.fn(() => answer([nmState])), get: jest.fn(() => answer(nmState)) };
  const query = { list: 'nmStates' } as const;
  const hook = renderHook(({ is }) => useAskedFor(cluster as never, query, is), { initialProps: { is: isAbsent } });
  const later = () => act(() => jest.advanceTimersByTimeAsync(15_000));
  return {
    cluster,
    hook,
    later,
    serve: (is: boolean) => {
      served = is;
    },
  };
};

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a kind that the console did not get to know is found all the same, and is absent again when it goes', async () => {
  const { hook, later, serve } = arrange(true);
  await later();
  expect(hook.result.current).toBeUndefined();
  serve(true);
  await later();
  expect(hook.result.current).toEqual({ state: 'loaded', items: [nmState] });
  serve(false);
  await later();
  expect(hook.result.current).toBeUndefined();
});

test('what the console knows is not asked for', async () => {
  const { cluster, hook, later, serve } = arrange(false);
  serve(true);
  await later();
  expect(cluster.list).not.toHaveBeenCalled();
  hook.rerender({ is: true });
  await later();
  expect(hook.result.current).toEqual({ state: 'loaded', items: [nmState] });
  hook.rerender({ is: false });
  expect(hook.result.current).toBeUndefined();
});
