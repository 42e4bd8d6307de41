import { readFile } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import type { RequestOptions } from 'node:https';
import { request as httpsRequest } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { apiVersionOf, kinds } from '../domain/kinds';
import type { KindId } from '../domain/kinds';

/** An answer that is no success, in the shape that failure.ts reads. */
export class StatusError extends Error {
  constructor(
    readonly code: number,
    readonly json: { readonly reason?: string; readonly message?: string },
    /** Milliseconds after which the server wants to be asked again; `undefined` when it did not say. */
    readonly retryAfter?: number,
  ) {
    super(json.message ?? `status ${String(code)}`);
  }
}

/** A request to the API server. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** JSON when left out. */
  readonly accept?: string;
  /** For how many milliseconds no byte may come before the request is broken off; 30,000 when left out. */
  readonly silence?: number;
  /** Breaks the request off. */
  readonly signal?: AbortSignal;
}

/** Items of a page of a list; an API server may answer with fewer. */
const pageSize = '500';
const patience = 30_000;

/** Asks for an object, or for a list of them, with nothing but their metadata. */
export const metadataOf = (what: '' | 'List'): string =>
  `application/json;as=PartialObjectMetadata${what};v=v1;g=meta.k8s.io`;

/** Where a kind, or with a name an object of it, is at the API server. */
export const pathOf = (kind: KindId, namespace?: string, name?: string): string => {
  const { group, plural, namespaced } = kinds[kind];
  const version = apiVersionOf(kinds[kind]);
  return [
    group ? '/apis' : '/api',
    version,
    ...(namespaced && namespace !== undefined ? ['namespaces', encodeURIComponent(namespace)] : []),
    plural,
    ...(name === undefined ? [] : [encodeURIComponent(name)]),
  ].join('/');
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { message: text.trim() };
  }
};

/** The whole body of an answer, read from JSON; what is none becomes the message of an object. */
export const contentOf = async (incoming: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return parsed(Buffer.concat(chunks).toString());
};

/** In seconds, as API servers write it; RFC 9110 also knows a date, which depends on two clocks. */
const retryAfterOf = ({ headers }: IncomingMessage): number | undefined =>
  /^\d+$/.test(headers['retry-after'] ?? '') ? Number(headers['retry-after']) * 1000 : undefined;

/** The address of a path at the API server. */
export const addressOf = (config: KubeConfig, path: string): URL =>
  new URL((config.getCurrentCluster()?.server ?? '').replace(/\/$/, '') + path);

/** With credentials, anew each time: tokens of pods and of exec plugins expire. client-node would keep a pod's for a minute by the wall clock, which may jump. */
export const credentialsFor = async (config: KubeConfig, options: RequestOptions): Promise<RequestOptions> => {
  await config.applyToHTTPSOptions(options);
  const provider = config.getCurrentUser()?.authProvider as { config?: { tokenFile?: string } } | undefined;
  const tokenFile = provider?.config?.tokenFile;
  if (tokenFile === undefined) return options;
  const Authorization = `Bearer ${(await readFile(tokenFile, 'utf8')).trim()}`;
  return { ...options, headers: { ...(options.headers as OutgoingHttpHeaders), Authorization } };
};

/** Sends a request; answers when the head of a successful answer is there, with its body to be read. Throws what failure.ts understands. */
export const openAnswer = async (config: KubeConfig, ask: Ask): Promise<IncomingMessage> => {
  const { method, path, query = {}, body, accept = 'application/json', silence = patience, signal } = ask;
  const url = addressOf(config, path);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  const options = await credentialsFor(config, {
    method,
    timeout: silence,
    headers: { Accept: accept },
    ...(signal && { signal }),
  });
  const type = method === 'PATCH' ? 'application/json-patch+json' : 'application/json';
  const incoming = await exchange(url, options, body === undefined ? undefined : { type, text: JSON.stringify(body) });
  const { statusCode = 0 } = incoming;
  if (statusCode >= 200 && statusCode < 300) return incoming;
  throw new StatusError(statusCode, (await contentOf(incoming)) as StatusError['json'], retryAfterOf(incoming));
};

/** Sends a request anywhere; answers when the head of its answer is there, a success or not. No byte in `options.timeout`: it is broken off. */
export const exchange = async (
  url: URL,
  options: RequestOptions,
  content?: { readonly type: string; readonly text: string },
): Promise<IncomingMessage> => {
  const body = content && Buffer.from(content.text);
  const headers = {
    ...(options.headers as OutgoingHttpHeaders),
    ...(body && { 'Content-Type': content.type, 'Content-Length': body.length }),
  };
  const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(url, { ...options, headers }, (answer) => {
      outgoing.off('timeout', giveUp).on('timeout', () => answer.destroy(silent()));
      resolve(answer);
    });
    const giveUp = () => outgoing.destroy(silent());
    outgoing.on('timeout', giveUp);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
};

const silent = (): Error => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });

/** One request and its answer, read from JSON. Throws what failure.ts understands. */
export const send = async (config: KubeConfig, ask: Ask): Promise<unknown> => contentOf(await openAnswer(config, ask));

/** A page of a list. `resourceVersion` is that of the whole list: the same on every page. */
export interface Page<T> {
  readonly metadata: { readonly continue?: string; readonly resourceVersion: string };
  readonly items: readonly T[];
}

/** A list, page by page. Throws what failure.ts understands, 410 among it when the list took longer than the server keeps its version. */
export async function* pagesOf<T>(config: KubeConfig, ask: Omit<Ask, 'method'>): AsyncGenerator<Page<T>> {
  for (let next: string | undefined = ''; next !== undefined;) {
    const query: Ask['query'] = { ...ask.query, limit: pageSize, ...(next !== '' && { continue: next }) };
    const page = (await send(config, { ...ask, method: 'GET', query })) as Partial<AnsweredPage<T>>;
    if (!isPage(page)) throw new Error('this is no list');
    yield { ...page, items: page.items ?? [] };
    next = page.metadata.continue === '' ? undefined : page.metadata.continue;
  }
}

/** A page as it comes: of a list of metadata in which there is nothing, a real API server says that its items are `null`. */
type AnsweredPage<T> = Omit<Page<T>, 'items'> & { readonly items: readonly T[] | null };

/** A proxy in between may answer with something else, and no list that was not seen may pass for an empty one. */
const isPage = <T>(page: Partial<AnsweredPage<T>>): page is AnsweredPage<T> =>
  (Array.isArray(page.items) || page.items === null) && page.metadata?.resourceVersion !== undefined;
