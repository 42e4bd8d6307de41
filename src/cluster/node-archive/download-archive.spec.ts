import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { noise } from '../../../integration-tests/vddk-archives';
import type { Result } from '../../domain/result';
import type { ArchiveSource } from '../../domain/vddk/archive-source';
import type { DownloadFailure, DownloadLimits } from '../../domain/vddk/download-failure';
import { serveFile, startProxy, startServer } from '../../testing/archive-server';
import type { TestServer } from '../../testing/archive-server';
import { testAuthority } from '../../testing/test-authority';
import { downloadArchive } from './download-archive';

const size = 3_000_000;
const file = noise(size);
const other = noise(size, 2);
const authority = testAuthority();
const limits: DownloadLimits = {
  connect: 3000,
  answer: 300,
  idle: 300,
  whole: 20_000,
  bytes: 4_000_000,
  redirects: 5,
};

const servers: { close: () => Promise<void> }[] = [];
const start = async (answer: RequestListener, host?: string, days?: number): Promise<TestServer> => {
  const server = await startServer(answer, host === undefined ? undefined : authority.issue(host, days));
  servers.push(server);
  return server;
};
const proxyTo = async (port: number, refuse?: number): Promise<TestServer> => {
  const proxy = await startProxy(port, refuse);
  servers.push(proxy);
  return proxy;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

interface Downloaded {
  readonly bytes: Buffer;
  readonly failure: DownloadFailure | undefined;
}

const download = async (
  source: Partial<ArchiveSource> & { readonly url: string },
  how: Partial<DownloadLimits> = {},
  signal = new AbortController().signal,
): Promise<Downloaded> => {
  const pieces: Uint8Array[] = [];
  let failure: DownloadFailure | undefined;
  const all: AsyncIterable<Result<Uint8Array, DownloadFailure>> = downloadArchive(
    { ca: '', proxy: {}, ...source },
    { signal, limits: { ...limits, ...how }, every: 1 },
  );
  for await (const piece of all) {
    if (piece.ok) pieces.push(piece.value);
    else failure = piece.error;
  }
  return { bytes: Buffer.concat(pieces), failure };
};
const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('an interrupted download', () => {
  test.each([
    [30, true],
    [60, true],
    [99, true],
    [30, false],
    [60, false],
    [99, false],
  ])('broken off at %i %%, parts served: %s: arrives whole', async (percent, ranges) => {
    let count = 0;
    const server = await start((request, response) => {
      count += 1;
      serveFile(
        request,
        response,
        { bytes: file, etag: '"1"', ranges },
        count === 1 ? (size * percent) / 100 : Infinity,
      );
    });
    const { bytes, failure } = await download({ url: server.url });
    expect(failure).toBeUndefined();
    expect(sumOf(bytes)).toBe(sumOf(file));
    expect(server.requests[0]?.headers.range).toBeUndefined();
    expect(server.requests).toHaveLength(2);
    // Where it broke, less what was in flight.
    const [, from] = /^bytes=(\d+)-$/.exec(server.requests[1]?.headers.range ?? '') ?? [];
    if (ranges) expect(Number(from)).toBeGreaterThan(0);
  });

  test.each<[string, (request: number) => Parameters<typeof serveFile>[2], DownloadFailure['code'] | undefined]>([
    ['the same file under another ETag', (count) => ({ bytes: file, etag: `"${String(count)}"` }), undefined],
    [
      'another file under another ETag',
      (count) => ({ bytes: count === 1 ? file : other, etag: `"${String(count)}"` }),
      'ChangedMeanwhile',
    ],
    [
      'another file from a server without parts',
      (count) => ({ bytes: count === 1 ? file : other, ranges: false }),
      'ChangedMeanwhile',
    ],
    [
      'a file of another size',
      (count) => ({ bytes: count === 1 ? file : file.subarray(0, -1), etag: `"${String(count)}"` }),
      'ChangedMeanwhile',
    ],
  ])('goes on with %s', async (_, fileOf, code) => {
    let count = 0;
    const server = await start((request, response) => {
      count += 1;
      serveFile(request, response, fileOf(count), count === 1 ? size / 2 : Infinity);
    });
    const { bytes, failure } = await download({ url: server.url });
    expect(failure?.code).toBe(code);
    expect(sumOf(bytes) === sumOf(file)).toBe(code === undefined);
  });

  test('a server that ignores If-Range and has another file by now is found out by the ETag', async () => {
    let count = 0;
    const server = await start((request, response) => {
      count += 1;
      if (count > 1) delete request.headers['if-range'];
      serveFile(request, response, { bytes: file, etag: `"${String(count)}"` }, count === 1 ? size / 2 : Infinity);
    });
    expect((await download({ url: server.url })).failure?.code).toBe('ChangedMeanwhile');
  });

  test.each([
    ['a part that begins elsewhere', 'bytes 5-2999999/3000000', 206],
    ['416', 'bytes */3000000', 416],
  ])('%s is not used: it begins again', async (_, range, status) => {
    const server = await start((request, response) => {
      if (request.headers.range === undefined) {
        serveFile(request, response, { bytes: file, etag: '"1"' }, server.requests.length === 1 ? size / 2 : Infinity);
      } else response.writeHead(status, { 'Content-Range': range, ETag: '"1"' }).end('no');
    });
    const { bytes, failure } = await download({ url: server.url });
    expect(failure).toBeUndefined();
    expect(sumOf(bytes)).toBe(sumOf(file));
    expect(server.requests.map(({ headers }) => headers.range !== undefined)).toEqual([false, true, false]);
  });

  test('without ETag and time no part is asked for', async () => {
    const server = await start((request, response) => {
      serveFile(request, response, { bytes: file }, server.requests.length === 1 ? size / 2 : Infinity);
    });
    expect((await download({ url: server.url })).failure).toBeUndefined();
    expect(server.requests[1]?.headers.range).toBeUndefined();
  });

  test('goes on as long as something new comes, and gives up when nothing does', async () => {
    const server = await start((request, response) => {
      serveFile(request, response, { bytes: file, etag: '"1"' }, Math.min(server.requests.length, 8) * 200_000);
    });
    const { bytes, failure } = await download({ url: server.url });
    expect(failure).toEqual({ code: 'BrokenOff', host: `localhost:${String(server.port)}`, got: 1_600_000, of: size });
    expect(sumOf(bytes)).toBe(sumOf(file.subarray(0, 1_600_000)));
    expect(server.requests).toHaveLength(12);
  });

  test('stops when it is told to, at once', async () => {
    const control = new AbortController();
    const server = await start((_, response) => {
      response.write('the beginning');
      setTimeout(() => {
        control.abort();
      }, 50);
    });
    expect((await download({ url: server.url }, {}, control.signal)).failure).toEqual({ code: 'Cancelled' });
  });
});

describe('a bad answer', () => {
  const status =
    (code: number, headers = {}): RequestListener =>
    (_, response) => {
      response.writeHead(code, headers).end('no');
    };
  const endless: RequestListener = (_, response) => {
    const send = () => {
      while (!response.destroyed && response.write(file.subarray(0, 100_000)));
    };
    response.on('drain', send);
    send();
  };
  test.each<[string, RequestListener, object, number]>([
    ['404', status(404), { code: 'NotFound' }, 1],
    ['401', status(401), { code: 'Unauthorized', status: 401, sent: false }, 1],
    ['403', status(403), { code: 'Unauthorized', status: 403, sent: false }, 1],
    ['400', status(400), { code: 'Refused', status: 400 }, 1],
    ['503', status(503), { code: 'Busy', status: 503 }, 5],
    ['nothing at all', status(200, { 'Content-Length': 0 }), { code: 'Empty' }, 1],
    ['no answer', () => {}, { code: 'NoAnswer', seconds: 0.3 }, 5],
    [
      'a head and nothing else',
      (_, response) => {
        response.writeHead(200).flushHeaders();
      },
      { code: 'Stalled', seconds: 0.3 },
      5,
    ],
    ['an endless body', endless, { code: 'TooLarge', limit: 4_000_000 }, 1],
    ['too large a size', status(200, { 'Content-Length': 5_000_000 }), { code: 'TooLarge', limit: 4_000_000 }, 1],
    ['a redirect to itself', status(302, { Location: '/' }), { code: 'TooManyRedirects' }, 6],
    ['a redirect to nowhere', status(302), { code: 'TooManyRedirects' }, 1],
    ['a redirect to a file', status(302, { Location: 'file:///etc/passwd' }), { code: 'RedirectToHttp', host: '' }, 1],
  ])('%s', async (_, answer, failure, requests) => {
    const server = await start(answer);
    const host = `localhost:${String(server.port)}`;
    expect((await download({ url: `${server.url}/?token=secret` })).failure).toEqual({ host, ...failure });
    expect(server.requests).toHaveLength(requests);
  });

  test('a body that trickles is given up in the end', async () => {
    const server = await start((_, response) => {
      const trickle = setInterval(() => response.write('x'), 20);
      response.on('close', () => {
        clearInterval(trickle);
      });
    });
    const { failure } = await download({ url: server.url }, { whole: 500 });
    expect(failure).toMatchObject({ code: 'TooSlow' });
  });

  test.each([
    ['not a URL', 'BadUrl'],
    ['ftp://example.com/a', 'BadUrl'],
    ['https://user:secret@example.com/a', 'BadUrl'],
  ])('%s is asked nothing', async (url, code) => {
    expect((await download({ url })).failure).toEqual({ code });
  });

  test('nobody is there', async () => {
    const { port, close } = await start(() => {});
    await close();
    const { failure } = await download({ url: `http://127.0.0.1:${String(port)}/` });
    expect(failure).toEqual({ code: 'Unreachable', host: `127.0.0.1:${String(port)}`, reason: 'ECONNREFUSED' });
  });
});

describe('credentials', () => {
  const credentials = { user: 'jo', password: 'pä:ss' };
  const basic = `Basic ${Buffer.from('jo:pä:ss').toString('base64')}`;
  const whole: RequestListener = (request, response) => {
    serveFile(request, response, { bytes: file });
  };

  test.each([
    ['Basic', credentials, basic],
    ['a token', { token: 't0k' }, 'Bearer t0k'],
  ])('as %s', async (_, given, header) => {
    const server = await start(whole, 'localhost');
    const { failure } = await download({ url: server.url, credentials: given, ca: authority.ca });
    expect(failure).toBeUndefined();
    expect(server.requests[0]?.headers.authorization).toBe(header);
  });

  test.each([
    ['to the same host are sent along', true],
    ['to another host are not', false],
  ])('with a redirect %s', async (_, isSame) => {
    const elsewhere = await start(whole, 'localhost');
    const server = await start((request, response) => {
      if (request.url === '/file') whole(request, response);
      else response.writeHead(302, { Location: isSame ? '/file' : `${elsewhere.url}/file` }).end();
    }, 'localhost');
    const { failure, bytes } = await download({ url: server.url, credentials, ca: authority.ca });
    expect(failure).toBeUndefined();
    expect(bytes).toHaveLength(size);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(isSame ? [basic, basic] : [basic]);
    expect(elsewhere.requests.map(({ headers }) => headers.authorization)).toEqual(isSame ? [] : [undefined]);
  });

  test('that are refused, at the host itself and behind a redirect', async () => {
    const elsewhere = await start((_, response) => response.writeHead(403).end(), 'localhost');
    const server = await start((request, response) => {
      response.writeHead(request.url === '/' ? 401 : 307, { Location: elsewhere.url }).end();
    }, 'localhost');
    const ask = async (path: string) =>
      (await download({ url: server.url + path, credentials, ca: authority.ca })).failure;
    const host = `localhost:${String(server.port)}`;
    expect(await ask('/')).toEqual({ code: 'Unauthorized', host, status: 401, sent: true });
    expect(await ask('/away')).toEqual({
      code: 'ElsewhereUnauthorized',
      host: `localhost:${String(elsewhere.port)}`,
      status: 403,
    });
  });

  test('are never sent unencrypted, and https is never left', async () => {
    const plain = await start(whole);
    const server = await start((_, response) => response.writeHead(302, { Location: plain.url }).end(), 'localhost');
    expect((await download({ url: plain.url, credentials })).failure).toEqual({ code: 'CredentialsInClear' });
    expect((await download({ url: server.url, ca: authority.ca })).failure).toMatchObject({ code: 'RedirectToHttp' });
    expect(plain.requests).toEqual([]);
  });
});

describe('certificates', () => {
  const whole: RequestListener = (request, response) => {
    serveFile(request, response, { bytes: file });
  };
  test.each([
    ['known from the bundle', authority.ca, 'localhost', 3, undefined],
    ['of an unknown authority', '', 'localhost', 3, 'CertificateUnknown'],
    ['of another authority of the same name', testAuthority().ca, 'localhost', 3, 'CertificateUnknown'],
    ['expired', authority.ca, 'localhost', -1, 'CertificateInvalid'],
    ['for another name', authority.ca, 'example.com', 3, 'CertificateInvalid'],
  ])('%s', async (_, ca, host, days, code) => {
    const server = await start(whole, host, days);
    const { failure, bytes } = await download({ url: server.url, ca });
    expect(failure?.code).toBe(code);
    expect(bytes).toHaveLength(code === undefined ? size : 0);
    expect(server.requests).toHaveLength(code === undefined ? 1 : 0);
  });

  test('an address in the URL is compared with the certificate', async () => {
    const server = await start(whole, '127.0.0.1');
    const url = `https://127.0.0.1:${String(server.port)}`;
    expect((await download({ url, ca: authority.ca })).failure).toBeUndefined();
    expect((await download({ url: server.url, ca: authority.ca })).failure?.code).toBe('CertificateInvalid');
  });

  test('a server that speaks no TLS', async () => {
    const server = await start(whole);
    const { failure } = await download({ url: server.url.replace('http:', 'https:'), ca: authority.ca });
    expect(failure?.code).toBe('TlsFailed');
  });
});

describe('a proxy', () => {
  const whole: RequestListener = (request, response) => {
    serveFile(request, response, { bytes: file });
  };

  test('opens the way for https, and sees neither credentials nor path', async () => {
    const server = await start(whole, 'archives.example.com');
    const proxy = await proxyTo(server.port);
    const { failure, bytes } = await download({
      url: 'https://archives.example.com/secret-path',
      credentials: { token: 't0k' },
      ca: authority.ca,
      proxy: { httpsProxy: proxy.url.replace('//', '//me:p%40ss@') },
    });
    expect(failure).toBeUndefined();
    expect(bytes).toHaveLength(size);
    expect(proxy.requests).toHaveLength(1);
    const [asked] = proxy.requests;
    expect(asked?.url).toBe('archives.example.com:443');
    expect(asked?.headers['proxy-authorization']).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
    expect(asked?.headers.authorization).toBeUndefined();
    expect(server.requests[0]?.headers).toMatchObject({ authorization: 'Bearer t0k', host: 'archives.example.com' });
    expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  test('is asked for the whole address of an http URL', async () => {
    const proxy = await proxyTo(0);
    const { bytes } = await download({ url: 'http://archives.example.com/a?b', proxy: { httpProxy: proxy.url } });
    expect(bytes.toString()).toBe('through the proxy');
    expect(proxy.requests[0]?.url).toBe('http://archives.example.com/a?b');
  });

  test('is left out where noProxy says so', async () => {
    const server = await start(whole, '127.0.0.1');
    const proxy = await proxyTo(server.port);
    const { failure } = await download({
      url: `https://127.0.0.1:${String(server.port)}`,
      ca: authority.ca,
      proxy: { httpsProxy: proxy.url, noProxy: '10.0.0.0/8, 127.0.0.0/8' },
    });
    expect(failure).toBeUndefined();
    expect(proxy.requests).toEqual([]);
  });

  test('that refuses, and one that is not there', async () => {
    const proxy = await proxyTo(0, 407);
    const ask = async (httpsProxy: string) =>
      (await download({ url: 'https://archives.example.com/', proxy: { httpsProxy } })).failure;
    expect(await ask(proxy.url)).toEqual({
      code: 'ProxyRefused',
      host: `localhost:${String(proxy.port)}`,
      status: 407,
    });
    await proxy.close();
    expect(await ask(proxy.url)).toMatchObject({ code: 'ProxyUnreachable', reason: 'ECONNREFUSED' });
  });
});
