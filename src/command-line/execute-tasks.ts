import type { Wishes } from '../domain/wishes';
import { readWishes } from './read-wishes';
import type { Task } from '../work/prepare/task';
import { until } from './until';

/** A clock that the tasks' own waiting moves on. */
export const execute = async (tasks: readonly Task[], between: () => void = () => undefined, deadline = 60_000) => {
  const [said, complaints]: [string[], string[]] = [[], []];
  let time = 0;
  const code = await until(tasks, {
    deadline,
    interval: 1000,
    isRehearsal: false,
    now: () => time,
    pause: (milliseconds) => {
      time += milliseconds;
      between();
      return Promise.resolve();
    },
    say: (line) => said.push(line),
    complain: (line) => complaints.push(line),
  });
  return { code, said, complaints };
};

/** The wishes of a file that is known to be right. */
export const wishing = (content: object): Wishes => {
  const read = readWishes(content);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
};
