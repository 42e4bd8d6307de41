import { apiVersionOf, kinds } from '../domain/kinds';
import type { ClusterEvent } from '../domain/migration-objects';
import { fakeClock } from '../testing/fake-clock';
import { memoryCluster } from '../testing/memory-cluster';
import type { Events, Note } from './events';
import { clusterEvents } from './events';

const about = { kind: 'plans', namespace: 'shop', name: 'move', uid: '0123456789abcdef' } as const;
const noRule: Note = { reason: 'NoRule', message: 'No rule matches web-100.' };
const minute = 60_000;
/** As long as something has to last before it is told. */
const settling = 5000;

const play = () => {
  const cluster = memoryCluster();
  cluster.put('namespaces', { metadata: { name: 'shop' } });
  const clock = fakeClock();
  const start = () => clusterEvents(cluster, clock, () => new Date(Date.UTC(2026, 0, 1) + clock.now() - settling));
  const events = () =>
    cluster.all('events').map(({ reason, message, count, lastTimestamp }: ClusterEvent) => ({
      reason,
      message,
      count,
      at: lastTimestamp?.slice(11, 19),
    }));
  const settled =
    ({ tell }: Events): Events['tell'] =>
    async (...telling) => {
      await tell(...telling);
      await clock.advance(settling);
      return tell(...telling);
    };
  const teller = start();
  return { cluster, clock, start: () => settled(start()), events, teller, tell: settled(teller) };
};

test('an Event says what it is about, and is ours', async () => {
  const { cluster, tell } = play();
  expect(await tell(about, [noRule])).toEqual({ ok: true, value: { again: 45 * minute } });
  expect(cluster.all('events')).toMatchObject([
    {
      metadata: {
        name: `move.01234567.${'NoRule'.toLowerCase()}`,
        namespace: 'shop',
        labels: { 'app.kubernetes.io/managed-by': 'migration-prep' },
      },
      involvedObject: {
        apiVersion: apiVersionOf(kinds.plans),
        kind: 'Plan',
        namespace: 'shop',
        name: 'move',
        uid: about.uid,
      },
      type: 'Warning',
      source: { component: 'migration-prep' },
    },
  ]);
});

test.each<{
  case: string;
  /** What is told, each after so many minutes. */
  told: readonly (readonly [after: number, notes: readonly Note[]])[];
  events: readonly object[];
  again?: number;
}>([
  {
    case: 'nothing changed: written once',
    told: [
      [0, [noRule]],
      [1, [noRule]],
      [30, [noRule]],
    ],
    events: [{ reason: 'NoRule', message: noRule.message, count: 1, at: '00:00:00' }],
    again: 14 * minute,
  },
  {
    case: 'it lasts: counted up before the API server forgets it',
    told: [
      [0, [noRule]],
      [46, [noRule]],
    ],
    events: [{ reason: 'NoRule', message: noRule.message, count: 2, at: '00:45:55' }],
    again: 45 * minute - settling,
  },
  {
    case: 'another message: counted up',
    told: [
      [0, [noRule]],
      [2, [{ ...noRule, message: 'No rule matches web-200.' }]],
    ],
    events: [{ reason: 'NoRule', message: 'No rule matches web-200.', count: 2, at: '00:01:55' }],
    again: 45 * minute - settling,
  },
  {
    case: 'a message that changes all the time is written once a minute',
    told: [0, 0.25, 0.25, 0.25].map((after, at) => [after, [{ ...noRule, message: String(at) }]] as const),
    events: [{ reason: 'NoRule', message: '0', count: 1, at: '00:00:00' }],
    again: 0.25 * minute,
  },
  {
    case: 'several with one reason are one Event, in whatever order they come',
    told: [
      [
        0,
        [
          { ...noRule, message: 'b' },
          { ...noRule, message: 'a' },
        ],
      ],
      [
        2,
        [
          { ...noRule, message: 'a' },
          { ...noRule, message: 'b' },
        ],
      ],
    ],
    events: [{ reason: 'NoRule', message: 'a b', count: 1, at: '00:00:00' }],
    again: 43 * minute,
  },
  {
    case: 'each reason has its own',
    told: [[0, [noRule, { reason: 'Trunk', message: 'web is a trunk.' }]]],
    events: [
      { reason: 'NoRule', message: noRule.message, count: 1, at: '00:00:00' },
      { reason: 'Trunk', message: 'web is a trunk.', count: 1, at: '00:00:00' },
    ],
    again: 45 * minute,
  },
  {
    case: 'the cause goes and comes back: not told twice within the hour',
    told: [
      [0, [noRule]],
      [1, []],
      [1, [noRule]],
    ],
    events: [{ reason: 'NoRule', message: noRule.message, count: 1, at: '00:00:00' }],
    again: 45 * minute,
  },
])('$case', async ({ told, events, again }) => {
  const played = play();
  let answer: unknown;
  for (const [after, notes] of told) {
    await played.clock.advance(Math.max(after * minute - settling, 0));
    answer = await played.tell(about, notes);
  }
  expect(played.events()).toEqual(events);
  expect(answer).toEqual({ ok: true, value: again === undefined ? {} : { again } });
});

test('what passes within seconds is not told: a plan may come before its map', async () => {
  const { clock, events, teller } = play();
  expect(await teller.tell(about, [noRule])).toEqual({ ok: true, value: { again: settling } });
  await clock.advance(settling - 1);
  await teller.tell(about, []);
  await clock.advance(1);
  await teller.tell(about, [noRule]);
  expect(events()).toEqual([]);
});

test('a restart, or a second controller, tells nothing twice', async () => {
  const { clock, start, events, tell } = play();
  await tell(about, [noRule]);
  await clock.advance(10 * minute);
  await start()(about, [noRule]);
  expect(events()).toEqual([{ reason: 'NoRule', message: noRule.message, count: 1, at: '00:00:00' }]);
});

test('an Event whose answer was lost is found, and not counted up', async () => {
  const { cluster, events, tell } = play();
  cluster.fail({ verb: 'create', kind: 'events', failure: 'Unreachable', when: 'after' });
  expect((await tell(about, [noRule])).ok).toBe(true);
  expect(events()).toMatchObject([{ count: 1 }]);
});

test('without the right, the failure says so', async () => {
  const { cluster, tell } = play();
  cluster.forbid('create', 'events');
  expect(await tell(about, [noRule])).toMatchObject({ ok: false, error: { code: 'Forbidden', kind: 'events' } });
});

test('a message is never longer than an API server takes, and ends with a whole character', async () => {
  const { events, tell } = play();
  await tell(about, [{ ...noRule, message: 'ä'.repeat(600) }]);
  const [{ message = '' } = {}] = events();
  expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1024);
  expect(message).toMatch(/^ä+ …$/);
});
