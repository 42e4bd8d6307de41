import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import type { ArchiveSource, Credentials } from '../../domain/vddk/archive-source';
import type { DownloadFailure, DownloadLimits } from '../../domain/vddk/download-failure';
import { connectTo, proxyHeaders } from './connect';
import { proxyFor } from './proxy';
import { transportFailure } from './transport-failure';

/** An answer with the file, or with a part of it: 200, 206, or 416 where the part does not exist. Its body is still to be read. */
export interface Opened {
  readonly response: IncomingMessage;
  /** Host and port that it came from in the end. */
  readonly host: string;
}

/** `from`: the part of the file that begins there, provided that its validator is still this one (RFC 9110, "If-Range"). */
export interface OpenOptions {
  readonly from?: { readonly position: number; readonly validator: string } | undefined;
  readonly limits: DownloadLimits;
  readonly signal: AbortSignal;
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** Asks for the file, and follows redirects. Every attempt begins at the source's own URL: where it leads may be valid for minutes only. */
export const openUrl = async (
  source: ArchiveSource,
  { from, limits, signal }: OpenOptions,
): Promise<Result<Opened, DownloadFailure>> => {
  const start = addressOf(source);
  if (!start.ok) return start;
  let url = start.value;
  for (let hops = 0; hops <= limits.redirects; hops += 1) {
    const isOrigin = url.origin === start.value.origin;
    const headers = {
      Accept: '*/*',
      // The sum is of the file as it is stored.
      'Accept-Encoding': 'identity',
      'User-Agent': 'migration-prep',
      ...(from && { Range: `bytes=${String(from.position)}-`, 'If-Range': from.validator }),
      ...(isOrigin && source.credentials && { Authorization: authorizationOf(source.credentials) }),
    };
    const answered = await ask(url, headers, source, { limits, signal });
    if (!answered.ok) return answered;
    const response = answered.value;
    const { statusCode: status = 0 } = response;
    const { host } = url;
    if (status === 200 || status === 206 || (status === 416 && from)) return ok({ response, host });
    response.destroy();
    if (!isRedirect(status)) return err(refusal(status, host, isOrigin, source));
    const { location = '' } = response.headers;
    if (location === '' || !URL.canParse(location, url.href)) return err({ code: 'TooManyRedirects', host });
    const next = new URL(location, url);
    if (next.protocol !== 'https:' && (next.protocol !== 'http:' || url.protocol === 'https:')) {
      return err({ code: 'RedirectToHttp', host: next.host });
    }
    url = next;
  }
  return err({ code: 'TooManyRedirects', host: url.host });
};

const authorizationOf = (credentials: Credentials): string =>
  'token' in credentials
    ? `Bearer ${credentials.token}`
    : `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;

const addressOf = ({ url: text, credentials }: ArchiveSource): Result<URL, DownloadFailure> => {
  if (!URL.canParse(text)) return err({ code: 'BadUrl' });
  const url = new URL(text);
  const isHttp = url.protocol === 'http:';
  if ((!isHttp && url.protocol !== 'https:') || url.username !== '' || url.password !== '') {
    return err({ code: 'BadUrl' });
  }
  return isHttp && credentials ? err({ code: 'CredentialsInClear' }) : ok(url);
};

const refusal = (status: number, host: string, isOrigin: boolean, source: ArchiveSource): DownloadFailure => {
  switch (status) {
    case 401:
    case 403:
      return isOrigin
        ? { code: 'Unauthorized', host, status, sent: source.credentials !== undefined }
        : { code: 'ElsewhereUnauthorized', host, status };
    case 404:
    case 410:
      return { code: 'NotFound', host };
    case 407:
      return { code: 'ProxyRefused', host, status };
    case 408:
    case 429:
      return { code: 'Busy', host, status };
    default:
      return { code: status >= 500 ? 'Busy' : 'Refused', host, status };
  }
};

/** One request on a connection of its own, until the head of its answer is there. */
const ask = async (
  url: URL,
  headers: Readonly<Record<string, string>>,
  { ca, proxy: settings }: ArchiveSource,
  { limits, signal }: Pick<OpenOptions, 'limits' | 'signal'>,
): Promise<Result<IncomingMessage, DownloadFailure>> => {
  const proxy = proxyFor(url, settings);
  const connected = await connectTo(url, { proxy, ca, signal, milliseconds: limits.connect });
  if (!connected.ok) return connected;
  const socket = connected.value;
  // To a proxy, a request names the whole address (RFC 9112, "absolute-form").
  const viaProxy = proxy && url.protocol === 'http:';
  return new Promise((resolve) => {
    const asking = request({
      createConnection: () => socket,
      method: 'GET',
      path: viaProxy ? url.href.replace(/#.*/s, '') : url.pathname + url.search,
      headers: { Host: url.host, ...headers, ...(viaProxy && proxyHeaders(proxy)), Connection: 'close' },
    });
    const cancel = (): void => {
      socket.destroy();
      end(err({ code: 'Cancelled' }));
    };
    const end = (answer: Result<IncomingMessage, DownloadFailure>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      if (!answer.ok) socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => {
      end(err({ code: 'NoAnswer', host: url.host, seconds: limits.answer / 1000 }));
    }, limits.answer);
    signal.addEventListener('abort', cancel);
    asking.once('response', (response) => {
      end(ok(response));
    });
    asking.on('error', (error) => {
      end(err(transportFailure(error, url.host)));
    });
    asking.end();
    if (signal.aborted) cancel();
  });
};
