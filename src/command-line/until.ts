import type { Outcome, Task } from '../work/prepare/task';

/** The exit codes of docs/hooks.md. */
export const exitCodes = { done: 0, failed: 1, usage: 2, deadline: 3, forbidden: 4, notReady: 5 } as const;

/** How long a run tries, by which clock, and where its lines go. */
export interface Patience {
  /** Milliseconds in all; 0: one attempt. */
  readonly deadline: number;
  /** Milliseconds between two rounds. */
  readonly interval: number;
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** A step forward, or a change in what is waited for. */
  readonly say: (line: string) => void;
  /** What went wrong. */
  readonly complain: (line: string) => void;
  /** Nothing is waited for, and that something would have to be is no failure. */
  readonly isRehearsal: boolean;
}

/**
 * Tries every task in turn until all are done, each failed for good, or the time is over. A task that fails does not keep the others
 * from being done. What is waited for is said once, and again only when it changes.
 */
export const until = async (tasks: readonly Task[], patience: Patience): Promise<number> => {
  const { interval, now, pause, say, complain, isRehearsal } = patience;
  const end = now() + (isRehearsal ? 0 : patience.deadline);
  const last = new Map<string, Outcome>();
  const isOpen = ({ name }: Task): boolean => mayDoBetter(last.get(name)?.state ?? 'waiting');
  for (;;) {
    for (const task of tasks.filter(isOpen)) {
      const first = tasks.find((each) => task.after?.includes(each.name) && isOpen(each));
      if (first && !isRehearsal) continue;
      const outcome = await task.attempt();
      const { state, text } = outcome;
      const isTrouble = state === 'failed' || state === 'forbidden' || (isRehearsal && state === 'unanswered');
      if (isTrouble) complain(`${task.name}: ${text}`);
      else if (last.get(task.name)?.text !== text) say(`${task.name}: ${mayDoBetter(state) ? 'waiting. ' : ''}${text}`);
      last.set(task.name, outcome);
    }
    const open = tasks.filter(isOpen);
    if (open.length === 0) break;
    if (isRehearsal) break;
    if (now() + interval > end) {
      for (const { name } of open)
        complain(`${name}: the deadline has passed. ${last.get(name)?.text ?? 'Other tasks had to finish first.'}`);
      break;
    }
    await pause(interval);
  }
  const states = [...last.values()].map(({ state }) => state);
  if (states.includes('forbidden')) return exitCodes.forbidden;
  if (states.includes('failed')) return exitCodes.failed;
  const isMissed = isRehearsal ? states.includes('unanswered') : tasks.some(isOpen);
  return isMissed ? exitCodes.deadline : exitCodes.done;
};

const mayDoBetter = (state: Outcome['state']): boolean => state === 'waiting' || state === 'unanswered';
