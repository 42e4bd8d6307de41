import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import type { KindId } from '../domain/kinds';
import { linesIn, nodeSource } from './node-watch';
import type { Watched } from './node-watch';

const folder = mkdtempSync(join(tmpdir(), 'node-watch-'));
const tokenFile = join(folder, 'token');
const asked: IncomingMessage[] = [];
let answer: (response: ServerResponse, request: IncomingMessage) => void = () => {};
const server = createServer((request, response) => {
  asked.push(request);
  answer(response, request);
});
const config = new KubeConfig();

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  writeFileSync(tokenFile, 'first\n');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  config.loadFromOptions({
    clusters: [{ name: 'c', server: url, skipTLSVerify: true }],
    users: [{ name: 'u', authProvider: { name: 'tokenFile', config: { tokenFile } } }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  });
});
beforeEach(() => (asked.length = 0));
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const signal = new AbortController().signal;
const source = (watched: Watched<KindId> = { kind: 'plans' }, silence = 5000) =>
  nodeSource(config, watched, { lifetime: () => 300_400, silence });
const gather = async <T>(steps: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const step of steps) all.push(step);
  return all;
};
const json = (response: ServerResponse, body: unknown, code = 200, headers = {}): void => {
  response.writeHead(code, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const object = (name: string, resourceVersion: string) => ({ metadata: { name, resourceVersion } });
const line = (type: string, content: unknown) => `${JSON.stringify({ type, object: content })}\n`;
const failed = (code: string, more = {}) => ({
  ok: false,
  error: expect.objectContaining({ code, ...more }) as unknown,
});

test('a list comes page by page, with the version of the whole', async () => {
  answer = (response, { url = '' }) => {
    const isSecond = url.includes('continue=more');
    const items = [isSecond ? object('b', '2') : object('a', '1')];
    json(response, { metadata: { resourceVersion: '9', continue: isSecond ? '' : 'more' }, items });
  };
  const pages = await gather(source({ kind: 'plans', namespace: 'shop' }).list(signal));
  expect(pages).toMatchObject([
    { ok: true, value: { metadata: { resourceVersion: '9' }, items: [object('a', '1')] } },
    { ok: true, value: { metadata: { resourceVersion: '9' }, items: [object('b', '2')] } },
  ]);
  expect(asked[0]?.url).toBe('/apis/forklift.konveyor.io/v1beta1/namespaces/shop/plans?limit=500');
});

test('a watch says from where, for how long, and that it wants bookmarks', async () => {
  answer = (response) => response.end();
  expect(await gather(source().watch('7', signal))).toEqual([]);
  expect(asked[0]?.url).toBe(
    '/apis/forklift.konveyor.io/v1beta1/plans?watch=true&allowWatchBookmarks=true&resourceVersion=7&timeoutSeconds=300',
  );
});

test('metadata alone are asked for in the way of a list and of a watch', async () => {
  answer = (response, { url = '' }) => {
    if (url.includes('watch=true')) response.end();
    else json(response, { metadata: { resourceVersion: '1' }, items: [] });
  };
  const namespaces = source({ kind: 'namespaces', metadataOnly: true });
  await gather(namespaces.list(signal));
  await gather(namespaces.watch('1', signal));
  expect(asked.map(({ headers }) => headers.accept)).toEqual([
    'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
    'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
  ]);
});

test('the token is read anew for each request', async () => {
  answer = (response) => response.end();
  await gather(source().watch('1', signal));
  writeFileSync(tokenFile, 'second\n');
  await gather(source().watch('1', signal));
  expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer second']);
});

const status = (code: number, reason: string) => ({ kind: 'Status', code, reason, message: reason });
const added = { ok: true, value: { type: 'ADDED', object: object('a', '1') } };

test.each<{ case: string; does: (response: ServerResponse) => void; comes: readonly unknown[]; silence?: number }>([
  {
    case: 'events, however they are cut into chunks',
    does: (response) => {
      const text = Buffer.from(line('ADDED', object('a', '1')) + line('BOOKMARK', object('ü', '2')));
      [...text].forEach((byte) => response.write(Buffer.of(byte)));
      response.end();
    },
    comes: [added, { ok: true, value: { type: 'BOOKMARK', object: object('ü', '2') } }],
  },
  {
    case: 'a stream that is reset in the middle of an event',
    does: (response) => {
      response.write(`${line('ADDED', object('a', '1'))}{"type":"DELE`, () => response.destroy());
    },
    comes: [added, failed('Unreachable')],
  },
  {
    case: 'a stream that falls silent',
    does: (response) => response.write(line('ADDED', object('a', '1'))),
    comes: [added, failed('Unreachable', { message: 'ETIMEDOUT' })],
    silence: 100,
  },
  {
    case: 'a server that never answers',
    does: () => {},
    comes: [failed('Unreachable', { message: 'ETIMEDOUT' })],
    silence: 100,
  },
  {
    case: '410 in a stream that has begun',
    does: (response) => response.end(line('ADDED', object('a', '1')) + line('ERROR', status(410, 'Expired'))),
    comes: [added, failed('Gone', { kind: 'plans', verb: 'watch' })],
  },
  {
    case: '410 as the answer',
    does: (response) => {
      json(response, status(410, 'Expired'), 410);
    },
    comes: [failed('Gone')],
  },
  {
    case: 'another failure in a stream',
    does: (response) => response.end(line('ERROR', status(500, 'InternalError'))),
    comes: [failed('ServerError')],
  },
  {
    case: 'too many requests, with the time to wait',
    does: (response) => {
      json(response, status(429, 'TooManyRequests'), 429, { 'Retry-After': '3' });
    },
    comes: [failed('TooManyRequests', { retryAfter: 3000 })],
  },
  {
    case: 'a date instead of a time to wait',
    does: (response) => {
      json(response, status(429, 'TooManyRequests'), 429, { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' });
    },
    comes: [
      { ok: false, error: { code: 'TooManyRequests', message: 'TooManyRequests', kind: 'plans', verb: 'watch' } },
    ],
  },
  {
    case: 'a kind that the cluster does not know',
    does: (response) => response.writeHead(404).end('404 page not found\n'),
    comes: [failed('KindAbsent')],
  },
  {
    case: 'what is not JSON',
    does: (response) => response.end('<html>\n'),
    comes: [failed('Unreachable')],
  },
])('of a watch: $case', async ({ does, comes, silence }) => {
  answer = does;
  expect(await gather(source({ kind: 'plans' }, silence).watch('1', signal))).toEqual(comes);
});

test('a list of metadata in which there is nothing comes with `null`', async () => {
  answer = (response) => {
    json(response, { kind: 'PartialObjectMetadataList', metadata: { resourceVersion: '7' }, items: null });
  };
  expect(await gather(source().list(signal))).toMatchObject([
    { ok: true, value: { metadata: { resourceVersion: '7' }, items: [] } },
  ]);
});

test.each([
  ['an object without items', { metadata: { resourceVersion: '1' } }],
  ['a list without a version', { metadata: {}, items: [] }],
  ['a text', 'hello'],
])('no list may pass for an empty one: %s', async (_, body) => {
  answer = (response) => {
    json(response, body);
  };
  expect(await gather(source().list(signal))).toEqual([failed('Unreachable')]);
});

test('a signal breaks a watch off', async () => {
  const stop = new AbortController();
  answer = (response) => response.write(line('ADDED', object('a', '1')));
  const seen: unknown[] = [];
  for await (const event of source().watch('1', stop.signal)) {
    seen.push(event);
    stop.abort();
  }
  expect(seen[0]).toEqual(added);
  expect(seen.slice(1)).toEqual([failed(expect.any(String) as string)]);
});

test('whoever stops reading closes the connection', async () => {
  const closed = new Promise<void>((resolve) => {
    answer = (response) => {
      response.on('close', resolve).write(line('ADDED', object('a', '1')));
    };
  });
  for await (const event of source().watch('1', signal)) {
    expect(event).toEqual(added);
    break;
  }
  await closed;
});

test('a last line without an end was cut, and is none', async () => {
  async function* chunks() {
    await Promise.resolve();
    yield Buffer.from('a\nb');
    yield Buffer.from('c\n\nd');
  }
  expect(await gather(linesIn(chunks()))).toEqual(['a', 'bc', '']);
});
