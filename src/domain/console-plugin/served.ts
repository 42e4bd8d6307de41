import type { Needs, Seen } from '../cluster';
import type { ConsoleConfig, Deployment } from '../platform-objects';
import type { Reading } from '../reading';

/** Where the console's pods and their configuration are. */
const namespace = 'openshift-console';

/** The ConfigMap that the console's pods read once, when they start; its `plugins` name what is loaded. */
export const consoleConfiguration = { kind: 'configMaps', name: 'console-config', namespace } as const;

/** The version of that ConfigMap which pods of the Deployment started with: its operator writes it there. */
const versionAnnotation = 'console.openshift.io/console-config-version';

/** What tells whether the console really loads a plugin: not the list, which is only what was asked for, but what its operator made of it. */
export const servedNeeds = (name: string) =>
  ({
    plugin: { kind: 'consolePlugins', name },
    console: { kind: 'consoleConfigs', name: 'cluster' },
    configuration: consoleConfiguration,
    deployment: { kind: 'deployments', name: 'console', namespace },
  }) as const satisfies Needs;

/** How far a plugin is on its way from the list to the console that runs. */
export type ServedReason =
  | 'PluginAbsent'
  | 'ConsoleAbsent'
  | 'PluginNotListed'
  | 'ConsoleRemoved'
  | 'ConsoleNotManaged'
  | 'PluginNotConfigured'
  | 'ConsoleRestarting'
  | 'PluginServed';

/** `blocked`: waiting does not mend it. `trouble` is what the console's operator reports as being wrong; mostly nothing. */
export type ServedReading = Reading<ServedReason, 'ready' | 'waiting' | 'blocked'> & {
  readonly params: { readonly trouble: string };
};

/**
 * Whether the console serves a plugin. `configured` are the plugins that its configuration names. The operator acts only while
 * the Console is Managed: otherwise it leaves everything as it is and its status too, or has removed it all
 * (openshift/console-operator: pkg/console/operator/operator.go, subresource/deployment).
 */
export const readServed = (
  name: string,
  configured: readonly string[],
  seen: Seen<ReturnType<typeof servedNeeds>>,
): ServedReading => {
  const { plugin, console, configuration, deployment } = seen;
  const say = (state: ServedReading['state'], reason: ServedReason): ServedReading => ({
    state,
    reason,
    params: { trouble: troubleOf(console) },
  });
  if (!plugin) return say('waiting', 'PluginAbsent');
  if (!console) return say('waiting', 'ConsoleAbsent');
  const unread = readManagement(console);
  if (unread === 'ConsoleRemoved') return say('blocked', unread);
  const isListed = console.spec?.plugins?.includes(name) === true;
  const version = configuration?.metadata.resourceVersion;
  const isConfigured =
    configured.includes(name) &&
    version !== undefined &&
    deployment?.metadata.annotations?.[versionAnnotation] === version;
  if (!isConfigured && unread) return say('blocked', unread);
  if (!isListed) return say('waiting', 'PluginNotListed');
  if (!isConfigured) return say('waiting', 'PluginNotConfigured');
  return isRolledOut(deployment) ? say('ready', 'PluginServed') : say('waiting', 'ConsoleRestarting');
};

/** Why nobody reads the console's list at present; `undefined` while its operator does. */
export const readManagement = ({ spec }: ConsoleConfig): 'ConsoleRemoved' | 'ConsoleNotManaged' | undefined => {
  if (spec?.managementState === 'Managed') return undefined;
  return spec?.managementState === 'Removed' ? 'ConsoleRemoved' : 'ConsoleNotManaged';
};

/** No pod with an older configuration is left, and one with this one answers. */
const isRolledOut = ({ metadata, status }: Deployment): boolean => {
  const { observedGeneration = 0, replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status ?? {};
  return observedGeneration >= (metadata.generation ?? 0) && replicas === updatedReplicas && availableReplicas > 0;
};

const troubleOf = (console: ConsoleConfig | undefined): string =>
  (console?.status?.conditions ?? [])
    .filter(({ type, status }) => type.endsWith('Degraded') && status === 'True')
    .flatMap(({ message = '' }) => message || [])
    .join(' ');
