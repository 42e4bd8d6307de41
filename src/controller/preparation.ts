import type { KindId } from '../domain/kinds';
import type { Outcome, Task, World } from '../work/prepare/task';
import { heldPartOf, holdings } from '../work/prepare/watched';

/** What holding the preparation needs. */
export interface PreparationHost {
  /** Milliseconds since some moment. */
  readonly now: () => number;
  readonly world: World;
  /** All tasks, made anew for each key with a world of its own. Tasks of parts that are not held are left out. */
  readonly make: (world: World) => readonly Task[];
  /** Told each outcome that differs from the one before of the same task. */
  readonly onOutcome: (task: string, outcome: Outcome) => void;
  /** Told each change that was made, without its content. */
  readonly onChange: (task: string, line: string) => void;
}

/** What keeps the preparation as it is declared: a reconciler, and when it is to be asked. */
export interface HeldPreparation {
  readonly name: 'preparation';
  /** One for each task. */
  readonly keys: readonly string[];
  /** Kinds to watch. */
  readonly kinds: readonly KindId[];
  /** The keys to be looked at when an object of this kind has changed. */
  readonly keysOf: (kind: KindId) => readonly string[];
  /** Looks at one task and puts right what is not as declared. Never fails: what went wrong is an outcome, and it says when to look again. */
  readonly reconcile: (key: string) => Promise<{ readonly again: number }>;
}

/** Milliseconds until the next look at what is not done. What failed for good is looked at as seldom as what is done. */
const pauses = { waiting: 15_000, unanswered: 5000, forbidden: 60_000, early: 5000 } as const;

/** Somebody who sets things back at once would keep us writing for ever: so many corrections of one task in so many milliseconds are enough. */
const corrections = { most: 5, within: 10 * 60_000 } as const;

/** A task, and what is remembered of it. */
interface Held {
  readonly task: Task;
  readonly watches: readonly KindId[];
  readonly every: number;
  readonly least: number;
  /** When it was last looked at. */
  looked?: number;
  outcome?: Outcome;
  /** When it had something to write. */
  written: readonly number[];
}

/** Holds every task of a held part. */
export const holdPreparation = ({ now, world, make, onOutcome, onChange }: PreparationHost): HeldPreparation => {
  const wrote = new Set<string>();
  const hold = (name: string): readonly (readonly [string, Held])[] => {
    const part = heldPartOf(name);
    const say = (line: string): void => {
      onChange(name, line);
      wrote.add(name);
    };
    const task = make({ ...world, say }).find((each) => each.name === name);
    return part && task ? [[name, { task, ...holdings[part], written: [] }]] : [];
  };
  const all: ReadonlyMap<string, Held> = new Map(make(world).flatMap(({ name }) => hold(name)));

  const conclude = (key: string, held: Held, outcome: Outcome): void => {
    const before = held.outcome;
    held.outcome = outcome;
    if (before?.state !== outcome.state || before.text !== outcome.text) onOutcome(key, outcome);
  };

  /** Whether a task that has to be through first, done or failed, is not. */
  const isEarly = ({ after = [] }: Task): boolean =>
    after.some((name) => all.has(name) && !['done', 'failed'].includes(all.get(name)?.outcome?.state ?? 'waiting'));

  return {
    name: 'preparation',
    keys: [...all.keys()],
    kinds: [...new Set([...all.values()].flatMap(({ watches }) => watches))],
    keysOf: (kind) => [...all].flatMap(([key, { watches }]) => (watches.includes(kind) ? [key] : [])),
    reconcile: async (key) => {
      const held = all.get(key);
      if (!held) return { again: corrections.within };
      const { task, every, least } = held;
      if (isEarly(task)) return { again: pauses.early };
      const rest = held.looked === undefined ? 0 : held.looked + least - now();
      if (rest > 0) return { again: rest };
      held.looked = now();
      held.written = held.written.filter((time) => now() - time < corrections.within);
      const [oldest] = held.written;
      if (oldest !== undefined && held.written.length >= corrections.most) {
        conclude(key, held, tooOften);
        return { again: Math.max(1, oldest + corrections.within - now()) };
      }
      wrote.delete(key);
      const outcome = await task.attempt();
      if (wrote.has(key)) held.written = [...held.written, now()];
      conclude(key, held, outcome);
      switch (outcome.state) {
        case 'done':
        case 'failed':
          return { again: every };
        case 'waiting':
          return { again: Math.max(least, pauses.waiting) };
        case 'unanswered':
        case 'forbidden':
          return { again: pauses[outcome.state] };
      }
    },
  };
};

const tooOften: Outcome = {
  state: 'failed',
  text: `Somebody keeps changing it: it was put right ${String(corrections.most)} times within 10 minutes. Find out who, or change what is declared. Later it is put right again.`,
};
