import type { Source, WatchEvent } from '../cluster/node-watch';
import type { Page } from '../cluster/node-request';
import type { ClusterFailure } from '../domain/failure';
import type { KubeObject } from '../domain/objects';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { fakeClock } from '../testing/fake-clock';
import { reflect } from './reflector';

const object = (name: string, resourceVersion: string): KubeObject => ({ metadata: { name, resourceVersion } });
const event = (type: WatchEvent<KubeObject>['type'], name: string, version: string): WatchEvent<KubeObject> => ({
  type,
  object: object(name, version),
});
const failure = (code: ClusterFailure['code'], retryAfter?: number): ClusterFailure => ({
  code,
  message: '',
  ...(retryAfter !== undefined && { retryAfter }),
});

/** What the server does, in turn: a list in pages or a watch. It ends as said; a watch that hangs ends with the signal alone. */
type Act =
  | { readonly pages: readonly (readonly KubeObject[])[]; readonly version?: string; readonly fails?: ClusterFailure }
  | {
      readonly events: readonly WatchEvent<KubeObject>[];
      readonly lasts?: number;
      readonly fails?: ClusterFailure;
      readonly hangs?: true;
    };

const listed = (version: string, ...items: readonly KubeObject[]): Act => ({ pages: [items], version });
const hanging: Act = { events: [], hangs: true };
const cut: Act = { events: [], fails: failure('Unreachable') };

const play = (...acts: readonly Act[]) => {
  const clock = fakeClock();
  const stop = new AbortController();
  const told: string[] = [];
  const asked: string[] = [];
  let turn = 0;
  const next = () => acts[turn++] ?? hanging;
  const hang = (signal: AbortSignal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });

  async function* list(signal: AbortSignal): AsyncGenerator<Result<Page<KubeObject>, ClusterFailure>> {
    asked.push(`list at ${String(clock.now())}`);
    const act = next();
    if (!('pages' in act)) {
      await hang(signal);
      return;
    }
    for (const items of act.pages) yield ok({ metadata: { resourceVersion: act.version ?? '' }, items });
    if (act.fails) yield err(act.fails);
  }
  async function* watch(
    version: string,
    signal: AbortSignal,
  ): AsyncGenerator<Result<WatchEvent<KubeObject>, ClusterFailure>> {
    asked.push(`watch ${version} at ${String(clock.now())}`);
    const act = next();
    if (!('events' in act)) throw new Error('the script wants a list');
    for (const each of act.events) yield ok(each);
    const { lasts } = act;
    if (lasts !== undefined) {
      await new Promise<void>((resolve) => {
        clock.after(lasts, resolve);
      });
    }
    if (act.hangs) await hang(signal);
    if (act.fails) yield err(act.fails);
  }

  const source: Source<KubeObject> = { kind: 'plans', list, watch };
  const reflector = reflect({
    source,
    keep: ({ metadata: { name, resourceVersion = '' } }) => ({ metadata: { name, resourceVersion } }),
    clock,
    signal: stop.signal,
    onChange: (key, is, was) => {
      told.push(`${is ? (was ? 'changed' : 'added') : 'gone'} ${key}`);
    },
    onKnowledge: (knowledge) => told.push(knowledge),
    onEnding: (ending) => told.push(ending),
  });
  return { reflector, clock, told, asked, stop };
};

const [a1, a2, b1, b3, c4] = [object('a', '1'), object('a', '2'), object('b', '1'), object('b', '3'), object('c', '4')];

describe('what a reflector tells and asks, whatever the server does', () => {
  test.each<{ case: string; acts: readonly Act[]; told: readonly string[]; asked: readonly string[]; after?: number }>([
    {
      case: 'a list in pages, and what changes after it',
      acts: [
        { pages: [[a1], [b1]], version: '5' },
        { events: [event('MODIFIED', 'a', '6'), event('ADDED', 'c', '7'), event('DELETED', 'b', '8')], hangs: true },
      ],
      told: ['added a', 'added b', 'listed', 'changed a', 'added c', 'gone b'],
      asked: ['list at 0', 'watch 5 at 0'],
    },
    {
      case: 'a watch that the server ends goes on from its last event',
      acts: [listed('5', a1), { events: [event('MODIFIED', 'a', '6')], lasts: 300_000 }, hanging],
      told: ['added a', 'listed', 'changed a', 'Ended'],
      asked: ['list at 0', 'watch 5 at 0', 'watch 6 at 300250'],
      after: 301_000,
    },
    {
      case: 'a bookmark keeps the version and tells nothing',
      acts: [listed('5', a1), { events: [event('BOOKMARK', '', '900')], fails: failure('Unreachable') }, hanging],
      told: ['added a', 'listed', 'Unreachable'],
      asked: ['list at 0', 'watch 5 at 0', 'watch 900 at 250'],
    },
    {
      case: 'an event that comes again after a cut is not told twice',
      acts: [
        listed('5', a1),
        { events: [event('MODIFIED', 'a', '6')], fails: failure('Unreachable') },
        { events: [event('MODIFIED', 'a', '6')], hangs: true },
      ],
      told: ['added a', 'listed', 'changed a', 'Unreachable'],
      asked: ['list at 0', 'watch 5 at 0', 'watch 6 at 250'],
    },
    {
      case: '410: only the differences of the new list are told, what went meanwhile among them',
      acts: [listed('5', a1, b1), { events: [], fails: failure('Gone') }, listed('9', a2, b1, c4), hanging],
      told: ['added a', 'added b', 'listed', 'Gone', 'changed a', 'added c'],
      asked: ['list at 0', 'watch 5 at 0', 'list at 250', 'watch 9 at 250'],
    },
    {
      case: '410 with a deletion that no event told',
      acts: [listed('5', a1, b1), { events: [], fails: failure('Gone') }, listed('9', b3), hanging],
      told: ['added a', 'added b', 'listed', 'Gone', 'changed b', 'gone a'],
      asked: ['list at 0', 'watch 5 at 0', 'list at 250', 'watch 9 at 250'],
    },
    {
      case: 'a list that breaks off says of nothing that it is gone',
      acts: [
        listed('5', a1, b1),
        { events: [], fails: failure('Gone') },
        { pages: [[a2]], fails: failure('Gone') },
        listed('9', a2, b1),
        hanging,
      ],
      told: ['added a', 'added b', 'listed', 'Gone', 'changed a', 'Gone'],
      asked: ['list at 0', 'watch 5 at 0', 'list at 250', 'list at 750', 'watch 9 at 750'],
    },
    {
      case: '410 after every list: each pause is longer than the one before',
      acts: [1, 2, 3].flatMap((): readonly Act[] => [listed('5', a1), { events: [], fails: failure('Gone') }]),
      told: ['added a', 'listed', 'Gone', 'Gone', 'Gone'],
      asked: ['0', '250', '750'].flatMap((at) => [`list at ${at}`, `watch 5 at ${at}`]).concat('list at 1750'),
    },
    {
      case: 'watches that are cut at once: pauses grow, and a watch that outlives the last begins them anew',
      acts: [listed('5'), cut, cut, cut, { events: [], lasts: 2000, fails: failure('Unreachable') }, hanging],
      told: ['listed', 'Unreachable', 'Unreachable', 'Unreachable', 'Unreachable'],
      asked: ['list at 0', ...['0', '250', '750', '1750', '4000'].map((at) => `watch 5 at ${at}`)],
      after: 10_000,
    },
    {
      case: '429: not before the server wants it',
      acts: [{ pages: [], fails: failure('TooManyRequests', 7000) }, listed('5'), hanging],
      told: ['TooManyRequests', 'listed'],
      asked: ['list at 0', 'list at 7000', 'watch 5 at 7000'],
      after: 8000,
    },
    {
      case: 'the API server is away: the watch goes on where it was',
      acts: [listed('5', a1), cut, cut, { events: [event('MODIFIED', 'a', '6')], hangs: true }],
      told: ['added a', 'listed', 'Unreachable', 'Unreachable', 'changed a'],
      asked: ['list at 0', 'watch 5 at 0', 'watch 5 at 250', 'watch 5 at 750'],
    },
    {
      case: 'a token that ran out: tried again, nothing forgotten',
      acts: [listed('5', a1), { events: [], fails: failure('SessionExpired') }, hanging],
      told: ['added a', 'listed', 'SessionExpired'],
      asked: ['list at 0', 'watch 5 at 0', 'watch 5 at 250'],
    },
    {
      case: 'a kind that the cluster does not know is looked for again, slowly',
      acts: [{ pages: [], fails: failure('KindAbsent') }, listed('5', a1), hanging],
      told: ['absent', 'KindAbsent', 'added a', 'listed'],
      asked: ['list at 0', 'list at 15000', 'watch 5 at 15000'],
      after: 16_000,
    },
    {
      case: 'a kind that goes away: of no object is said that it is gone until the kind is back',
      acts: [listed('5', a1), { events: [], fails: failure('KindAbsent') }, listed('9'), hanging],
      told: ['added a', 'listed', 'absent', 'KindAbsent', 'gone a', 'listed'],
      asked: ['list at 0', 'watch 5 at 0', 'list at 15000', 'watch 9 at 15000'],
      after: 16_000,
    },
    {
      case: 'what is not permitted is tried again: soon, should the server have just started, and then more slowly',
      acts: [...Array<Act>(8).fill({ pages: [], fails: failure('Forbidden') }), listed('5', a1), hanging],
      told: ['forbidden', ...Array<string>(8).fill('Forbidden'), 'added a', 'listed'],
      asked: [...[0, 1, 3, 7, 15, 31, 63, 123, 183].map((at) => `list at ${String(at * 1000)}`), 'watch 5 at 183000'],
      after: 184_000,
    },
    {
      case: 'a watch that is refused after an outage: tried again as soon as after any first refusal, and all is known again then',
      acts: [
        listed('5', a1, b1),
        ...Array<Act>(5).fill(cut),
        { events: [], fails: failure('Forbidden') },
        listed('9', a2),
        hanging,
      ],
      told: [
        ...['added a', 'added b', 'listed'],
        ...Array<string>(5).fill('Unreachable'),
        ...['forbidden', 'Forbidden', 'changed a', 'gone b', 'listed'],
      ],
      asked: [
        'list at 0',
        ...[0, 250, 750, 1750, 3750, 7750].map((at) => `watch 5 at ${String(at)}`),
        'list at 8750',
        'watch 9 at 8750',
      ],
      after: 9000,
    },
    {
      case: 'a version that the server cannot answer for, as after etcd was restored, is given up',
      acts: [listed('5', a1), ...Array<Act>(8).fill(cut), listed('2', b1), hanging],
      told: ['added a', 'listed', ...Array<string>(8).fill('Unreachable'), 'added b', 'gone a'],
      asked: [
        'list at 0',
        ...[0, 250, 750, 1750, 3750, 7750, 15_750, 31_750].map((at) => `watch 5 at ${String(at)}`),
        'list at 61750',
        'watch 2 at 61750',
      ],
      after: 62_000,
    },
  ])('$case', async ({ acts, told, asked, after = 2000 }) => {
    const played = play(...acts);
    await played.clock.advance(after);
    expect(played.told).toEqual(told);
    expect(played.asked).toEqual(asked);
    played.stop.abort();
    await played.reflector.ended;
  });
});

test('what is kept is what is seen, and nothing else', async () => {
  const { reflector, clock, stop } = play({
    pages: [[{ ...a1, metadata: { ...a1.metadata, uid: 'u' } }]],
    version: '5',
  });
  expect(reflector.knowledge()).toBe('listing');
  await clock.advance(0);
  expect(reflector.knowledge()).toBe('listed');
  expect([...reflector.objects]).toEqual([['a', a1]]);
  stop.abort();
  await reflector.ended;
});

test('a signal ends it in a list, in a watch and in a pause, and leaves no timer', async () => {
  const inList = play(hanging);
  const inWatch = play(listed('5'), hanging);
  const inPause = play({ pages: [], fails: failure('Forbidden') });
  for (const { reflector, clock, stop, asked } of [inList, inWatch, inPause]) {
    await clock.advance(10);
    const before = asked.length;
    stop.abort();
    await reflector.ended;
    expect(clock.waiting()).toBe(0);
    expect(asked).toHaveLength(before);
  }
});
