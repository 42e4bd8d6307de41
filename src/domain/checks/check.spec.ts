import type { ClusterFailure } from '../failure';
import { plainEnglish } from '../translate';
import type { Watched } from '../watched';
import { blocked, defineCheck, ready } from './check';
import { keyOf } from './need';
import type { Listing, Named, Referred } from './need';

const listing = { list: 'plans', absent: () => 'No plans here.', broughtBy: 'first' } as const satisfies Listing;
const plain = { list: 'hosts' } as const satisfies Listing;
const optional = { list: 'networkMaps', optional: true } as const satisfies Listing;
const named = { kind: 'consoleConfigs', name: 'cluster' } as const satisfies Named;
const referred = { after: listing, refer: () => [] } as const satisfies Referred;

const check = defineCheck({
  id: 'c',
  title: () => 'C',
  needs: { listing, plain, optional, named, referred },
  judge: (seen, isServed, isPartial) =>
    seen.listing.length > 1
      ? blocked('TooMany', { number: seen.listing.length })
      : ready('Fine', {
          named: seen.named?.metadata.name ?? 'none',
          optional: String(isServed('optional')),
          partial: String(isPartial('listing')),
          gone: seen.referred.length,
        }),
  reasons: {
    TooMany: (_, { number = '' }) => `${String(number)} are too many`,
    Fine: (_, { named = '', optional = '', partial = '', gone = '' }) =>
      [named, optional, partial, gone].map(String).join(' '),
  },
});

const items = (...names: string[]): Watched<unknown> => ({
  state: 'loaded',
  items: names.map((name) => ({ metadata: { name } })),
});
const failed = (code: ClusterFailure['code']): Watched<unknown> => ({
  state: 'failed',
  failure: { code, message: 'm' },
});
const all = {
  [keyOf(listing)]: items('a'),
  [keyOf(plain)]: items(),
  [keyOf(optional)]: items(),
  [keyOf(named)]: items('cluster'),
  [keyOf(referred)]: items(),
};
type Facts = Readonly<Record<string, Watched<unknown> | undefined>>;

test.each<[string, Facts, object, string]>([
  ['all is seen', {}, { state: 'ready', reason: 'Fine' }, 'cluster true false 0'],
  [
    'a rule blocks, and its sentence has the params',
    { [keyOf(listing)]: items('a', 'b') },
    { state: 'blocked', reason: 'TooMany' },
    '2 are too many',
  ],
  [
    'one has not been looked at',
    { [keyOf(plain)]: undefined },
    { state: 'loading', reason: 'Loading' },
    'Checking the cluster…',
  ],
  [
    'one is loading',
    { [keyOf(named)]: { state: 'loading' } },
    { state: 'loading', reason: 'Loading' },
    'Checking the cluster…',
  ],
  [
    'who may not look',
    { [keyOf(plain)]: failed('Forbidden') },
    { state: 'unknown', reason: 'Forbidden' },
    'You are not permitted to check this.',
  ],
  [
    'a request failed',
    { [keyOf(plain)]: failed('ServerError') },
    { state: 'unknown', reason: 'ServerError' },
    'This could not be checked. Reload the page to try again.',
  ],
  [
    'a kind is absent, whose need says what that means',
    { [keyOf(listing)]: { state: 'absent' } },
    { state: 'blocked', reason: 'KindAbsent', clearedBy: 'first' },
    'No plans here.',
  ],
  [
    'a kind is absent, whose need says nothing',
    { [keyOf(plain)]: { state: 'absent' } },
    { state: 'blocked', reason: 'KindAbsent' },
    'This cluster does not have hosts.',
  ],
  [
    'the kind of a named object is absent',
    { [keyOf(named)]: { state: 'absent' } },
    { state: 'blocked', reason: 'KindAbsent' },
    'This cluster does not have consoleConfigs.',
  ],
  [
    'an optional kind is absent',
    { [keyOf(optional)]: { state: 'absent' } },
    { state: 'ready', reason: 'Fine' },
    'cluster false false 0',
  ],
  ['a named object is not there', { [keyOf(named)]: items() }, { state: 'ready', reason: 'Fine' }, 'none true false 0'],
  [
    'not everywhere could be looked',
    { [keyOf(listing)]: { state: 'loaded', items: [], isPartial: true } },
    { state: 'ready', reason: 'Fine' },
    'cluster true true 0',
  ],
  [
    'something that is referred to is gone',
    { [keyOf(referred)]: items('secret') },
    { state: 'ready', reason: 'Fine' },
    'cluster true false 1',
  ],
  [
    'what is referred to is of an absent kind',
    { [keyOf(referred)]: { state: 'absent' } },
    { state: 'ready', reason: 'Fine' },
    'cluster true false 0',
  ],
])('%s', (_, changed, verdict, sentence) => {
  const { text, ...rest } = check.judge({ ...all, ...changed });
  expect(rest).toEqual(verdict);
  expect(text(plainEnglish)).toBe(sentence);
});
