import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { globalAgent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { startServer } from '../testing/archive-server';
import type { TestServer } from '../testing/archive-server';
import { testAuthority } from '../testing/test-authority';
import { inventoryService, nodeInventory, readInventoryUrl } from './node-inventory';

const folder = mkdtempSync(join(tmpdir(), 'node-inventory-'));
const tokenFile = join(folder, 'token');
const authority = testAuthority();
const before = globalAgent.options.ca;
const servers: TestServer[] = [];
const config = new KubeConfig();

beforeAll(() => {
  // An authority that this machine trusts.
  globalAgent.options.ca = authority.ca;
  config.loadFromOptions({
    clusters: [
      {
        name: 'c',
        server: 'https://api.example.com',
        caData: Buffer.from('another authority').toString('base64'),
        skipTLSVerify: true,
      },
    ],
    users: [{ name: 'u', authProvider: { name: 'tokenFile', config: { tokenFile } } }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  });
});
beforeEach(() => {
  writeFileSync(tokenFile, 'first\n');
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => {
  globalAgent.options.ca = before;
  rmSync(folder, { recursive: true });
});

const start = async (answer: RequestListener, signer = authority): Promise<TestServer> => {
  const server = await startServer(answer, signer.issue('localhost'));
  servers.push(server);
  return server;
};
const json =
  (body: unknown): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
const status =
  (code: number, headers: Record<string, string> = {}, body = ''): RequestListener =>
  (_, response) => {
    response.writeHead(code, headers).end(body);
  };

test('each list is asked for with the detail that it needs, and with the token', async () => {
  const server = await start((request, response) => {
    json([{ id: request.url?.replace(/^.*\/|\?.*$/g, '') }])(request, response);
  });
  expect(await nodeInventory(config, server.url)('uid/1')).toEqual({
    ok: true,
    value: { networks: [{ id: 'networks' }], hosts: [{ id: 'hosts' }], vms: [{ id: 'vms' }] },
  });
  expect(server.requests.map(({ url }) => url).sort()).toEqual([
    '/providers/vsphere/uid%2F1/hosts?detail=1',
    '/providers/vsphere/uid%2F1/networks?detail=1',
    '/providers/vsphere/uid%2F1/vms?detail=4',
  ]);
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer first'));
});

test('the token is read anew each time', async () => {
  const server = await start(json([]));
  const read = nodeInventory(config, server.url);
  await read('uid');
  writeFileSync(tokenFile, 'second\n');
  await read('uid');
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
    ...Array<string>(3).fill('Bearer first'),
    ...Array<string>(3).fill('Bearer second'),
  ]);
});

test('an empty list, which MTV writes as null, is empty', async () => {
  expect(await nodeInventory(config, (await start(json(null))).url)('uid')).toEqual({
    ok: true,
    value: { networks: [], hosts: [], vms: [] },
  });
});

test.each<[string, RequestListener, string]>([
  ['206: it is being built', status(206), 'Loading'],
  ['401', status(401), 'SessionExpired'],
  ['403', status(403, {}, '{"kind":"Status"}'), 'Forbidden'],
  ['404 of a provider that MTV has not read', status(404, { 'X-Reason': 'ProviderNotFound' }), 'Loading'],
  ['404 for another reason', status(404, { 'X-Reason': 'Other' }), 'ServerError'],
  ['404 of something else', status(404, {}, 'not found'), 'ServerError'],
  ['500', status(500), 'ServerError'],
  ['502 of a router', status(502, {}, '<html>'), 'Down'],
  ['503', status(503), 'Down'],
  ['504', status(504), 'Down'],
  ['a redirect', status(302, { Location: 'https://elsewhere.example.com' }), 'ServerError'],
  ['204', status(204), 'ServerError'],
  ['a web page', status(200, {}, '<html>sign in</html>'), 'ServerError'],
  ['what is no list', json({ items: [] }), 'ServerError'],
  ['a connection that is cut before the answer', (_, response) => response.destroy(), 'Unreachable'],
  [
    'one that is cut in the middle of a list',
    (_, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('[{"id":', () => response.destroy());
    },
    'Unreachable',
  ],
])('%s', async (_, answer, code) => {
  expect(await nodeInventory(config, (await start(answer)).url)('uid')).toEqual({ ok: false, error: { code } });
});

test.each(['networks', 'hosts', 'vms'])('without the list of %s there is no inventory', async (list) => {
  const server = await start((request, response) => {
    (request.url?.includes(`/${list}?`) === true ? status(503) : json([]))(request, response);
  });
  expect(await nodeInventory(config, server.url)('uid')).toEqual({ ok: false, error: { code: 'Down' } });
});

test('a certificate that this machine does not trust is shown no token, whatever the cluster is trusted with', async () => {
  const server = await start(json([]), testAuthority());
  const answer = await nodeInventory(config, server.url)('uid');
  expect(answer).toEqual({ ok: false, error: { code: 'Unreachable' } });
  expect(server.requests).toEqual([]);
});

test('where the authority of Services is missing, the Service is not asked', async () => {
  expect(await nodeInventory(config, inventoryService('openshift-mtv'))('uid')).toEqual({
    ok: false,
    error: { code: 'Unreachable' },
  });
});

test.each<[string, string]>([
  ['https://inventory.example.com', 'https://inventory.example.com'],
  ['https://inventory.example.com:8443/mtv/?a#b', 'https://inventory.example.com:8443/mtv'],
  ['https://user:password@inventory.example.com', 'https://inventory.example.com'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
  ['http://localhost', 'http://localhost'],
  ['http://inventory.example.com', 'NotPrivate'],
  ['http://127.0.0.1.example.com', 'NotPrivate'],
  ['ftp://localhost', 'NotPrivate'],
  ['inventory.example.com', 'NoUrl'],
  ['', 'NoUrl'],
])('as an address, %s comes to %s', (text, expected) => {
  const read = readInventoryUrl(text);
  expect(read.ok ? read.value : read.error).toBe(expected);
});
