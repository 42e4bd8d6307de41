import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Condition, Provider } from '../objects';
import { plainEnglish } from '../translate';
import { lastWordOf, readProvider } from './provider-status';
import type { ProviderReading } from './provider-status';
import { providerTexts } from './provider-texts';

const textOf = ({ reason, params }: ProviderReading) => providerTexts[reason].text(plainEnglish, params);
const remedyOf = ({ reason, params }: ProviderReading) =>
  providerTexts[reason].remedy?.(plainEnglish, params, 'my-mtv');

const provider = (phase: string | undefined, ...conditions: Partial<Condition>[]): Provider => ({
  metadata: { name: 'vc' },
  ...(phase !== undefined && {
    status: { phase, conditions: conditions.map((each) => ({ type: '', status: 'True', ...each })) },
  }),
});

const failed = (message: string, type = 'ConnectionTestFailed') => provider('ConnectionFailed', { type, message });

test.each<[string, Provider, number, string, RegExp]>([
  ['just created', provider(undefined), 2, 'waiting', /connecting/],
  ['no status after a while', provider(undefined), 25, 'unknown', /reports no state/],
  ['staging', provider('Staging'), 300, 'waiting', /connecting/],
  ['ready', provider('Ready'), 9, 'ready', /Connected/],
  ['expired', failed('x509: certificate has expired or is not yet valid'), 9, 'blocked', /expired/],
  ['other name', failed('x509: certificate is valid for a.example, not b.example'), 9, 'blocked', /another name/],
  [
    'a DNS that does not answer',
    failed('dial tcp: lookup vc.example on 10.0.0.10:53: read udp: i/o timeout'),
    9,
    'blocked',
    /cluster cannot resolve the name/,
  ],
  [
    'plain http',
    failed('failed to create a secure TLS connection: tls: first record does not look like a TLS handshake'),
    9,
    'blocked',
    /does not use https/,
  ],
  ['timeout', failed('dial tcp 192.0.2.1:443: i/o timeout'), 9, 'blocked', /answered in time/],
  [
    'something new',
    failed('Connection test, failed: out of cheese'),
    9,
    'blocked',
    /^The connection test failed: out of cheese$/,
  ],
  [
    'a condition of a later MTV',
    provider('ValidationFailed', { type: 'ProviderTypeNotSupported', category: 'Critical', message: 'No.' }),
    9,
    'blocked',
    /ProviderTypeNotSupported: No\./,
  ],
  [
    'a warning we do not know',
    provider('Staging', { type: 'SomethingNew', category: 'Warn' }),
    9,
    'waiting',
    /connecting/,
  ],
  [
    'condition that no longer holds',
    provider('Staging', { type: 'UrlNotValid', status: 'False' }),
    9,
    'waiting',
    /connecting/,
  ],
])('%s', (_, object, age, state, text) => {
  const status = readProvider(object, { seconds: age });
  expect(status.state).toBe(state);
  expect(textOf(status)).toMatch(text);
});

test.each([
  [30, undefined],
  [90, /If this takes more.* in my-mtv\./],
])('connecting for %d seconds has the remedy %p', (age, expected) => {
  const remedy = remedyOf(readProvider(provider('Staging'), { seconds: age }));
  if (expected) expect(remedy).toMatch(expected);
  else expect(remedy).toBeUndefined();
});

describe('after a correction', () => {
  const refused = (
    patch: { generation?: number; observed?: number; version?: string; secret?: string } = {},
  ): Provider => ({
    metadata: { name: 'vc', resourceVersion: patch.version ?? '7', generation: patch.generation ?? 1 },
    status: {
      phase: 'ConnectionFailed',
      observedGeneration: patch.observed ?? 1,
      ...(patch.secret !== undefined && { secretResourceVersion: patch.secret }),
      conditions: [{ type: 'ConnectionAuthFailed', status: 'True' }],
    },
  });
  const correction = { secondsAgo: 3, providerVersion: '7', secretVersion: '9' };

  test.each<[string, Provider, Parameters<typeof readProvider>[1], string]>([
    ['nothing new was said: it is being checked', refused(), { seconds: 3, correction }, 'waiting'],
    ['the Secret MTV used is an older one', refused({ secret: '8' }), { seconds: 3, correction }, 'waiting'],
    ['the Secret MTV used is the new one', refused({ secret: '9' }), { seconds: 3, correction }, 'blocked'],
    ['something was said since', refused({ version: '10' }), { seconds: 3, correction }, 'blocked'],
    [
      'nothing was said for longer than MTV takes',
      refused(),
      { seconds: 20, correction: { ...correction, secondsAgo: 20 } },
      'blocked',
    ],
    ['another address, which MTV has not seen', refused({ generation: 2, version: '10' }), { seconds: 3 }, 'waiting'],
    [
      'another address, which MTV has seen',
      refused({ generation: 2, observed: 2, version: '10' }),
      { seconds: 3 },
      'blocked',
    ],
  ])('%s', (_, object, waiting, state) => {
    expect(readProvider(object, waiting).state).toBe(state);
  });
});

test('the last word of a Provider is its newest condition, or its creation', () => {
  const at = (...times: string[]) =>
    times.map((lastTransitionTime) => ({ type: 'x', status: 'True', lastTransitionTime }));
  const metadata = { name: 'vc', creationTimestamp: '2026-01-01T00:00:00Z' };
  expect(lastWordOf({ metadata })).toBe('2026-01-01T00:00:00Z');
  const conditions = at('2026-01-03T00:00:00Z', '2026-01-02T00:00:00Z');
  expect(lastWordOf({ metadata, status: { conditions } })).toBe('2026-01-03T00:00:00Z');
});

interface Moment {
  readonly phase: string | null;
  readonly conditions: readonly Condition[] | null;
}

/** What the real controller said (sandbox/recorded/README.md, "Forklift"). */
const recorded = (file: string): unknown =>
  JSON.parse(readFileSync(join(process.cwd(), 'sandbox/recorded', file), 'utf8'));

const readMoment = (moment: Moment | undefined) => {
  expect(moment).toBeDefined();
  return readProvider(moment?.phase ? provider(moment.phase, ...(moment.conditions ?? [])) : provider(undefined), {
    seconds: 60,
  });
};

describe('recorded', () => {
  const expected: readonly (readonly [string, string, RegExp])[] = [
    ['good-insecure', 'ready', /Connected/],
    ['empty-vddk', 'ready', /Connected/],
    ['secure-right-ca', 'ready', /Connected/],
    ['secure-no-ca', 'blocked', /Secret lacks.*: ca\.crt\./],
    ['malformed-url', 'unknown', /reports no state/],
    ['wrong-password', 'blocked', /user or the password/],
    ['missing-keys', 'blocked', /Secret lacks.*: user, password\./],
    ['no-secret', 'unknown', /reports no state/],
    ['no-sdk-path', 'blocked', /not the SDK/],
    ['empty-url', 'blocked', /address is missing/],
    ['esxi-endpoint', 'blocked', /other kind of server/],
    ['unresolvable', 'blocked', /cluster cannot resolve the name/],
    ['closed-port', 'blocked', /Nothing answers/],
    ['secure-wrong-ca', 'blocked', /was not signed by/],
  ];
  const timelines = recorded('provider-timelines.json') as Record<string, Moment[]>;

  test('every case is read', () => {
    expect(Object.keys(timelines).sort()).toEqual(expected.map(([name]) => name).sort());
  });

  test.each(expected)('%s', (name, state, text) => {
    const status = readMoment(timelines[name]?.at(-1));
    expect(status.state).toBe(state);
    expect(textOf(status)).toMatch(text);
    expect(status.state === 'ready' || remedyOf(status) !== undefined).toBe(true);
  });

  test.each<[string, string, RegExp]>([
    ['provider-wrong-password-vcenter-message.json', 'blocked', /user or the password/],
    ['provider-password-fixed.json', 'ready', /Connected/],
    ['provider-host-timeline.json', 'ready', /Connected/],
  ])('%s', (file, state, text) => {
    const status = readMoment((recorded(file) as Moment[]).at(-1));
    expect(status.state).toBe(state);
    expect(textOf(status)).toMatch(text);
  });
});
