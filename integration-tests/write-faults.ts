import type { Page } from '@playwright/test';
import type { Fault } from './test';

/** A write, as the browser sends it: an HTTP method, and a regular expression over path and query. */
export interface Write {
  readonly method: string;
  readonly path: string;
}

/** What can become of a write, in the words of a test's name. */
export const writeFaults: Record<string, Pick<Fault, 'action' | 'status'>> = {
  'the answer is lost': { action: 'drop-after' },
  'it is forbidden (403)': { action: 'status', status: 403 },
  'it conflicts (409)': { action: 'status', status: 409 },
  'there are too many requests (429)': { action: 'status', status: 429 },
  'the server fails (500)': { action: 'status', status: 500 },
};

/** How often a write of the console's has to be broken for it to fail once: the console itself asks three times on 429. */
export const countOf = ({ status }: Pick<Fault, 'status'>): number => (status === 429 ? 3 : 1);

/** Resolves when the page has sent this write. */
export const sentBy = (page: Page, { method, path }: Write, timeout?: number) =>
  page.waitForRequest(
    (request) => {
      const { pathname, search } = new URL(request.url());
      return request.method() === method && new RegExp(path).test(pathname + search);
    },
    { ...(timeout !== undefined && { timeout }) },
  );
