import { planDisable, planEnable, pluginListNeeds } from '../domain/console-plugin/plugin-list';
import { carryOut, done, waiting } from './task';
import type { Task, World } from './task';

/** Puts a plugin into the console's list. */
export const enablePlugin = (world: World, name: string): Task => ({
  name: 'enable-plugin',
  attempt: () =>
    carryOut(world, {
      needs: pluginListNeeds,
      plan: planEnable(name),
      refused: () => waiting('There is no console yet.'),
      text: `${name} is in the console's list.`,
    }),
});

/** Takes a plugin out of it. A cluster without a console has no list. */
export const disablePlugin = (world: World, name: string): Task => ({
  name: 'disable-plugin',
  attempt: async () => {
    const { needs, text } = { needs: pluginListNeeds, text: `${name} is not in the console's list.` };
    const present = await world.cluster.get(needs.console);
    if (!present.ok && present.error.code === 'KindAbsent') return done(text);
    return carryOut(world, { needs, plan: planDisable(name), refused: () => waiting(''), text });
  },
});
