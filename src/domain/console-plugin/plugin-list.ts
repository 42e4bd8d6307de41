import { because, patchOf } from '../change';
import type { PatchOperation } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { err, ok } from '../result';
import type { Text } from '../translate';

/** What the planners look at: the console's list of plugins, which everybody who has a plugin adds to. */
export const pluginListNeeds = { console: { kind: 'consoleConfigs', name: 'cluster' } } as const satisfies Needs;

type SeenHere = Seen<typeof pluginListNeeds>;

const patch = (why: Text, operations: readonly PatchOperation[]): Plan<never> =>
  ok([because(why, { verb: 'patch', kind: 'consoleConfigs', name: 'cluster', operations })]);

/** Adds a plugin behind those that are there. The list is tested first, so that two at once cannot lose or double an entry. */
export const planEnable =
  (name: string) =>
  ({ console }: SeenHere): Plan<'NoConsole'> => {
    if (!console) return err('NoConsole');
    const { spec } = console;
    const plugins = spec?.plugins;
    if (plugins?.includes(name)) return ok([]);
    const why: Text = (t) => t('The console loads only plugins that are in this list.');
    if (plugins) {
      return patch(why, [
        { op: 'test', path: '/spec/plugins', value: plugins },
        { op: 'add', path: '/spec/plugins/-', value: name },
      ]);
    }
    const write = patchOf('consoleConfigs', console, [
      spec
        ? { op: 'add', path: '/spec/plugins', value: [name] }
        : { op: 'add', path: '/spec', value: { plugins: [name] } },
    ]);
    return ok([because(why, write)]);
  };

/** Takes a plugin out of the list. Without a console there is nothing to do. */
export const planDisable =
  (name: string) =>
  ({ console }: SeenHere): Plan<never> => {
    const index = console?.spec?.plugins?.indexOf(name) ?? -1;
    if (index < 0) return ok([]);
    const path = `/spec/plugins/${String(index)}`;
    return patch(
      (t) => t('The console should stop loading the plugin.'),
      [
        { op: 'test', path, value: name },
        { op: 'remove', path },
      ],
    );
  };
