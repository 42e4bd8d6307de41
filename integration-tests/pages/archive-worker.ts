import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the console serves the plugin's worker that inspects archives; its name has the build's hash. */
export const workerPath = (): string => {
  const { loads } = JSON.parse(readFileSync(join(import.meta.dirname, '../../.build/loads.json'), 'utf8')) as {
    loads: Record<string, string[]>;
  };
  // What it shares with the page it loads by itself; webpack names its own file last.
  const file = loads['archive-worker']?.at(-1);
  if (file === undefined) throw new Error('The build has no archive-worker: run make build.');
  return `/api/plugins/migration-prep/${file}`;
};

export interface Inspection {
  readonly verdict: { readonly ok: boolean; readonly value?: unknown; readonly error?: { readonly code: string } };
  readonly milliseconds: number;
  /** How far it read, as it told. */
  readonly progress: readonly number[];
}

/** Gives a file of this machine to a worker on the page, as a user's choice in a file input would. */
export const giveToWorker = async (page: Page, worker: string, file: string): Promise<Inspection> => {
  const input = await page.evaluateHandle(() => Object.assign(document.createElement('input'), { type: 'file' }));
  await input.setInputFiles(file);
  return page.evaluate(
    ([chosen, url]) =>
      new Promise<Inspection>((resolve, reject) => {
        const began = performance.now();
        const progress: number[] = [];
        const running = new Worker(url);
        running.addEventListener('error', () => {
          reject(new Error('The worker could not be loaded.'));
        });
        running.addEventListener(
          'message',
          ({ data }: MessageEvent<{ bytesRead: number } | Pick<Inspection, 'verdict'>>) => {
            if ('bytesRead' in data) {
              progress.push(data.bytesRead);
              return;
            }
            running.terminate();
            resolve({ verdict: data.verdict, milliseconds: performance.now() - began, progress });
          },
        );
        running.postMessage(chosen.files?.[0]);
      }),
    [input, worker] as const,
  );
};
