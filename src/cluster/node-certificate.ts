import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { CertificateFailure, ServerCertificate } from '../domain/connection/certificate';
import { pemOf } from '../domain/connection/pem';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';

/** How long a server may take to connect and to show its certificate. */
const patience = { seconds: 25 };

/** As much of a certificate as its fingerprint is compared with. */
type Shown = Pick<ServerCertificate, 'pem' | 'sha256'>;

/**
 * The certificate that a server shows, by a handshake from this process. Not through MTV's service, as the page does: that would take a way into
 * MTV's project and a right for it, from a pod and from a laptop alike. Nothing vouches for the answer, and it is believed by nobody: it
 * counts only if it has the fingerprint that is declared. The connection is closed before anything is sent.
 */
export const fetchCertificate = (url: string): Promise<Result<Shown, CertificateFailure>> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: port === '' ? 443 : Number(port),
      // A server name is a name (RFC 6066 §3).
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
      timeout: patience.seconds * 1000,
    });
    const end = (answer: Result<Shown, CertificateFailure>): void => {
      resolve(answer);
      socket.destroy();
    };
    const timer = setTimeout(() => {
      end(err({ code: 'NoAnswer', ...patience }));
    }, patience.seconds * 1000);
    socket.on('close', () => {
      clearTimeout(timer);
    });
    socket.on('secureConnect', () => {
      const shown = socket.getPeerX509Certificate();
      end(
        shown
          ? ok({ pem: pemOf(shown.raw.toString('base64')), sha256: shown.fingerprint256 })
          : err({ code: 'Unreadable' }),
      );
    });
    socket.on('error', (error: Error) => {
      end(err({ code: 'ServerFailed', message: messageOf(error) }));
    });
  });

/** SHA-256 of the first certificate of a PEM text, in upper-case hex with colons; `undefined` where there is none. */
export const fingerprintOf = (pem: string): string | undefined =>
  pem.includes('-----BEGIN CERTIFICATE-----') ? new X509Certificate(pem).fingerprint256 : undefined;

/** The words that MTV has for what Node says in codes: one explanation serves both (domain/connection/test-failure.ts). */
const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'server misbehaving',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EPIPE: 'broken pipe',
  ETIMEDOUT: 'connection timed out',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  ERR_SSL_WRONG_VERSION_NUMBER: 'first record does not look like a TLS handshake',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'first record does not look like a TLS handshake',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'protocol version not supported',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'protocol version not supported',
};

const messageOf = (error: Error & { readonly code?: unknown }): string =>
  typeof error.code === 'string' ? (words[error.code] ?? error.code) : 'handshake failure';
