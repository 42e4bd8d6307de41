import { BitString, Constructed, fromBER, GeneralizedTime, ObjectIdentifier, Sequence, UTCTime } from 'asn1js';
import type { AsnType } from 'asn1js';
import type { CertificateFailure, ServerCertificate } from '../domain/connection/certificate';
import { err, ok } from '../domain/result';
import type { Result } from '../domain/result';

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

/** Reads the first certificate of a PEM text: names, validity, fingerprints. ASN.1 by asn1js, structure by RFC 5280 §4.1. */
export const readCertificate = async (pem: string): Promise<Result<ServerCertificate, CertificateFailure>> => {
  const base64 = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem)?.[1];
  const der = base64 === undefined ? undefined : bytesOf(base64);
  const tbs = der && tbsOf(der);
  if (!der || !tbs) return err({ code: 'Unreadable' });
  const [issuer, validity, subject] = tbs;
  const [notBefore, notAfter] = validity.valueBlock.value.map(timeOf);
  if (notBefore === undefined || notAfter === undefined) return err({ code: 'Unreadable' });
  return ok({
    pem,
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    notBefore,
    notAfter,
    sha1: await fingerprintOf('SHA-1', der),
    sha256: await fingerprintOf('SHA-256', der),
  });
};

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> | undefined => {
  const compact = base64.replace(/\s/g, '');
  return compact.length % 4 === 0 ? Uint8Array.from(atob(compact), (character) => character.charCodeAt(0)) : undefined;
};

/** Issuer, validity and subject: what follows version (tagged, optional), serial number and signature algorithm. */
const tbsOf = (der: Uint8Array<ArrayBuffer>): [Sequence, Sequence, Sequence] | undefined => {
  const { result } = fromBER(der);
  if (!(result instanceof Sequence)) return undefined;
  const [tbs, , signature] = result.valueBlock.value;
  if (!(tbs instanceof Sequence) || !(signature instanceof BitString)) return undefined;
  const fields = tbs.valueBlock.value;
  const [issuer, validity, subject] = fields.slice(fields[0] instanceof Constructed && !(fields[0] instanceof Sequence) ? 3 : 2);
  return issuer instanceof Sequence && validity instanceof Sequence && subject instanceof Sequence
    ? [issuer, validity, subject]
    : undefined;
};

/** UTCTime and GeneralizedTime, both in UTC, as ISO 8601. */
const timeOf = (value: AsnType): string | undefined =>
  value instanceof GeneralizedTime || value instanceof UTCTime ? value.toDate().toISOString() : undefined;

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
