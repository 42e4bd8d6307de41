import { createStore } from './store';

describe('A store', () => {
  test('tells its listeners of a change, once it can be read, until they leave', () => {
    const store = createStore(1);
    const heard: number[] = [];
    const leave = store.subscribe(() => heard.push(store.read()));
    store.update((value) => value + 1);
    leave();
    store.update((value) => value + 1);
    expect(heard).toEqual([2]);
    expect(store.read()).toBe(3);
  });

  test('does not call the same value a change', () => {
    const held = ['a'];
    const store = createStore<readonly string[]>(held);
    const listener = jest.fn();
    store.subscribe(listener);
    store.update((present) => present);
    expect(listener).not.toHaveBeenCalled();
    expect(store.read()).toBe(held);
  });

  test('tells all who listened when it changed, also when one of them leaves at that', () => {
    const store = createStore(1);
    const heard: string[] = [];
    const leave = store.subscribe(() => {
      leave();
      heard.push('first');
    });
    store.subscribe(() => heard.push('second'));
    store.update((value) => value + 1);
    expect(heard).toEqual(['first', 'second']);
  });
});
