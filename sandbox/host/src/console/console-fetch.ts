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
  const impersonate = getImpersonate(storeHandler.getStore().getState() as SDKStoreState) as ImpersonateKind | undefined;
  if (impersonate) {
    headers['Impersonate-User'] = impersonate.name;
    const [group, ...more] = impersonate.groups ?? [];
    if (group !== undefined) headers[more.length > 0 ? 'X-Console-Impersonate-Groups' : 'Impersonate-Group'] = [group, ...more].join(',');
  }
  return headers;
};

let leaving = false;

/** Leads to the sign-in page, once: the console's own logout ignores all but the first of several answers 401. */
const leave = () => {
  if (leaving) return;
  leaving = true;
  window.location.assign(`/auth/login?then=${encodeURIComponent(window.location.pathname + window.location.search)}`);
};

const refuse = async (response: Response): Promise<never> => {
  if (response.status === 401 && new URL(response.url).pathname.startsWith('/api/kubernetes/')) leave();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const json = isJson ? ((await response.json()) as { message?: string }) : undefined;
  throw new HttpError(json?.message ?? response.statusText, response.status, response, json);
};

const withTimeout = <T,>(url: string, answer: Promise<T>, milliseconds: number | null): Promise<T> =>
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

export const coFetch = async (url: string, options?: RequestInit | null, timeout: number | null = 60_000): Promise<Response> => {
  const send = () => fetch(url, { ...options, headers: headersOf(options), credentials: 'same-origin' });
  let response = await withTimeout(url, send(), timeout);
  for (let attempt = 1; response.status === 429 && attempt < 3; attempt += 1) response = await withTimeout(url, send(), timeout);
  return response.ok || response.status === 304 ? response : refuse(response);
};

/** As the console does: what is not exactly `text/plain` is taken for JSON, text of another charset included. */
const parsed = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  if (response.headers.get('content-type') === 'text/plain') return text;
  return text === '' ? {} : (JSON.parse(text) as unknown);
};

export const coFetchText = async (url: string, options?: RequestInit | null, timeout?: number | null): Promise<unknown> =>
  parsed(await coFetch(url, options, timeout));

const request = (url: string, options: RequestInit, timeout?: number | null): Promise<unknown> => {
  const headers = { Accept: 'application/json', ...(options.headers as Record<string, string> | undefined) };
  return coFetchText(url, { ...options, headers }, timeout);
};

const sending = (method: string, contentType: string) => (url: string, json: unknown, options?: RequestInit | null, timeout?: number | null) =>
  request(url, { ...options, method, body: JSON.stringify(json), headers: { 'Content-Type': contentType, ...(options?.headers as Record<string, string> | undefined) } }, timeout);

export const coFetchJSON = Object.assign(
  (url: string, method = 'GET', options?: RequestInit | null, timeout?: number | null) => request(url, { ...options, method }, timeout),
  {
    post: sending('POST', 'application/json'),
    put: sending('PUT', 'application/json'),
    patch: sending('PATCH', 'application/json-patch+json'),
    delete: (url: string, json?: unknown, options?: RequestInit | null, timeout?: number | null) =>
      json ? sending('DELETE', 'application/json')(url, json, options, timeout) : request(url, { ...options, method: 'DELETE' }, timeout),
  },
);
