import type { KubeObject } from '../objects';
import type { ConfigMap, ConsoleConfig, Deployment } from '../platform-objects';
import { readServed } from './served';

const plugin: KubeObject = { metadata: { name: 'ours' } };
const console = (
  managementState: string | undefined,
  plugins: string[] = ['ours'],
  status: ConsoleConfig['status'] = {},
): ConsoleConfig => ({
  metadata: { name: 'cluster' },
  spec: { ...(managementState !== undefined && { managementState }), plugins },
  status,
});
const managed = console('Managed');
const configuration: ConfigMap = { metadata: { name: 'console-config', resourceVersion: '7' } };
const pods = (version: string, status: NonNullable<Deployment['status']>): Deployment => ({
  metadata: { name: 'console', generation: 3, annotations: { 'console.openshift.io/console-config-version': version } },
  status,
});
const settled = { observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
const served = { plugin, console: managed, configuration, deployment: pods('7', settled) };

test.each<[string, Partial<typeof served> | object, string[], string]>([
  ['no ConsolePlugin', { plugin: undefined }, ['ours'], 'waiting PluginAbsent'],
  ['no console', { console: undefined }, ['ours'], 'waiting ConsoleAbsent'],
  ['not in the list', { console: console('Managed', []) }, [], 'waiting PluginNotListed'],
  ['not in the configuration yet', {}, ['other'], 'waiting PluginNotConfigured'],
  ['no configuration yet', { configuration: undefined, deployment: undefined }, [], 'waiting PluginNotConfigured'],
  [
    'pods that started with an older configuration',
    { deployment: pods('6', settled) },
    ['ours'],
    'waiting PluginNotConfigured',
  ],
  [
    'a roll-out nobody has looked at',
    { deployment: pods('7', { ...settled, observedGeneration: 2 }) },
    ['ours'],
    'waiting ConsoleRestarting',
  ],
  [
    'an old pod beside the new ones',
    { deployment: pods('7', { ...settled, replicas: 3 }) },
    ['ours'],
    'waiting ConsoleRestarting',
  ],
  [
    'a new pod that does not answer yet',
    { deployment: pods('7', { ...settled, availableReplicas: 0 }) },
    ['ours'],
    'waiting ConsoleRestarting',
  ],
  [
    'one of two new pods without a node',
    { deployment: pods('7', { ...settled, availableReplicas: 1 }) },
    ['ours'],
    'ready PluginServed',
  ],
  ['everything as it should be', {}, ['other', 'ours'], 'ready PluginServed'],
  [
    'case 44: Unmanaged before it was put in',
    { console: console('Unmanaged') },
    ['other'],
    'blocked ConsoleNotManaged',
  ],
  [
    'case 44: Unmanaged, pods with an older configuration',
    { console: console('Unmanaged'), deployment: pods('6', settled) },
    ['ours'],
    'blocked ConsoleNotManaged',
  ],
  ['case 44: Unmanaged after it was put in', { console: console('Unmanaged') }, ['ours'], 'ready PluginServed'],
  [
    'case 44: Unmanaged in the midst of the roll-out',
    { console: console('Unmanaged'), deployment: pods('7', { ...settled, replicas: 3 }) },
    ['ours'],
    'waiting ConsoleRestarting',
  ],
  [
    'case 44: Removed',
    { console: console('Removed'), configuration: undefined, deployment: undefined },
    [],
    'blocked ConsoleRemoved',
  ],
  ['case 44: Removed a moment ago', { console: console('Removed') }, ['ours'], 'blocked ConsoleRemoved'],
  ['a console that nobody has set up', { console: { metadata: { name: 'cluster' } } }, [], 'blocked ConsoleNotManaged'],
  [
    'no list',
    { console: { metadata: { name: 'cluster' }, spec: { managementState: 'Managed' } } },
    [],
    'waiting PluginNotListed',
  ],
  ['in the configuration, and no pods yet', { deployment: undefined }, ['ours'], 'waiting PluginNotConfigured'],
  [
    'pods that say nothing of their configuration',
    { deployment: { metadata: { name: 'console' }, status: settled } },
    ['ours'],
    'waiting PluginNotConfigured',
  ],
  [
    'pods that say nothing of a configuration that is gone',
    { configuration: undefined, deployment: { metadata: { name: 'console' }, status: settled } },
    ['ours'],
    'waiting PluginNotConfigured',
  ],
  ['a state that its operator does not know', { console: console('Force') }, [], 'blocked ConsoleNotManaged'],
  ['no state at all', { console: console(undefined) }, [], 'blocked ConsoleNotManaged'],
])('%s', (_, differs, configured, expected) => {
  const { state, reason, params } = readServed('ours', configured, { ...served, ...differs });
  expect(`${state} ${reason}`).toBe(expected);
  expect(params.trouble).toBe('');
});

test("what the console's operator complains about is told", () => {
  const conditions = [
    { type: 'DeploymentAvailable', status: 'False', message: 'not told: 0 replicas' },
    { type: 'ConfigMapSyncDegraded', status: 'True', message: 'failed to get nodes' },
    { type: 'SyncLoopRefreshProgressing', status: 'True', message: 'not told: working' },
    { type: 'DeploymentSyncDegraded', status: 'False', message: 'not told: no longer so' },
    { type: 'RouteHealthDegraded', status: 'True' },
    { type: 'ServiceSyncDegraded', status: 'True', message: 'no service' },
  ];
  expect(
    readServed('ours', [], { ...served, console: console('Managed', ['ours'], { conditions }) }).params.trouble,
  ).toBe('failed to get nodes no service');
});
