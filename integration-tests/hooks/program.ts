import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startMain } from '../started';
import type { Ended, Started } from '../started';

const folder = mkdtempSync(join(tmpdir(), 'hooks-files-'));
let files = 0;
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Writes content into a file of its own, as YAML unless it is text. */
export const fileWith = (content: unknown, extension = 'yaml'): string => {
  const path = join(folder, `${String((files += 1))}.${extension}`);
  writeFileSync(path, typeof content === 'string' ? content : stringify(content));
  return path;
};

/** Starts the built program, in an environment that knows no cluster but the one given. */
export const start = (kubeconfig: string | undefined, ...args: readonly string[]): Started =>
  startIn({}, kubeconfig, ...args);

/** The same with more in its environment. */
export const startIn = (
  more: Readonly<Record<string, string>>,
  kubeconfig: string | undefined,
  ...args: readonly string[]
): Started => {
  const options = kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig];
  return startMain({ HOME: folder, ...more }, [...args, ...options]);
};

/** Runs it to its end. */
export const run = (kubeconfig: string | undefined, ...args: readonly string[]): Promise<Ended> =>
  start(kubeconfig, ...args).ended;
