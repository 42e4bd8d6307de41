import { HealthState, HttpError } from '@openshift-console/dynamic-plugin-sdk';
import { checks } from '../domain/checks/registry';
import { plainEnglish } from '../domain/translate';
import type { WatchResults } from './readiness';
import { readinessHealth } from './readiness-health';

const forbidden = new HttpError('Forbidden', 403, undefined, { reason: 'Forbidden' });
const noModel = Object.assign(new Error('Model does not exist'), { name: 't' });

const loaded = (...data: readonly object[]) => ({ data, loaded: true });
const idle = {
  conditions: [
    { type: 'Successful', status: 'True' },
    { type: 'Running', status: 'True', reason: 'Successful' },
  ],
};
const provider = loaded({ metadata: { name: 'vc' }, spec: { type: 'vsphere' }, status: { phase: 'Ready' } });
const staging = loaded({ metadata: { name: 'vc' }, spec: { type: 'vsphere' }, status: { phase: 'Staging' } });
const controller = loaded({ metadata: { name: 'c' }, spec: { vddk_image: 'r/vddk@sha256:1' }, status: idle });
const nad = loaded({
  metadata: { name: 'vlan-100', namespace: 'vms' },
  spec: { config: '{"type":"bridge","bridge":"br1","vlan":100}' },
});
const all: WatchResults = { providers: provider, forkliftControllers: controller, networkAttachmentDefinitions: nad };

const of = (ready: number) => `${String(ready)} of ${String(checks.length)} ready`;

// The console's t gets our namespace before the key; what comes back has none.
const t = (key: string, params?: Readonly<Record<string, string | number>>): string => {
  expect(key).toMatch(/^plugin__migration-prep~/);
  return plainEnglish(key.replace('plugin__migration-prep~', ''), params);
};

test.each<[string, WatchResults, HealthState, string]>([
  ['nothing loaded yet', {}, HealthState.LOADING, ''],
  ['one still loading', { ...all, providers: { loaded: false } }, HealthState.LOADING, ''],
  ['everything ready', all, HealthState.OK, 'Ready'],
  [
    'nothing configured',
    { ...all, providers: loaded(), networkAttachmentDefinitions: loaded() },
    HealthState.WARNING,
    of(1),
  ],
  ['provider connecting', { ...all, providers: staging }, HealthState.PROGRESS, of(2)],
  [
    'no right to look at anything',
    Object.fromEntries(Object.keys(all).map((kind) => [kind, { loaded: false, loadError: forbidden }])),
    HealthState.NOT_AVAILABLE,
    'Not permitted to check',
  ],
  [
    'a server that fails',
    Object.fromEntries(
      Object.keys(all).map((kind) => [kind, { loaded: false, loadError: new HttpError('etcd', 500) }]),
    ),
    HealthState.NOT_AVAILABLE,
    'Could not be checked',
  ],
  [
    'something to be done, the rest not to be seen',
    {
      ...Object.fromEntries(Object.keys(all).map((kind) => [kind, { loadError: forbidden }])),
      networkAttachmentDefinitions: loaded(),
    },
    HealthState.WARNING,
    of(0),
  ],
  [
    'no right to look at one',
    { ...all, networkAttachmentDefinitions: { loadError: forbidden } },
    HealthState.UNKNOWN,
    of(2),
  ],
  [
    'Multus absent',
    { ...all, networkAttachmentDefinitions: { loaded: true, loadError: noModel } },
    HealthState.WARNING,
    of(2),
  ],
])('%s', (_, results, state, message) => {
  expect(readinessHealth(results, t)).toEqual({ state, message });
});
