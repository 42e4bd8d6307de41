import type { DownloadFailure } from '../../domain/vddk/download-failure';

// OpenSSL's words, which Node passes on as codes (nodejs.org/docs/latest-v20.x/api/tls.html, "X509 certificate error codes").
const unknown: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'CERT_SIGNATURE_FAILURE',
]);
const invalid: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The system's or OpenSSL's word for what happened, never its sentence, which may quote an address. */
export const wordOf = (error: unknown): string => {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : 'no reason known';
};

/** Why a connection to a host did not come about, or did not bring an answer. */
export const transportFailure = (error: unknown, host: string): DownloadFailure => {
  const reason = wordOf(error);
  if (reason === 'ENOTFOUND' || reason === 'EAI_AGAIN') return { code: 'NameUnknown', host };
  if (unknown.has(reason)) return { code: 'CertificateUnknown', host, reason };
  if (invalid.has(reason)) return { code: 'CertificateInvalid', host, reason };
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/.test(reason)) return { code: 'TlsFailed', host, reason };
  return { code: 'Unreachable', host, reason };
};
