import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { err, ok } from '../domain/result';
import { run } from './run';

const line = (stream: NodeJS.WriteStream) => (content: string) => {
  stream.write(`${content}\n`);
};

const complain = line(process.stderr);

const signals = [
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const;

// Every write is whole at the API server, so it is safe to stop between any two: the next run continues.
for (const [signal, code] of signals) {
  process.once(signal, () => {
    complain(`Stopped by ${signal}. Run this again to continue.`);
    process.exit(code);
  });
}

/** Why a file cannot be read or written. */
const codeOf = (thrown: unknown): string => (thrown as NodeJS.ErrnoException).code ?? 'it is not a file.';

process.exitCode = await run(process.argv.slice(2), {
  read: async (path) => {
    try {
      return ok(path === '-' ? await text(process.stdin) : await readFile(path, 'utf8'));
    } catch (thrown) {
      return err(codeOf(thrown));
    }
  },
  write: async (path, content) => {
    try {
      await mkdir(dirname(path), { recursive: true });
      // Never over a file that is there.
      await writeFile(path, content, { flag: 'wx' });
      return ok(undefined);
    } catch (thrown) {
      return err(codeOf(thrown));
    }
  },
  now: () => performance.now(),
  untilStopped: () =>
    new Promise((resolve) => {
      for (const [signal] of signals) {
        process.removeAllListeners(signal).once(signal, () => {
          resolve();
        });
      }
    }),
  leaveWord: async (words) => {
    try {
      // Of a pod; never created where there is none.
      await writeFile('/dev/termination-log', words, { flag: 'r+' });
    } catch {
      // Nobody asks for it.
    }
  },
  say: line(process.stdout),
  complain,
});
