import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterFailure } from '../domain/failure';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { KubeObject } from '../domain/objects';
import type { Result } from '../domain/result';
import { attemptEach } from './attempt';
import { StatusError, metadataOf, openAnswer, pagesOf, pathOf } from './node-request';
import type { Page } from './node-request';

/** A change of an object. A `BOOKMARK` has nothing but the version that a watch may go on from. */
export interface WatchEvent<T extends KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: T;
}

/** Where objects of a kind come from: their list, and what changes after it. A failure is the last that comes of either. */
export interface Source<T extends KubeObject> {
  readonly kind: KindId;
  /** Page by page. A consistent read: never older than what anybody has seen before. */
  readonly list: (signal: AbortSignal) => AsyncIterable<Result<Page<T>, ClusterFailure>>;
  /**
   * What changed after this version, as long as the server lets it last: minutes. `Gone`: the server no longer has that version.
   * `Unreachable` with the message `ETIMEDOUT`: not even a bookmark came for longer than is usual.
   */
  readonly watch: (version: string, signal: AbortSignal) => AsyncIterable<Result<WatchEvent<T>, ClusterFailure>>;
}

/** How long a watch lasts and may be silent, in milliseconds. */
export interface WatchBounds {
  /** The server ends the watch after this time, so that after its restart not all come back at once and stay together. */
  readonly lifetime: () => number;
  /** A server sends a bookmark about once a minute. A connection that is silent for longer may be dead without either end knowing. */
  readonly silence: number;
}

/** The bounds unless a test has others. */
export const usualBounds: WatchBounds = { lifetime: () => 300_000 * (1 + Math.random()), silence: 150_000 };

/** Objects of a kind: of the whole cluster unless a namespace is named, and whole unless their metadata suffice. */
export interface Watched<K extends KindId> {
  readonly kind: K;
  readonly namespace?: string;
  readonly metadataOnly?: boolean;
}

/** A kind of objects at an API server, for a reflector. */
export const nodeSource = <K extends KindId>(
  config: KubeConfig,
  { kind, namespace, metadataOnly = false }: Watched<K>,
  { lifetime, silence }: WatchBounds = usualBounds,
): Source<ObjectOf[K]> => {
  const path = pathOf(kind, namespace);
  const about = { kind, ...(namespace !== undefined && { namespace }) };
  const accept = (what: '' | 'List') => (metadataOnly ? { accept: metadataOf(what) } : {});
  return {
    kind,
    list: (signal) => attemptEach({ ...about, verb: 'list' }, pagesOf(config, { path, signal, ...accept('List') })),
    watch: (version, signal) => {
      const query = {
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: version,
        timeoutSeconds: String(Math.round(lifetime() / 1000)),
      };
      const opened = () => openAnswer(config, { method: 'GET', path, query, silence, signal, ...accept('') });
      return attemptEach({ ...about, verb: 'watch' }, eventsIn(opened));
    },
  };
};

/** The events of a stream of JSON, a line each. What the server says instead of an event is thrown, as its status code would be. */
async function* eventsIn<T extends KubeObject>(
  opened: () => Promise<AsyncIterable<unknown>>,
): AsyncGenerator<WatchEvent<T>, void> {
  for await (const line of linesIn((await opened()) as AsyncIterable<Buffer>)) {
    const event = JSON.parse(line) as WatchEvent<T> | { readonly type: 'ERROR'; readonly object: ServerError };
    if (event.type === 'ERROR') throw new StatusError(event.object.code ?? 500, event.object);
    yield event;
  }
}

/** meta/v1 Status, as it comes in a stream that has begun. */
interface ServerError {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
}

/** The lines of a stream; a last line without an end is one that was cut, and is left out. */
export async function* linesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void> {
  let begun: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, end)]).toString();
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
}
