import { spawn } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../dist-tools/main.mjs');

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

/** Starts the built program in this environment, to which the path of programs is added. */
export const startMain = (environment: Readonly<Record<string, string>>, args: readonly string[]): Started => {
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env.PATH, ...environment } });
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
