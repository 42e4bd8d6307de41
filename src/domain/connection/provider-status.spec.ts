import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Condition, Provider } from '../objects';
import { plainEnglish } from '../translate';
import { readProvider } from './provider-status';

const provider = (phase: string | undefined, ...conditions: Partial<Condition>[]): Provider => ({
  metadata: { name: 'vc' },
  ...(phase !== undefined && {
    status: { phase, conditions: conditions.map((each) => ({ type: '', status: 'True', ...each })) },
  }),
});

const failed = (message: string, type = 'ConnectionTestFailed') => provider('ConnectionFailed', { type, message });

test.each<[string, Provider, number, string, RegExp]>([
  ['just created', provider(undefined), 2, 'connecting', /connecting/],
  ['no status after a while', provider(undefined), 25, 'silent', /says nothing/],
  ['staging', provider('Staging'), 300, 'connecting', /connecting/],
  ['ready', provider('Ready'), 9, 'ready', /Connected/],
  ['expired', failed('x509: certificate has expired or is not yet valid'), 9, 'failed', /expired/],
  ['other name', failed('x509: certificate is valid for a.example, not b.example'), 9, 'failed', /another name/],
  ['timeout', failed('dial tcp 192.0.2.1:443: i/o timeout'), 9, 'failed', /Nothing answers/],
  ['something new', failed('Connection test, failed: out of cheese'), 9, 'failed', /^The connection test failed: out of cheese$/],
  ['a condition of a later MTV', provider('ValidationFailed', { type: 'ProviderTypeNotSupported', category: 'Critical', message: 'No.' }), 9, 'failed', /ProviderTypeNotSupported: No\./],
  ['a warning we do not know', provider('Staging', { type: 'SomethingNew', category: 'Warn' }), 9, 'connecting', /connecting/],
  ['condition that no longer holds', provider('Staging', { type: 'UrlNotValid', status: 'False' }), 9, 'connecting', /connecting/],
])('%s', (_, object, age, state, text) => {
  const status = readProvider(object, age);
  expect(status.state).toBe(state);
  expect(status.text(plainEnglish)).toMatch(text);
});

test.each([
  [30, undefined],
  [90, /If this lasts/],
])('connecting for %d seconds has the remedy %p', (age, expected) => {
  const remedy = readProvider(provider('Staging'), age).remedy?.(plainEnglish);
  if (expected) expect(remedy).toMatch(expected);
  else expect(remedy).toBeUndefined();
});

/** What the real controller was recorded to say, where the recordings lie beside the project. */
const file = join(process.cwd(), '../shared/recorded/provider-timelines.json');

test.each<[string, string, RegExp]>([
  ['good-insecure', 'ready', /Connected/],
  ['empty-vddk', 'ready', /Connected/],
  ['secure-right-ca', 'ready', /Connected/],
  ['secure-no-ca', 'failed', /Secret lacks.*: ca\.crt\./],
  ['malformed-url', 'silent', /says nothing/],
  ['wrong-password', 'failed', /user or the password/],
  ['missing-keys', 'failed', /Secret lacks.*: user, password\./],
  ['no-secret', 'silent', /says nothing/],
  ['no-sdk-path', 'failed', /not the SDK/],
  ['empty-url', 'failed', /address is missing/],
  ['esxi-endpoint', 'failed', /other kind of server/],
  ['unresolvable', 'failed', /not known to this cluster/],
  ['closed-port', 'failed', /Nothing answers/],
  ['secure-wrong-ca', 'failed', /did not sign/],
])('recorded: %s', (name, state, text) => {
  if (!existsSync(file)) {
    process.stdout.write(`No recordings beside the project: "${name}" is not compared.\n`);
    return;
  }
  const timelines = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { phase: string | null; conditions: Condition[] | null }[]>;
  const last = timelines[name]?.at(-1);
  expect(last).toBeDefined();
  const status = readProvider(last?.phase ? provider(last.phase, ...(last.conditions ?? [])) : provider(undefined), 60);
  expect(status.state).toBe(state);
  expect(status.text(plainEnglish)).toMatch(text);
  expect(status.state === 'ready' || status.remedy !== undefined).toBe(true);
});
