import type { Result } from '../result';
import { err, ok } from '../result';
import type { Translate } from '../translate';

/** Why a text or file holds no certificate that can be used. */
export type PemProblem =
  | 'CertificateEmpty'
  | 'CertificateNotPem'
  | 'CertificateDamaged'
  | 'CertificateIsKey'
  | 'CertificateIsRequest'
  | 'CertificateIsRevocationList'
  | 'CertificateIsBundle'
  | 'CertificateIsArchive';

/** Whether a text has a private key of any kind: it is taken nowhere, not even into the field. */
export const holdsPrivateKey = (text: string): boolean => /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text);

const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;

/** Labels under which tools have written certificates; Go takes only the first. */
const certificateLabels = ['CERTIFICATE', 'X509 CERTIFICATE'];

/**
 * The certificates of a text, each as base64 without white space. Everything around and between them is left out: what openssl prints
 * before them, bag attributes, comments, revocation lists. Lost and added line breaks, indents, quote marks of mail, a byte order mark and
 * line breaks written as `\n` do no harm. Whether what is inside is a certificate, only a parser knows.
 */
export const findCertificates = (text: string): Result<readonly string[], PemProblem> => {
  const plain = text.replace(/[\uFEFF\u200B-\u200D\u2060]/g, '').replace(/\\r?\\n|\\n|\\r/g, '\n');
  if (plain.trim() === '') return err('CertificateEmpty');
  if (holdsPrivateKey(plain)) return err('CertificateIsKey');
  const blocks = [...plain.matchAll(block)].map(([, label = '', body = '']) => ({ label, body: base64In(body) }));
  const certificates = blocks.filter(({ label }) => certificateLabels.includes(label));
  const begun = [...plain.matchAll(/-----BEGIN (?:X509 )?CERTIFICATE-----/g)].length;
  if (begun > certificates.length || certificates.some(({ body }) => body === undefined))
    return err('CertificateDamaged');
  if (certificates.length > 0) return ok(certificates.flatMap(({ body }) => body ?? []));
  return err(instead(blocks.map(({ label }) => label)));
};

/** What a text without certificates holds instead. */
const instead = (labels: readonly string[]): PemProblem => {
  if (labels.some((label) => label.endsWith('CERTIFICATE REQUEST'))) return 'CertificateIsRequest';
  if (labels.includes('X509 CRL')) return 'CertificateIsRevocationList';
  return labels.some((label) => ['PKCS7', 'CMS'].includes(label)) ? 'CertificateIsBundle' : 'CertificateNotPem';
};

/** Base64 without what mails, editors and PEM's own headers put between; `undefined` when something else is in it. */
export const base64In = (body: string): string | undefined => {
  const compact = body
    .split('\n')
    .filter((line) => !line.includes(':'))
    .map((line) => line.replace(/^[\s>]+/, ''))
    .join('')
    .replace(/\s/g, '');
  return compact !== '' && compact.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(compact) ? compact : undefined;
};

/** One certificate as every tool writes it: 64 characters a line. */
export const pemOf = (base64: string): string =>
  ['-----BEGIN CERTIFICATE-----', ...(base64.match(/.{1,64}/g) ?? []), '-----END CERTIFICATE-----', ''].join('\n');

/** What a text or file holds instead of a certificate, and what to do. None of it is quoted: it may be a key. */
export const pemProblemText = (t: Translate, problem: PemProblem): string => {
  switch (problem) {
    case 'CertificateEmpty':
      return t('Paste the certificate of the vCenter or of the authority that signed it, or choose not to verify it.');
    case 'CertificateNotPem':
      return t(
        'This is not a certificate in PEM format, which begins with -----BEGIN CERTIFICATE----- and ends with -----END CERTIFICATE-----.',
      );
    case 'CertificateDamaged':
      return t(
        'This contains a certificate that neither this page nor MTV can read. Part of it is missing, changed or not valid. Copy it again, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, or renew it.',
      );
    case 'CertificateIsKey':
      return t('This contains a private key, so it was not accepted. Enter only the certificate.');
    case 'CertificateIsRequest':
      return t('This is a request for a certificate. Enter the certificate that was issued for it.');
    case 'CertificateIsRevocationList':
      return t('This is a list of revoked certificates. Enter the certificate of the authority that signed it.');
    case 'CertificateIsBundle':
      return t('This is a PKCS #7 bundle. Extract the certificates with openssl pkcs7 -print_certs.');
    case 'CertificateIsArchive':
      return t(
        'This is a ZIP archive, such as vCenter offers for download. Unpack it and choose a file of certs/lin that ends in .0.',
      );
  }
};
