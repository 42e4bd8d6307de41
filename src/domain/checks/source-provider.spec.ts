import type { One } from '../cluster';
import type { Provider } from '../objects';
import { plainEnglish } from '../translate';
import { keyOf } from './need';
import { providers, secretOf, secretsOfProviders } from './mtv-needs';
import { sourceProvider } from './source-provider';

const provider = (name: string, phase?: string, type = 'vsphere', project = 'p'): Provider => ({
  metadata: { name, namespace: project },
  spec: { type, secret: { name: `${name}-credentials`, namespace: project } },
  ...(phase !== undefined && { status: { phase } }),
});
const secret = (name: string, namespace = 'p'): One => ({ kind: 'secrets', name: `${name}-credentials`, namespace });

test.each<[string, Provider[], One[], string]>([
  ['no provider', [], [], 'blocked NoProvider: No vSphere provider is connected.'],
  [
    'one of another type',
    [provider('ova', 'Ready', 'ova')],
    [],
    'blocked NoProvider: No vSphere provider is connected.',
  ],
  ['one without a spec', [{ metadata: { name: 'x' } }], [], 'blocked NoProvider: No vSphere provider is connected.'],
  [
    'ready',
    [provider('a', 'Ready'), provider('b', 'Ready'), provider('c', 'Staging')],
    [],
    'ready ProviderReady: Providers ready: 2',
  ],
  [
    'ready, and its Secret is gone',
    [provider('a', 'Ready')],
    [secret('a')],
    'blocked SecretGone: The Secret with the credentials of provider a is gone.',
  ],
  [
    'a Secret of that name is gone in another project',
    [provider('a', 'Ready')],
    [secret('a', 'q')],
    'ready ProviderReady: Providers ready: 1',
  ],
  [
    'another Secret of that project is gone',
    [provider('a', 'Ready')],
    [secret('b')],
    'ready ProviderReady: Providers ready: 1',
  ],
  [
    'one of two Secrets is gone',
    [provider('a', 'Ready'), provider('b', 'Ready')],
    [secret('a')],
    'ready ProviderReady: Providers ready: 1',
  ],
  [
    'failed',
    [provider('a'), provider('b', 'ConnectionFailed')],
    [],
    'blocked ProviderFailed: Provider b cannot connect.',
  ],
  [
    'its phase only begins so',
    [provider('a', 'FailedBefore')],
    [],
    'waiting ProviderStaging: Provider a is connecting.',
  ],
  ['new', [provider('a')], [], 'waiting ProviderStaging: Provider a is connecting.'],
])('%s', (_, seen, gone, expected) => {
  const { state, reason, text } = sourceProvider.judge({
    [keyOf(providers)]: { state: 'loaded', items: seen },
    [keyOf(secretsOfProviders)]: { state: 'loaded', items: gone },
  });
  expect(`${state} ${reason}: ${text(plainEnglish)}`).toBe(expected);
});

test.each<[string, Provider, ReturnType<typeof secretOf>]>([
  [
    'named with its project',
    provider('a'),
    { kind: 'secrets', name: 'a-credentials', namespace: 'p', metadataOnly: true },
  ],
  ['without a spec', { metadata: { name: 'a' } }, undefined],
  ['without a Secret', { metadata: { name: 'a' }, spec: { type: 'vsphere' } }, undefined],
  ['without the name', { metadata: { name: 'a' }, spec: { type: 'vsphere', secret: { namespace: 'p' } } }, undefined],
  ['without the project', { metadata: { name: 'a' }, spec: { type: 'vsphere', secret: { name: 's' } } }, undefined],
])('the Secret of a Provider: %s', (_, each, expected) => {
  expect(secretOf(each)).toEqual(expected);
});

test('Secrets are looked for of vSphere Providers that name one, and of nothing while Providers are not known', () => {
  const items = [
    provider('a'),
    provider('ova', 'Ready', 'ova'),
    { metadata: { name: 'x' }, spec: { type: 'vsphere' } },
  ];
  expect(secretsOfProviders.refer({ [keyOf(providers)]: { state: 'loaded', items } })).toEqual([
    secretOf(provider('a')),
  ]);
  expect(secretsOfProviders.refer({ [keyOf(providers)]: { state: 'loading' } })).toEqual([]);
  expect(secretsOfProviders.refer({})).toEqual([]);
});
