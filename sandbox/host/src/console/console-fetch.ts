import { HttpError, TimeoutError } from '@openshift-console/dynamic-plugin-sdk/lib/utils/error/http-error';
import { getImpersonate } from '@openshift-console/dynamic-plugin-sdk/lib/app/core/reducers/coreSelectors';
import type { ImpersonateKind, SDKStoreState } from '@openshift-console/dynamic-plugin-sdk/lib/app/redux-types';
import storeHandler from '@openshift-console/dynamic-plugin-sdk/lib/app/storeHandler';

// The console's own fetch, as docs/facts/console-host.md ("consoleFetch") tells: CSRF token, impersonation, a timeout that does not
// abort, three attempts on 429, and errors that carry the answer.

const cookie = (name: string) => new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1] ?? '';

const headersOf = (options: RequestInit | null | undefined): Record<string, string> => {
  const headers: Record<string, string> = { ...(options?.headers as Record<string, string> | undefined) };
  if (!['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes((options?.method ?? 'GET').toUpperCase())) {
    headers['X-CSRFToken'] = cookie('csrf-token');
  }
  const impersonate = getImpersonate(storeHandler.getStore().getState() as SDKStoreState) as
    ImpersonateKind | undefined;
  if (impersonate) {
    headers['Impersonate-User'] = impersonate.name;
    const groups = impersonate.groups ?? [];
    // One header for all of them, which the bridge takes apart.
    if (groups.length > 0) headers['X-Console-Impersonate-Groups'] = groups.join(',');
  }
  return headers;
};

const refuse = async (response: Response): Promise<never> => {
  if (response.status === 401 && new URL(response.url).pathname.startsWith('/api/kubernetes/')) {
    logOut(window.location.pathname + window.location.search);
  }
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const json = isJson ? ((await response.json()) as { message?: string }) : undefined;
  throw new HttpError(json?.message ?? response.statusText, response.status, response, json);
};

const withTimeout = <T>(url: string, answer: Promise<T>, milliseconds: number | null): Promise<T> =>
  milliseconds === null || milliseconds <= 0
    ? answer
    : Promise.race([
        answer,
        new Promise<never>((_, reject) => {
          setTimeout(() => {
            reject(new TimeoutError(url, milliseconds));
          }, milliseconds);
        }),
      ]);

const fetchOrWarn = async (url: string, options?: RequestInit | null): Promise<Response> => {
  const send = () => fetch(url, { ...options, headers: headersOf(options), credentials: 'same-origin' });
  try {
    let response = await send();
    for (let attempt = 1; response.status === 429 && attempt < 3; attempt += 1) response = await send();
    return response.ok || response.status === 304 ? response : await refuse(response);
  } catch (error) {
    console.warn(`consoleFetch failed for url ${url}`, error);
    throw error;
  }
};

export const coFetch = (
  url: string,
  options?: RequestInit | null,
  timeout: number | null = 60_000,
): Promise<Response> => withTimeout(url, fetchOrWarn(url, options), timeout);

let isLeaving = false;

/**
 * Ends the session and leads to the sign-in page, once: of several answers 401 all but the first are ignored. What is to be opened
 * afterwards is not in the address: the browser keeps it (openshift/console, release-4.22, public/module/auth.ts).
 */
export const logOut = (next?: string) => {
  if (isLeaving) return;
  isLeaving = true;
  if (next !== undefined) localStorage.setItem('next', next);
  fetch('/api/console/logout', {
    method: 'POST',
    headers: { 'X-CSRFToken': cookie('csrf-token') },
    credentials: 'same-origin',
  })
    .catch((error: unknown) => {
      console.error('Error logging out', error);
    })
    .finally(() => {
      window.location.assign('/auth/login');
    });
};

/** As the console does: what is not exactly `text/plain` is taken for JSON, text of another charset included. */
const parsed = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  if (response.headers.get('content-type') === 'text/plain') return text;
  return text === '' ? {} : (JSON.parse(text) as unknown);
};

export const coFetchText = async (
  url: string,
  options?: RequestInit | null,
  timeout?: number | null,
): Promise<unknown> => parsed(await coFetch(url, options, timeout));

const request = (url: string, options: RequestInit, timeout?: number | null): Promise<unknown> => {
  const headers = { Accept: 'application/json', ...(options.headers as Record<string, string> | undefined) };
  return coFetchText(url, { ...options, headers }, timeout);
};

const sending =
  (method: string, contentType: string) =>
  (url: string, json: unknown, options?: RequestInit | null, timeout?: number | null) =>
    request(
      url,
      {
        ...options,
        method,
        body: JSON.stringify(json),
        headers: { 'Content-Type': contentType, ...(options?.headers as Record<string, string> | undefined) },
      },
      timeout,
    );

export const coFetchJSON = Object.assign(
  (url: string, method = 'GET', options?: RequestInit | null, timeout?: number | null) =>
    request(url, { ...options, method }, timeout),
  {
    post: sending('POST', 'application/json'),
    put: sending('PUT', 'application/json'),
    patch: sending('PATCH', 'application/json-patch+json'),
    delete: (url: string, json?: unknown, options?: RequestInit | null, timeout?: number | null) =>
      json
        ? sending('DELETE', 'application/json')(url, json, options, timeout)
        : request(url, { ...options, method: 'DELETE' }, timeout),
  },
);
