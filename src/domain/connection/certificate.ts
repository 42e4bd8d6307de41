import type { Text, Translate } from '../translate';
import { explainTestFailure } from './provider-texts';

/** What a certificate says. Times are ISO 8601 in UTC. */
export interface CertificateFacts {
  /** Distinguished names, the most specific part first: "CN=vcenter.example.com, O=Example". */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** Certificates that somebody gave, written so that MTV reads them: PEM, nothing between them. */
export interface TrustedCertificates {
  readonly pem: string;
  readonly certificates: readonly CertificateFacts[];
}

/** The certificate a server shows, and what a person compares it by. Fingerprints are upper-case hex with colons. */
export interface ServerCertificate extends CertificateFacts {
  readonly pem: string;
  /** SHA-1 is what vSphere shows as thumbprint, and what MTV writes as `status.fingerprint`. */
  readonly sha1: string;
  readonly sha256: string;
}

/**
 * Why there is no certificate to show. `ServerFailed` carries the dial or TLS error of MTV's attempt; `NoAnswer`: MTV's attempt had no
 * end after so many seconds; `ServiceAbsent`: this console has no way to MTV's service; `Unreadable`: what came is no X.509 certificate.
 */
export type CertificateFailure =
  | { readonly code: 'ServerFailed'; readonly message: string }
  | { readonly code: 'NoAnswer'; readonly seconds: number }
  | { readonly code: 'Cancelled' }
  | { readonly code: 'Forbidden' | 'SessionExpired' | 'Unreachable' | 'ServiceAbsent' | 'Unreadable' };

/** Whether a certificate may be used now. `now` is ISO 8601 in UTC like the certificate's own times, so texts compare as times. */
export const readValidity = ({ notBefore, notAfter }: CertificateFacts, now: string): 'valid' | 'expired' | 'early' => {
  if (now > notAfter) return 'expired';
  return now < notBefore ? 'early' : 'valid';
};

/** Why fetching failed, and what to do. */
export const certificateFailureText = (t: Translate, failure: CertificateFailure): string => {
  switch (failure.code) {
    case 'ServerFailed':
      return explainTestFailure(t, failure.message);
    case 'NoAnswer':
      return noAnswerText(t, failure.seconds);
    case 'Cancelled':
      return t('Cancelled.');
    case 'Forbidden':
      return t("You are not permitted to use MTV's certificate service. Paste the certificate instead.");
    case 'SessionExpired':
      return t('Your session has expired. Sign in again, then retry.');
    case 'Unreachable':
      return t("MTV's certificate service did not answer. Retry, or paste the certificate.");
    case 'ServiceAbsent':
      return t("This console cannot reach MTV's certificate service. Paste the certificate instead.");
    case 'Unreadable':
      return t('The certificate of the server cannot be read. Paste the certificate instead.');
  }
};

/** What is known of a server that leaves the cluster without an answer: packets dropped on the way, or a server that hangs. */
export const noAnswerText = (t: Translate, seconds: number): string =>
  t(
    "The cluster got no answer from that address within {{seconds}} s. Check the address and the port. A firewall may be dropping the cluster's packets, or vCenter may be hanging.",
    { seconds },
  );

/** What speaks against a certificate that was fetched. */
export const validityText: Readonly<Record<'expired' | 'early', Text>> = {
  expired: (t) => t('This certificate has expired: MTV will refuse it. Renew it in vCenter.'),
  early: (t) => t('This certificate is not valid yet. Compare the clocks of vCenter and your computer.'),
};
