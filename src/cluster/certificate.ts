import { consoleFetchText, HttpError } from '@openshift-console/dynamic-plugin-sdk';
import type { CertificateFailure, ServerCertificate } from '../domain/connection/certificate';
import { err } from '../domain/result';
import type { Result } from '../domain/result';

/** MTV's helper service, through the console's proxy of our plugin (charts: ConsolePlugin, alias `forklift-services`). */
const service = '/api/proxy/plugin/migration-prep/forklift-services/tls-certificate';

/** The certificate a server shows, fetched by MTV from inside the cluster, which may see other networks than the browser does. */
export const fetchCertificate = async (url: string): Promise<Result<ServerCertificate, CertificateFailure>> => {
  try {
    const pem = (await consoleFetchText(`${service}?URL=${encodeURIComponent(url)}`)) as string;
    const { readCertificate } = await import('./read-certificate');
    return await readCertificate(pem);
  } catch (thrown) {
    return err(await failureOf(thrown));
  }
};

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
