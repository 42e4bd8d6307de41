import { consoleFetch, HttpError } from '@openshift-console/dynamic-plugin-sdk';
import type { CertificateFailure, ServerCertificate } from '../domain/connection/certificate';
import { err } from '../domain/result';
import type { Result } from '../domain/result';
import type { Services } from './services';

/** MTV's helper service, through the console's proxy of our plugin (charts: ConsolePlugin, alias `forklift-services`). */
const service = '/api/proxy/plugin/migration-prep/forklift-services/tls-certificate';

/**
 * MTV's service dials without any limit of its own: to a server that drops packets it answers after some 133 s (docs/facts/forklift.md,
 * corrections). What takes longer than this has no answer.
 */
const patience = { seconds: 25 };

/**
 * The certificate a server shows, fetched by MTV from inside the cluster, which may see other networks than the browser does. Not with
 * consoleFetchText: that takes for JSON what is not exactly `text/plain`, and MTV adds a charset (sandbox/recorded/README.md).
 */
export const fetchCertificate = async (
  url: string,
  signal?: AbortSignal,
): Promise<Result<ServerCertificate, CertificateFailure>> => {
  // On a timeout the console only stops to wait: our own signal ends the request.
  const request = new AbortController();
  const abort = (): void => {
    request.abort();
  };
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
    abort();
  }, patience.seconds * 1000);
  signal?.addEventListener('abort', abort);
  try {
    if (signal?.aborted) return err({ code: 'Cancelled' });
    const response = await consoleFetch(`${service}?URL=${encodeURIComponent(url)}`, { signal: request.signal }, 0);
    const pem = await response.text();
    const { readCertificate } = await import('./read-certificate');
    return await readCertificate(pem);
  } catch (thrown) {
    if (late.signal.aborted) return err({ code: 'NoAnswer', ...patience });
    return err(signal?.aborted ? { code: 'Cancelled' } : await failureOf(thrown));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
};

/** The parser of certificates, in a chunk that is loaded when one is given. */
export const readCertificates: Services['readCertificates'] = async (source) =>
  (await import('./read-certificate')).readCertificates(source);

const failureOf = async (thrown: unknown): Promise<CertificateFailure> => {
  if (!(thrown instanceof HttpError)) return { code: 'Unreachable' };
  switch (thrown.code) {
    case 401:
      return { code: 'SessionExpired' };
    case 403:
      return { code: 'Forbidden' };
    case 404:
      return { code: 'ServiceAbsent' };
    case 400:
    case 500:
      // The console reads no body that is not JSON (docs/facts/console-host.md): MTV's sentence is still to be read.
      return { code: 'ServerFailed', message: (await thrown.response?.text().catch(() => ''))?.trim() ?? '' };
    case undefined:
    default:
      return { code: 'Unreachable' };
  }
};
