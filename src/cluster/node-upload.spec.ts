import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { noise } from '../../integration-tests/vddk-archives';
import { err, ok } from '../domain/result';
import type { ArchivePieces } from '../domain/vddk/archive-url-failure';
import { uploadPieces } from './node-upload';

const piece = noise(100_000);
const archive = { version: '8.0.3', library: 'x', files: 1, unpackedBytes: 1, warnings: [] };
const good = ok(archive);
const bad = err({ code: 'WrongSum', wanted: 'a', found: 'b' } as const);

interface Taken {
  bytes: number;
  /** Whether the body had its end; `undefined`: it is not over yet. */
  isWhole: boolean | undefined;
  url: string;
  authorization: string;
}

/** An API server that takes a body, and answers as it is told. */
const serving = async (status: number, body: object | string) => {
  const taken: Taken = { bytes: 0, isWhole: undefined, url: '', authorization: '' };
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const server = createServer((request, response) => {
    taken.url = request.url ?? '';
    taken.authorization = request.headers.authorization ?? '';
    request.on('data', (bytes: Buffer) => (taken.bytes += bytes.length));
    request.on('error', () => {});
    request.on('close', () => {
      taken.isWhole ??= request.complete;
      end();
    });
    request.on('end', () => {
      taken.isWhole = true;
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const config = new KubeConfig();
  const { port } = server.address() as AddressInfo;
  config.loadFromClusterAndUser(
    { name: 'test', server: `http://127.0.0.1:${String(port)}`, skipTLSVerify: true },
    { name: 'test', token: 't0k' },
  );
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { taken, config, over, close, server };
};

async function* piecesOf(count: number, verdict: typeof good | typeof bad): ArchivePieces {
  for (let at = 0; at < count; at += 1) {
    await new Promise(setImmediate);
    yield piece;
  }
  return verdict;
}

const upload = { project: 'images', config: 'vddk', upload: 'u-1', signal: new AbortController().signal };
const build = { metadata: { name: 'vddk-1', namespace: 'images' }, status: { phase: 'Running' } };

test('sends all pieces, and answers with the build', async () => {
  const { config, taken, close } = await serving(201, build);
  expect(await uploadPieces(config, { ...upload, pieces: piecesOf(30, good) })).toEqual(ok(build));
  close();
  expect(taken).toEqual({
    bytes: 3_000_000,
    isWhole: true,
    url: '/apis/build.openshift.io/v1/namespaces/images/buildconfigs/vddk/instantiatebinary?revision.commit=u-1',
    authorization: 'Bearer t0k',
  });
});

test('breaks off where the verdict is bad: the body never has an end', async () => {
  const { config, taken, over, close } = await serving(201, build);
  const sent = await uploadPieces(config, { ...upload, pieces: piecesOf(30, bad) });
  await over;
  close();
  expect(sent).toMatchObject({ ok: false, error: { code: 'Refused', failure: { code: 'Unreachable' } } });
  expect(taken.isWhole).toBe(false);
});

test('breaks off when it is told to', async () => {
  const control = new AbortController();
  const { config, taken, over, close } = await serving(201, build);
  async function* endless(): ArchivePieces {
    for (;;) {
      await new Promise(setImmediate);
      yield piece;
      if (taken.bytes > 1_000_000) control.abort();
    }
  }
  const sent = await uploadPieces(config, { ...upload, signal: control.signal, pieces: endless() });
  await over;
  close();
  expect(sent).toMatchObject({ ok: false, error: { code: 'Refused', failure: { code: 'Cancelled' } } });
  expect(taken.isWhole).toBe(false);
});

test.each([
  [400, { message: 'build vddk-1 failed: X: y' }, { code: 'BuildEnded', message: 'build vddk-1 failed: X: y' }],
  [
    400,
    { message: 'unable to wait for build vddk-1 to run: timed out waiting for the condition' },
    { code: 'TimedOut' },
  ],
  [413, 'too large', { code: 'TooLarge' }],
  [404, { reason: 'NotFound', message: 'not found' }, { code: 'ConfigGone' }],
  [403, { message: 'no' }, { code: 'Refused', failure: { code: 'Forbidden' } }],
  [200, 'no JSON', { code: 'Refused' }],
])('%i %j', async (status, body, failure) => {
  const { config, close } = await serving(status, body);
  const sent = await uploadPieces(config, { ...upload, pieces: piecesOf(3, good) });
  close();
  expect(sent).toMatchObject({ ok: false, error: failure });
});

test('a refusal that comes at once is read, and nothing is sent', async () => {
  const { config, close, server } = await serving(201, build);
  server.on('checkContinue', (_, response: ServerResponse) => {
    response.writeHead(400).end(JSON.stringify({ message: 'build vddk-1 was cancelled: No logs are available.' }));
  });
  let asked = 0;
  async function* endless(): ArchivePieces {
    for (;;) {
      await new Promise(setImmediate);
      asked += 1;
      yield piece;
    }
  }
  const sent = await uploadPieces(config, { ...upload, pieces: endless() });
  close();
  expect(sent).toMatchObject({ ok: false, error: { code: 'BuildEnded' } });
  expect(asked).toBeLessThan(2);
});

test('a server that never says that it goes on gets the bytes all the same', async () => {
  const { config, close, server, taken } = await serving(201, build);
  server.on('checkContinue', (request, response) => {
    server.emit('request', request, response);
  });
  expect(await uploadPieces(config, { ...upload, pieces: piecesOf(3, good) })).toEqual(ok(build));
  close();
  expect(taken.bytes).toBe(300_000);
});
