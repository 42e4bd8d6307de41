import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate and its key, both in PEM: what a TLS server needs. */
export interface ServedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority for specs, made anew for each. */
export interface TestAuthority {
  /** Its own certificate in PEM. */
  readonly ca: string;
  /** A certificate for this name or address. `days`: how long it is valid from yesterday on; negative: it has expired. */
  readonly issue: (host: string, days?: number) => ServedCertificate;
}

// X.509 in DER (RFC 5280, A.1), no more of it than a verifier asks for.
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const yes = der(0x01, Buffer.from([0xff]));

const nameOf = (common: string): Buffer =>
  sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(common)))));
const timeOf = (time: number): Buffer =>
  der(0x18, Buffer.from(new Date(time).toISOString().replace(/[-:T]|\.\d+/g, '')));
const extension = (last: number, critical: boolean, value: Uint8Array): Buffer =>
  sequence(oid(0x55, 0x1d, last), ...(critical ? [yes] : []), der(0x04, value));

const day = 24 * 3600 * 1000;

interface Content {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly days: number;
  readonly extensions: readonly Uint8Array[];
}

const issuer = 'Test authority';
let serial = 0;

const certificateOf = ({ subject, publicKey, signer, days, extensions }: Content): string => {
  const begin = Date.now() - day;
  serial += 1;
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, serial])),
    ecdsaWithSha256,
    nameOf(issuer),
    sequence(timeOf(Math.min(begin, begin + (days - 1) * day)), timeOf(begin + days * day)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, signer));
  const base64 = sequence(content, ecdsaWithSha256, signature).toString('base64');
  // OpenSSL takes no empty line, also where the last one is full.
  return ['-----BEGIN CERTIFICATE-----', ...(base64.match(/.{1,64}/g) ?? []), '-----END CERTIFICATE-----', ''].join(
    '\n',
  );
};

const keys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** An authority that nobody trusts yet. */
export const testAuthority = (): TestAuthority => {
  const own = keys();
  const isAuthority = extension(0x13, true, sequence(yes));
  return {
    ca: certificateOf({
      subject: issuer,
      publicKey: own.publicKey,
      signer: own.privateKey,
      days: 3,
      extensions: [isAuthority],
    }),
    issue: (host, days = 3) => {
      const { publicKey, privateKey } = keys();
      const alternative =
        isIP(host) === 4 ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
      const extensions = [extension(0x11, false, sequence(alternative))];
      return {
        cert: certificateOf({ subject: host, publicKey, signer: own.privateKey, days, extensions }),
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
};
