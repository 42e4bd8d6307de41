import type { FailureCode } from '../failure';
import type { NodeNetworkState } from '../nmstate-objects';
import { plainEnglish } from '../translate';
import type { Watched } from '../watched';
import { nodesUnknown, nodesUnknownText } from './nodes-unknown';

const failed = (code: FailureCode): Watched<never> => ({ state: 'failed', failure: { code, message: '' } });

test.each<[Watched<NodeNetworkState>, string, RegExp]>([
  [{ state: 'absent' }, 'absent', /NMState is not installed/],
  [failed('KindAbsent'), 'absent', /NMState is not installed/],
  [failed('Forbidden'), 'forbidden', /not permitted to list NodeNetworkStates/],
  [failed('Unreachable'), 'failed', /did not answer/],
  [{ state: 'loaded', items: [] }, 'silent', /has not reported any node yet/],
])('%j', (states, why, text) => {
  const found = nodesUnknown(states);
  expect(found).toBe(why);
  expect(found && nodesUnknownText(plainEnglish, found)).toMatch(text);
});

test('nothing is said while it is open, or where the nodes report', () => {
  expect(nodesUnknown({ state: 'loading' })).toBeUndefined();
  expect(nodesUnknown({ state: 'loaded', items: [{ metadata: { name: 'n1' } }] })).toBeUndefined();
  expect(nodesUnknownText(plainEnglish, 'unloaded')).toMatch(/part of this page could not be loaded/);
});
