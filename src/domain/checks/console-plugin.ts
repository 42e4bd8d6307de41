import { readMtvProject } from '../mtv-project';
import { blocked, defineCheck, ready } from './check';
import { forkliftControllers } from './mtv-needs';
import { installers } from './operator-needs';

/** The name that the plugin was built with. */
const pluginName = 'migration-prep';

/** MTV's services that the page asks, by the aliases of the plugin's proxies. */
const aliases = ['forklift-inventory', 'forklift-services'] as const;

const loaded = <T>(items: readonly T[]) => ({ state: 'loaded', items }) as const;

/** Whether the plugin's proxies lead to MTV. They were set when the plugin was installed, perhaps before MTV was, or somewhere else. */
export const consolePlugin = defineCheck({
  id: 'console-plugin',
  title: (t) => t('Console plugin'),
  step: 'prerequisites',
  needs: {
    ...installers,
    consolePlugins: { list: 'consolePlugins', optional: true },
    forkliftControllers: { ...forkliftControllers, optional: true },
  },
  judge: ({ consolePlugins, forkliftControllers, subscriptions, clusterServiceVersions, clusterExtensions }) => {
    const plugin = consolePlugins.find(({ metadata }) => metadata.name === pluginName);
    if (!plugin) return ready('PluginAbsent');
    const { name: project, source } = readMtvProject({
      controllers: loaded(forkliftControllers),
      subscriptions: loaded(subscriptions),
      csvs: loaded(clusterServiceVersions),
      clusterExtensions: loaded(clusterExtensions),
      served: { state: 'loaded', project: undefined },
    });
    if (source === 'assumed') return blocked('MtvAbsent');
    const proxies = aliases.map((alias) => ({
      alias,
      to: plugin.spec?.proxy?.find((each) => each.alias === alias)?.endpoint?.service?.namespace,
    }));
    const missing = proxies.find(({ to }) => to === undefined);
    if (missing) return blocked('ProxyMissing', { alias: missing.alias, project });
    const astray = proxies.find(({ to }) => to !== project);
    return astray ? blocked('ProxyAstray', { proxied: astray.to ?? '', project }) : ready('ProxiesLead', { project });
  },
  reasons: {
    PluginAbsent: (t) => t('The console does not have Migration Prep. Migrations do not need it.'),
    MtvAbsent: (t) => t('Migration Toolkit for Virtualization is not installed.'),
    ProxyMissing: (t, params) =>
      t(
        'ConsolePlugin migration-prep has no proxy {{alias}}, so the page cannot reach MTV. Install the chart again with plugin.mtvNamespace set to {{project}}.',
        params,
      ),
    ProxyAstray: (t, params) =>
      t(
        'The page looks for MTV in project {{proxied}}, but MTV is in {{project}}. Set plugin.mtvNamespace to {{project}} in the values of the chart.',
        params,
      ),
    ProxiesLead: (t, params) => t('The page reaches MTV in project {{project}}.', params),
  },
});
