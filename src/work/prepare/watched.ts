import type { KindId } from '../../domain/kinds';

/** How a part is held. */
interface Holding {
  /** Their changes make it be looked at at once. */
  readonly watches: readonly KindId[];
  /** Milliseconds until it is looked at without any change: for what is not watched. */
  readonly every: number;
  /** Milliseconds between two looks at least, however much changes. A look at the image lists all Plans. */
  readonly least: number;
}

const seconds = 1000;
const minutes = 60 * seconds;

/**
 * How the controller holds each part; its rights to watch follow from this. Secrets and ConfigMaps are read by name and never watched: a watch
 * would need the right to read all of a project's, and keep them in memory. So a new password follows within `every`.
 */
export const holdings = {
  provider: { watches: ['providers', 'forkliftControllers'], every: 30 * seconds, least: 2 * seconds },
  // Without a watch: MTV writes the status of Hosts often, and a Host that somebody changed may wait.
  host: { watches: ['providers'], every: 5 * minutes, least: 2 * seconds },
  // Not Plans, which change all the time while they run: it is looked at again until none does.
  vddk: { watches: ['forkliftControllers', 'providers'], every: 10 * minutes, least: minutes },
  undeclared: { watches: ['forkliftControllers'], every: 10 * minutes, least: 2 * seconds },
  'virt-default-class': { watches: ['storageClasses'], every: 10 * minutes, least: 2 * seconds },
  registry: { watches: ['imageRegistryConfigs', 'storageClasses'], every: 10 * minutes, least: 2 * seconds },
  'eviction-strategy': { watches: ['hyperConvergeds'], every: 10 * minutes, least: 2 * seconds },
} as const satisfies Readonly<Record<string, Holding>>;

/** A part that is held. The name of a task begins with it, before the first slash. */
export type HeldPart = keyof typeof holdings;

/** The part that a task belongs to; `undefined`: it is not held. */
export const heldPartOf = (task: string): HeldPart | undefined => {
  const [part = ''] = task.split('/');
  return part in holdings ? (part as HeldPart) : undefined;
};
