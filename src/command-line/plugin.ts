import { parse } from 'yaml';
import type { Cluster } from '../domain/cluster';
import { planDisable, planEnable, pluginListNeeds } from '../domain/console-plugin/plugin-list';
import { readManagement, readServed, servedNeeds } from '../domain/console-plugin/served';
import type { ServedReason } from '../domain/console-plugin/served';
import { observe } from '../domain/converge';
import type { ConfigMap, ConsoleConfig } from '../domain/platform-objects';
import { carryOut, done, failed, outcomeOf, waiting } from '../work/prepare/task';
import type { Outcome, Task, World } from '../work/prepare/task';

/** What each state of a plugin in the console means, and what to do about it. */
const servedTexts: Readonly<Record<ServedReason, (name: string) => string>> = {
  PluginAbsent: (name) => `There is no ConsolePlugin ${name} yet.`,
  ConsoleAbsent: () => 'There is no console yet.',
  PluginNotListed: () => "It is not in the console's list yet.",
  ConsoleRemoved: (name) =>
    `The console of this cluster is Removed. Set managementState of consoles.operator.openshift.io/cluster to Managed, and ${name} appears.`,
  ConsoleNotManaged: (name) =>
    `The console's operator is switched off, so nobody reads the console's list and ${name} does not appear. ` +
    'Set managementState of consoles.operator.openshift.io/cluster to Managed.',
  PluginNotConfigured: (name) => `The console's operator has not put ${name} into the console's configuration yet.`,
  ConsoleRestarting: (name) => `The console restarts, to load ${name}.`,
  PluginServed: (name) => `the console runs with ${name} in its configuration.`,
};

/** What is in the list now; and that nobody reads it, should that be so. */
const inList = (name: string, console: ConsoleConfig | undefined): string => {
  const unread = console && readManagement(console);
  return `${name} is in the console's list. ${unread ? servedTexts[unread](name) : ''}`.trim();
};

const notInList = (name: string, console: ConsoleConfig | undefined): string => {
  const isUnread = console && readManagement(console) === 'ConsoleNotManaged';
  return `${name} is not in the console's list. ${isUnread ? "The console's operator is switched off, so a console that runs with it goes on doing so." : ''}`.trim();
};

/** Puts a plugin into the console's list. */
export const enablePlugin = (world: World, name: string): Task => ({
  name: 'enable-plugin',
  attempt: () =>
    carryOut(world, {
      needs: pluginListNeeds,
      plan: planEnable(name),
      refused: () => waiting(servedTexts.ConsoleAbsent(name)),
      text: ({ console }) => inList(name, console),
    }),
});

/** Takes a plugin out of it. A cluster without a console has no list. */
export const disablePlugin = (world: World, name: string): Task => ({
  name: 'disable-plugin',
  attempt: async () => {
    const needs = pluginListNeeds;
    const present = await world.cluster.get(needs.console);
    if (!present.ok && present.error.code === 'KindAbsent') return done(notInList(name, undefined));
    return carryOut(world, {
      needs,
      plan: planDisable(name),
      refused: () => waiting(''),
      text: ({ console }) => notInList(name, console),
    });
  },
});

/** Waits until the console itself runs with a plugin: that it is in the list is only what was asked for. */
export const waitForPlugin = async (cluster: Cluster, name: string): Promise<Outcome> => {
  const seen = await observe(cluster, servedNeeds(name));
  if (!seen.ok) return outcomeOf(seen.error);
  const { state, reason, params } = readServed(name, configuredPlugins(seen.value.configuration), seen.value);
  const text = servedTexts[reason](name);
  if (state === 'ready') return done(text);
  return state === 'blocked' ? failed(text) : waiting(`${text} ${params.trouble}`.trim());
};

/** The plugins that the console's configuration names; none when it cannot be read. */
const configuredPlugins = (configuration: ConfigMap | undefined): readonly string[] => {
  try {
    const content = parse(configuration?.data?.['console-config.yaml'] ?? '') as { readonly plugins?: object } | null;
    return Object.keys(content?.plugins ?? {});
  } catch {
    return [];
  }
};
