import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from './http';
import type { Answers } from './http';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const start = async (given: Partial<Answers> = {}) => {
  const answers = { missing: () => [], metrics: () => Promise.resolve('a 1\n'), metricsType: 'text/x-metrics' };
  const server = await serve({ ...answers, ...given }, 0);
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    ask: async (path: string, method = 'GET') => {
      const answer = await fetch(`http://127.0.0.1:${String(port)}${path}`, { method });
      return [answer.status, answer.headers.get('content-type'), await answer.text()];
    },
  };
};

test.each<[path: string, code: number, type: string, text: string]>([
  ['/healthz', 200, 'text/plain', 'ok\n'],
  ['/readyz', 200, 'text/plain', 'ok\n'],
  ['/readyz?verbose', 200, 'text/plain', 'ok\n'],
  ['/metrics', 200, 'text/x-metrics', 'a 1\n'],
  ['/', 404, 'text/plain', 'not found\n'],
  ['/metrics/', 404, 'text/plain', 'not found\n'],
  ['//', 404, 'text/plain', 'not found\n'],
])('%s is answered with %i', async (path, ...expected) => {
  expect(await (await start()).ask(path)).toEqual(expected);
});

test('it is ready when nothing is missing any more, and alive before', async () => {
  let missing: readonly string[] = ['Plan was not listed yet', 'the right to list and watch networkmaps is missing'];
  const { ask } = await start({ missing: () => missing });
  expect(await ask('/readyz')).toEqual([503, 'text/plain', `${missing.join('\n')}\n`]);
  expect(await ask('/healthz')).toEqual([200, 'text/plain', 'ok\n']);
  missing = [];
  expect(await ask('/readyz')).toEqual([200, 'text/plain', 'ok\n']);
});

test.each<[method: string, code: number]>([
  ['HEAD', 200],
  ['POST', 405],
  ['PUT', 405],
  ['DELETE', 405],
])('%s is answered with %i and no text', async (method, code) => {
  expect(await (await start()).ask('/metrics', method)).toEqual([code, 'text/x-metrics', '']);
});

test('metrics that cannot be told are a failure of their own, and the server goes on', async () => {
  const { ask } = await start({ metrics: () => Promise.reject(new Error('no metrics')) });
  expect(await ask('/metrics')).toEqual([500, 'text/plain', 'failed\n']);
  expect(await ask('/healthz')).toEqual([200, 'text/plain', 'ok\n']);
});

test('a port that is taken is said at once', async () => {
  const { port } = await start();
  await expect(serve({ missing: () => [], metrics: () => Promise.resolve(''), metricsType: '' }, port)).rejects.toThrow(
    'EADDRINUSE',
  );
});
