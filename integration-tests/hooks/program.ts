import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

const program = join(__dirname, '../../dist-tools/main.mjs');
const folder = mkdtempSync(join(tmpdir(), 'hooks-files-'));
let files = 0;
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Writes content into a file of its own. */
export const fileWith = (content: unknown): string => {
  const path = join(folder, `${String((files += 1))}.yaml`);
  writeFileSync(path, typeof content === 'string' ? content : stringify(content));
  return path;
};

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly ended: Promise<Ended>;
  /** Resolves, with the line, when one with this text was printed. */
  readonly says: (text: string) => Promise<string>;
  /** The last lines it printed, for a test that failed. */
  readonly lastWords: () => string;
  readonly stop: (signal: NodeJS.Signals) => void;
}

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
  const env = { PATH: process.env.PATH, HOME: folder, ...more };
  const child = spawn(process.execPath, [program, ...args, ...options], { env });
  const [out, err] = [[] as string[], [] as string[]];
  const listeners = new Set<() => void>();
  child.stdout.on('data', (data: Buffer) => {
    out.push(data.toString());
    listeners.forEach((listener) => {
      listener();
    });
  });
  child.stderr.on('data', (data: Buffer) => err.push(data.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out: out.join(''), err: err.join('') });
    });
  });
  return {
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = out
            .join('')
            .split('\n')
            .slice(0, -1)
            .find((each) => each.includes(text));
          if (line === undefined) return;
          listeners.delete(look);
          resolve(line);
        };
        listeners.add(look);
        look();
        void ended.then((all) => {
          reject(new Error(`ended without saying "${text}": ${JSON.stringify(all)}`));
        });
      }),
    lastWords: () => out.join('').split('\n').slice(-12).join('\n'),
    stop: (signal) => child.kill(signal),
  };
};

/** Runs it to its end. */
export const run = (kubeconfig: string | undefined, ...args: readonly string[]): Promise<Ended> =>
  start(kubeconfig, ...args).ended;
