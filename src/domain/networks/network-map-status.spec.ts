import afterNad from '../../../sandbox/recorded/networkmap-after-nad.json';
import badSource from '../../../sandbox/recorded/networkmap-bad-source.json';
import empty from '../../../sandbox/recorded/networkmap-empty.json';
import missingNad from '../../../sandbox/recorded/networkmap-missing-nad.json';
import noNamespace from '../../../sandbox/recorded/networkmap-no-namespace.json';
import type { Condition } from '../objects';
import { plainEnglish } from '../translate';
import { mapSaysText, mapStateText, readNetworkMap } from './network-map-status';

const said = (conditions: readonly Condition[] | undefined, generation = 1, observedGeneration = 1) => {
  const reading = readNetworkMap({
    metadata: { name: 'm', namespace: 'n', generation },
    ...(conditions && { status: { conditions, observedGeneration } }),
  });
  return [reading.state, ...reading.says.map((each) => mapSaysText(plainEnglish, each))];
};

describe('what the real MTV said (sandbox/recorded)', () => {
  test.each<[string, readonly Condition[] | undefined, readonly string[]]>([
    [
      'of a network that is missing',
      missingNad[0]?.conditions,
      ['blocked', 'These networks are not there: vms/app-100b. Create them again. MTV looks again every 10 seconds.'],
    ],
    ['once it was there', afterNad[1]?.conditions, ['ready']],
    [
      'of a network without its project',
      noNamespace[0]?.conditions,
      ['blocked', 'These networks are named without their project: app-100. Enter it in this map.'],
    ],
    [
      'of a port group that is not there, which only warns',
      badSource[0]?.conditions,
      ['warning', "vCenter has no such port groups: id:dvportgroup-999 name:''. Remove them from this map."],
    ],
    ['of a map without entries', empty[0]?.conditions, ['ready']],
  ])('%s', (_, conditions, expected) => {
    expect(conditions).toBeDefined();
    expect(said(conditions)).toEqual(expected);
  });
});

const condition = (type: string, reason?: string, patch: Partial<Condition> = {}): Condition => ({
  type,
  status: 'True',
  category: 'Critical',
  message: `MTV's words for ${type}`,
  ...(reason !== undefined && { reason }),
  ...patch,
});

test.each<[string, readonly Condition[], RegExp]>([
  ['no source', [condition('SourceProviderNotValid', 'NotFound')], /Connect it under the same name/],
  ['a source that is not ready', [condition('SourceProviderNotReady')], /step Connection says why/],
  ['no destination', [condition('DestinationProviderNotValid', 'TypeNotValid')], /step Prerequisites says why/],
  ['a destination that is not ready', [condition('DestinationProviderNotReady')], /is not ready\. The step Pre/],
  [
    'an ambiguous name',
    [condition('SourceNetworkNotValid', 'Ambiguous', { items: ['a'] })],
    /several port groups .*: a/,
  ],
  ['an entry without source', [condition('SourceNetworkNotValid', 'NotSet')], /names no port group/],
  ['what a later MTV says', [condition('New', 'Why', { items: ['a'] })], /^MTV's words for New \(a\)$/],
])('%s', (_, conditions, says) => {
  const [state, text] = said(conditions);
  expect(state).toBe('blocked');
  expect(text).toMatch(says);
});

test('without a status, about an earlier content, or neither good nor bad, MTV is still at it', () => {
  expect(said(undefined)).toEqual(['waiting']);
  expect(said(afterNad[1]?.conditions, 2, 1)).toEqual(['waiting']);
  expect(said([])).toEqual(['waiting']);
  expect(said([condition('SourceProviderNotReady', undefined, { status: 'False' })])).toEqual(['waiting']);
});

test('each state has a sentence of its own', () => {
  const texts = (['ready', 'warning', 'waiting', 'blocked'] as const).map((state) => mapStateText(plainEnglish, state));
  expect(new Set(texts).size).toBe(4);
});
