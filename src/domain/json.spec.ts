import { contains } from './json';

test.each<[string, unknown, unknown, boolean]>([
  ['the same scalar', 'a', 'a', true],
  ['another scalar', 'a', 'b', false],
  ['a scalar of another type', '1', 1, false],
  ['a field more', { a: 1, b: 2 }, { a: 1 }, true],
  ['a field less', { a: 1 }, { a: 1, b: 2 }, false],
  ['a field more, deeper', { a: { b: 1, c: 2 } }, { a: { b: 1 } }, true],
  ['another value, deeper', { a: { b: 1 } }, { a: { b: 2 } }, false],
  ['an object where a scalar is wanted', { a: {} }, { a: 1 }, false],
  ['a scalar where an object is wanted', { a: 1 }, { a: {} }, false],
  ['nothing where an empty object is wanted', undefined, {}, false],
  ['a list where an object is wanted', ['x'], { 0: 'x' }, false],
  ['an object where a list is wanted', { 0: 'x', length: 1 }, ['x'], false],
  ['the same list', ['a', 'b'], ['a', 'b'], true],
  ['a list in another order', ['b', 'a'], ['a', 'b'], false],
  ['a longer list', ['a', 'b'], ['a'], false],
  ['a shorter list', ['a'], ['a', 'b'], false],
  ['a list where none is wanted', ['a'], [], false],
  ['two empty lists', [], [], true],
  ['a list whose items have more fields', [{ a: 1, b: 2 }], [{ a: 1 }], true],
  ['a list whose items have other values', [{ a: 1 }], [{ a: 2 }], false],
])('%s', (_, present, wanted, expected) => {
  expect(contains(present, wanted)).toBe(expected);
});
