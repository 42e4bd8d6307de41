import { request } from 'node:http';
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import type { DownloadFailure } from '../../domain/vddk/download-failure';
import { transportFailure, wordOf } from './transport-failure';

/** How a connection is made. `ca`: PEM, trusted beside Node's own; `milliseconds`: for each of its steps. */
export interface Connecting {
  readonly proxy: URL | undefined;
  readonly ca: string;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

type Connected = Result<Socket, DownloadFailure>;

/**
 * A connection on which HTTP/1.1 is spoken with the host of this URL: with https, TLS is done; through a proxy, the way is open. To an http
 * URL behind a proxy it is the connection to the proxy.
 */
export const connectTo = async (url: URL, how: Connecting): Promise<Connected> => {
  const { proxy } = how;
  if (!proxy) {
    const socket = await dial(url, how);
    return socket.ok && url.protocol === 'https:' ? secure(socket.value, url, how) : socket;
  }
  const reached = asProxy(proxy, await dial(proxy, how));
  const opened =
    reached.ok && proxy.protocol === 'https:' ? asProxy(proxy, await secure(reached.value, proxy, how)) : reached;
  if (!opened.ok || url.protocol === 'http:') return opened;
  const tunnel = await openTunnel(opened.value, url, proxy, how);
  return tunnel.ok ? secure(tunnel.value, url, how) : tunnel;
};

/** The header that opens a proxy, if its URL has a user. */
export const proxyHeaders = (proxy: URL): Readonly<Record<string, string>> => {
  if (proxy.username === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
};

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

const portOf = ({ port, protocol }: URL): number => Number(port) || (protocol === 'https:' ? 443 : 80);

const asProxy = (proxy: URL, connected: Connected): Connected =>
  connected.ok || connected.error.code === 'Cancelled'
    ? connected
    : err({
        code: 'ProxyUnreachable',
        host: proxy.host,
        reason: 'reason' in connected.error ? connected.error.reason : connected.error.code,
      });

const dial = (url: URL, how: Connecting): Promise<Connected> => {
  const socket = connectTcp({ host: hostOf(url), port: portOf(url), keepAlive: true });
  return settled(socket, 'connect', url, how);
};

const secure = (socket: Socket, url: URL, how: Connecting): Promise<Connected> => {
  const host = hostOf(url);
  const ca = [...rootCertificates, ...(how.ca === '' ? [] : [how.ca])];
  // Addresses are compared with the certificate too, but not sent as name (RFC 6066, "server_name").
  const secured = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 && { servername: host }),
    ca,
    minVersion: 'TLSv1.2',
  });
  return settled(secured, 'secureConnect', url, how);
};

/** The socket when the event comes; otherwise why it does not. */
const settled = (socket: Socket, event: string, url: URL, { milliseconds, signal }: Connecting): Promise<Connected> =>
  new Promise((resolve) => {
    const end = (answer: Connected): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      if (!answer.ok) socket.destroy();
      resolve(answer);
    };
    const cancel = (): void => {
      end(err({ code: 'Cancelled' }));
    };
    const timer = setTimeout(() => {
      end(err({ code: 'Unreachable', host: url.host, reason: 'ETIMEDOUT' }));
    }, milliseconds);
    signal.addEventListener('abort', cancel);
    socket.once(event, () => {
      end(ok(socket));
    });
    // For good: an error after the end is nobody's any more.
    socket.on('error', (error) => {
      end(err(transportFailure(error, url.host)));
    });
    socket.once('close', () => {
      end(err({ code: 'Unreachable', host: url.host, reason: 'ECONNRESET' }));
    });
    if (signal.aborted) cancel();
  });

/** Has the proxy open the way to a host (RFC 9110, "CONNECT"). */
const openTunnel = (socket: Socket, url: URL, proxy: URL, { milliseconds, signal }: Connecting): Promise<Connected> =>
  new Promise((resolve) => {
    const authority = `${url.hostname}:${String(portOf(url))}`;
    const asking = request({
      createConnection: () => socket,
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority, ...proxyHeaders(proxy) },
      signal,
    });
    const timer = setTimeout(() => asking.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })), milliseconds);
    const end = (answer: Connected): void => {
      clearTimeout(timer);
      if (!answer.ok) socket.destroy();
      resolve(answer);
    };
    asking.once('connect', ({ statusCode: status = 0 }, opened) => {
      end(status === 200 ? ok(opened) : err({ code: 'ProxyRefused', host: proxy.host, status }));
    });
    asking.on('error', (error) => {
      const reason = wordOf(error);
      end(err(signal.aborted ? { code: 'Cancelled' } : { code: 'ProxyUnreachable', host: proxy.host, reason }));
    });
    asking.end();
  });
