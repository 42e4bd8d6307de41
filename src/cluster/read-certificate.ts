import { BitString, Constructed, fromBER, GeneralizedTime, Integer, ObjectIdentifier, Sequence, UTCTime } from 'asn1js';
import type { AsnType } from 'asn1js';
import type {
  CertificateFacts,
  CertificateFailure,
  ServerCertificate,
  TrustedCertificates,
} from '../domain/connection/certificate';
import { base64In, findCertificates, pemOf } from '../domain/connection/pem';
import type { PemProblem } from '../domain/connection/pem';
import { err, ok } from '../domain/result';
import type { Result } from '../domain/result';
import { isStrictDer } from './strict-der';

/** Names of the parts of a distinguished name that certificates have (RFC 4519). */
const parts: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** Reads the first certificate of a PEM text: names, validity, fingerprints. */
export const readCertificate = async (text: string): Promise<Result<ServerCertificate, CertificateFailure>> => {
  const found = findCertificates(text);
  const [first = ''] = found.ok ? found.value : [];
  const der = bytesOf(first);
  const facts = factsOf(der);
  if (!facts) return err({ code: 'Unreadable' });
  const [sha1, sha256] = await Promise.all([fingerprintOf('SHA-1', der), fingerprintOf('SHA-256', der)]);
  return ok({ pem: pemOf(base64Of(der)), ...facts, sha1, sha256 });
};

/**
 * Reads what somebody pasted, or a file: the certificates in it, written anew so that MTV can read them. A file may also be one
 * certificate in DER, and a text base64 of a PEM text, as `oc get secret` shows it, or of DER.
 */
export const readCertificates = (source: string | Uint8Array<ArrayBuffer>): Result<TrustedCertificates, PemProblem> => {
  if (typeof source !== 'string') return readFile(source);
  const found = findCertificates(source);
  if (found.ok) return readAll(found.value.map(bytesOf));
  const bare = found.error === 'CertificateNotPem' ? base64In(source) : undefined;
  return bare === undefined ? found : readFile(bytesOf(bare));
};

const readFile = (bytes: Uint8Array<ArrayBuffer>): Result<TrustedCertificates, PemProblem> => {
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) return err('CertificateIsArchive');
  // A sequence with a length of two bytes: DER of a certificate, of PKCS #7 or of PKCS #12.
  if (first === 0x30 && second === 0x82) return readAll([bytes]);
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const text = new TextDecoder(isUtf16 ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes);
  const found = findCertificates(text);
  return found.ok ? readAll(found.value.map(bytesOf)) : found;
};

const readAll = (ders: readonly Uint8Array<ArrayBuffer>[]): Result<TrustedCertificates, PemProblem> => {
  const read = ders.map((der) => ({ pem: pemOf(base64Of(der)), facts: factsOf(der) }));
  const certificates = read.flatMap(({ facts }) => facts ?? []);
  if (certificates.length < read.length) return err('CertificateDamaged');
  return ok({ pem: [...new Set(read.map(({ pem }) => pem))].join(''), certificates });
};

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const base64Of = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/**
 * What is read of a certificate, or `undefined` when it is none that Go would take (crypto/x509, parseCertificate): DER, a serial number
 * that is not negative, one signature algorithm inside and outside, times in full. Structure by RFC 5280 §4.1.
 */
const factsOf = (der: Uint8Array<ArrayBuffer>): CertificateFacts | undefined => {
  if (!isStrictDer(der)) return undefined;
  const { result } = fromBER(der);
  if (!(result instanceof Sequence)) return undefined;
  const [tbs, algorithm, signature, ...more] = result.valueBlock.value;
  if (
    !(tbs instanceof Sequence) ||
    !(algorithm instanceof Sequence) ||
    !(signature instanceof BitString) ||
    more.length > 0
  )
    return undefined;
  const fields = tbs.valueBlock.value;
  const [serial, inner, issuer, validity, subject, key] = isVersion(fields[0]) ? fields.slice(1) : fields;
  const isWhole =
    serial instanceof Integer &&
    ((serial.valueBlock.valueHexView[0] ?? 0x80) & 0x80) === 0 &&
    inner?.isEqual(algorithm) === true &&
    key instanceof Sequence;
  if (!isWhole || !(issuer instanceof Sequence) || !(validity instanceof Sequence) || !(subject instanceof Sequence))
    return undefined;
  const [notBefore, notAfter] = validity.valueBlock.value.map(timeOf);
  if (notBefore === undefined || notAfter === undefined) return undefined;
  return { subject: nameOf(subject), issuer: nameOf(issuer), notBefore, notAfter };
};

/** The version is optional, and tagged. */
const isVersion = (field: AsnType | undefined): boolean => field instanceof Constructed && !(field instanceof Sequence);

/** UTCTime and GeneralizedTime, both in UTC and to the second (RFC 5280 §4.1.2.5), as ISO 8601. */
const timeOf = (value: AsnType): string | undefined => {
  if (!(value instanceof GeneralizedTime || value instanceof UTCTime)) return undefined;
  const date = value.toDate();
  const isInFull = value.valueBlock.valueHexView.length === (value instanceof GeneralizedTime ? 15 : 13);
  return isInFull && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
};

/** A distinguished name, the most specific part first, as RFC 4514 writes it. */
const nameOf = (name: Sequence): string =>
  name.valueBlock.value
    .flatMap((set) => (set instanceof Constructed ? set.valueBlock.value : []))
    .flatMap((pair) => {
      if (!(pair instanceof Sequence)) return [];
      const [type, value] = pair.valueBlock.value;
      if (!(type instanceof ObjectIdentifier) || !value) return [];
      const id = type.getValue();
      return [`${parts[id] ?? id}=${textOf(value)}`];
    })
    .reverse()
    .join(', ');

const textOf = (value: AsnType): string => {
  const { valueBlock } = value as { valueBlock: { value?: unknown } };
  return typeof valueBlock.value === 'string' ? valueBlock.value : '?';
};

const fingerprintOf = async (algorithm: 'SHA-1' | 'SHA-256', der: Uint8Array<ArrayBuffer>): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest(algorithm, der))]
    .map((byte) => byte.toString(16).padStart(2, '0').toUpperCase())
    .join(':');
