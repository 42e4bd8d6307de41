import { err } from '../domain/result';
import type { Result } from '../domain/result';
import type { InspectionFailure, VddkArchive } from '../domain/vddk/archive';
import type { InspectionOptions } from './services';

type Verdict = Result<VddkArchive, InspectionFailure>;

/** What the worker says: a few times how far it has read, at last the verdict. */
export type InspectionMessage = { readonly bytesRead: number } | { readonly verdict: Verdict };

/** Looks through an archive in a worker of its own, or on the main thread where no worker can be had. */
export const inspectArchive = async (file: File, how: InspectionOptions): Promise<Verdict> => {
  if (how.signal?.aborted) return err({ code: 'Cancelled' });
  const worker = startWorker();
  const verdict = worker && (await ask(worker, file, how));
  if (verdict) return verdict;
  const { readArchive } = await import('./read-archive');
  return readArchive(file, how);
};

/** Its own file on the plugin's path: the console's content security policy allows no other (docs/facts/sdk-ux.md §4). */
const startWorker = (): Worker | undefined => {
  try {
    return new Worker(new URL('./archive-worker.ts', import.meta.url), { name: 'archive-worker' });
  } catch {
    return undefined;
  }
};

/** The worker's verdict; `undefined` when it could not be loaded or broke. */
const ask = (worker: Worker, file: File, { onProgress, signal }: InspectionOptions): Promise<Verdict | undefined> =>
  new Promise<Verdict | undefined>((resolve) => {
    signal?.addEventListener(
      'abort',
      () => {
        resolve(err({ code: 'Cancelled' }));
      },
      { once: true },
    );
    worker.addEventListener('error', () => {
      resolve(undefined);
    });
    worker.addEventListener('message', ({ data }: MessageEvent<InspectionMessage>) => {
      if ('verdict' in data) resolve(data.verdict);
      else onProgress?.(data.bytesRead);
    });
    worker.postMessage(file);
  }).finally(() => {
    worker.terminate();
  });
