import { createServer as createHttp } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { ServedCertificate } from './test-authority';

/** A server on this machine, as specs of downloads use it. */
export interface TestServer {
  /** http(s)://localhost:PORT. */
  readonly url: string;
  readonly port: number;
  /** The heads of all requests so far. */
  readonly requests: readonly Pick<IncomingMessage, 'method' | 'url' | 'headers'>[];
  readonly close: () => Promise<void>;
}

/** Starts a server; with a certificate, it speaks TLS. */
export const startServer = async (answer: RequestListener, served?: ServedCertificate): Promise<TestServer> => {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    answer(request, response);
  };
  const server = served ? createHttps(served, listener) : createHttp(listener);
  return listening(server, served ? 'https' : 'http', requests);
};

const listening = async (server: Server, scheme: string, requests: IncomingMessage[]): Promise<TestServer> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://localhost:${String(port)}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
};

/** A file as a web server has it. */
export interface ServedFile {
  readonly bytes: Uint8Array;
  readonly etag?: string;
  readonly ranges?: boolean;
}

/** Answers with a file, or with the part that is asked for. `cutAt`: the connection breaks there, counted in the file. */
export const serveFile = (
  { headers }: IncomingMessage,
  response: ServerResponse,
  { bytes, etag, ranges = true }: ServedFile,
  cutAt = Infinity,
): void => {
  const wanted = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? NaN);
  const isPart = ranges && wanted >= 0 && (headers['if-range'] === undefined || headers['if-range'] === etag);
  const from = isPart ? wanted : 0;
  const size = bytes.length;
  response.writeHead(isPart ? 206 : 200, {
    'Content-Length': size - from,
    ...(etag !== undefined && { ETag: etag }),
    ...(ranges && { 'Accept-Ranges': 'bytes' }),
    ...(isPart && { 'Content-Range': `bytes ${String(from)}-${String(size - 1)}/${String(size)}` }),
  });
  if (cutAt >= size) {
    response.end(bytes.subarray(from));
    return;
  }
  response.write(bytes.subarray(from, cutAt), () => {
    response.destroy();
  });
};

/** A proxy that opens the way to whatever it is asked for, by connecting to this port; or refuses with a status. */
export const startProxy = async (port: number, refuse?: number): Promise<TestServer> => {
  const requests: IncomingMessage[] = [];
  const server = createHttp((request, response) => {
    requests.push(request);
    response.writeHead(refuse ?? 200).end(refuse === undefined ? 'through the proxy' : '');
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    requests.push(request);
    if (refuse !== undefined) {
      socket.end(`HTTP/1.1 ${String(refuse)} No\r\n\r\n`);
      return;
    }
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  return listening(server, 'http', requests);
};
