import { X509Certificate } from 'node:crypto';
import { plainEnglish } from '../domain/translate';
import { pemProblemText } from '../domain/connection/pem';
import { vcenterCertificate as leaf } from '../testing/vcenter-certificate';
import { readCertificates } from './read-certificate';

const root = `-----BEGIN CERTIFICATE-----
MIIBpzCCAU2gAwIBAgIUQcDcaP5+XOoAioD7itt5qzLV5e4wCgYIKoZIzj0EAwIw
KTEQMA4GA1UECgwHRXhhbXBsZTEVMBMGA1UEAwwMRXhhbXBsZSBSb290MB4XDTI2
MTEyOTEyMDAwN1oXDTM2MTEyNjEyMDAwN1owKTEQMA4GA1UECgwHRXhhbXBsZTEV
MBMGA1UEAwwMRXhhbXBsZSBSb290MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
+iZkgxJDGYadAuVmBBkDrdrRrF0U9h8uUzCIEDntcNdxqtUwEOfGnu/UnUvENlgC
FTk/pH67ptDM1iGy+FgXxKNTMFEwHQYDVR0OBBYEFPlJh84YmOo3QkY0BiLOorJx
lKePMB8GA1UdIwQYMBaAFPlJh84YmOo3QkY0BiLOorJxlKePMA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgJf2EQ6sn8eSYMxxE10xhRQumGQF7i9TW
A7Xouf7Ro3YCIQD07/AoE261aibPS5NhhrTfurTHcKZTiGi+R9B+tSrbmQ==
-----END CERTIFICATE-----
`;
const lines = leaf.split('\n').slice(1, -2);
const crl = '-----BEGIN X509 CRL-----\nMIIBgjBsAgEBMA0GCSqGSIb3DQEBCwUA\n-----END X509 CRL-----\n';
const block = (label: string) => `-----BEGIN ${label}-----\nMIIBgjBs\n-----END ${label}-----\n`;
const der = (pem: string) => Uint8Array.from(new X509Certificate(pem).raw);
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'utf8'));
const utf16 = (text: string) => Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
const asPem = (raw: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(raw).toString('base64')}\n-----END CERTIFICATE-----\n`;
/** The certificate with some bytes changed: its signature is wrong then, which no parser looks at. */
const changed = (change: (raw: Uint8Array) => void) => {
  const raw = der(leaf);
  change(raw);
  return asPem(raw);
};
/** Where the serial number begins: behind two sequences and the version. */
const serialAt = 15;

const openssl = `Certificate:
    Data:
        Version: 1 (0x0)
        Serial Number:
            78:89:37:35
    Signature Algorithm: sha256WithRSAEncryption
`;
const client = `CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = vcenter.example.com\n   i:CN = Example Root\n${leaf} 1 s:CN = Example Root\n${root}---\nServer certificate\nsubject=CN = vcenter.example.com\n---\n`;

describe('case 9: whatever certificates are pasted as, what is stored is what Go reads', () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ['as it should be', leaf, leaf],
    ['several, in their order', root + leaf, root + leaf],
    ['one twice', leaf + leaf, leaf],
    ["openssl's text before it", openssl + leaf, leaf],
    ['bag attributes', `Bag Attributes\n    friendlyName: vcenter\nsubject=CN = x\n${leaf}\n${root}`, leaf + root],
    ["openssl s_client's output", client, leaf + root],
    ['comments', `${leaf}# our root:\n${root}`, leaf + root],
    ['a revocation list behind', root + crl, root],
    ['one line', leaf.replaceAll('\n', ' '), leaf],
    ['no line breaks at all', leaf.replaceAll('\n', ''), leaf],
    ['a byte order mark', `\uFEFF${leaf}`, leaf],
    ['an indent', leaf.replace(/^/gm, '    '), leaf],
    ['tabs and trailing spaces', leaf.replaceAll('\n', ' \t\n\t'), leaf],
    ['Windows line breaks', leaf.replaceAll('\n', '\r\n'), leaf],
    ['old Mac line breaks', leaf.replaceAll('\n', '\r'), leaf],
    ['no last line break', leaf.trimEnd(), leaf],
    ['glued together', leaf.trimEnd() + root, leaf + root],
    ['other line lengths', asPem(der(leaf)), leaf],
    ['line breaks as JSON writes them', JSON.stringify({ ca: leaf }), leaf],
    ['quoted in a mail', leaf.replace(/^/gm, '> '), leaf],
    ['an older label', leaf.replaceAll('CERTIFICATE', 'X509 CERTIFICATE'), leaf],
    ["a Secret's base64 of it", Buffer.from(leaf + root).toString('base64'), leaf + root],
    ['base64 without first and last line', lines.join('\n'), leaf],
    ['a text file', bytes(client), leaf + root],
    ['a text file of Windows (UTF-16)', utf16(leaf), leaf],
    ['a DER file', der(leaf), leaf],
  ])('%s', (_, source, expected) => {
    const read = readCertificates(source);
    expect(read).toMatchObject({ ok: true, value: { pem: expected } });
  });

  test('names, signers and dates are those that Node reads', () => {
    const read = readCertificates(client);
    const node = [leaf, root].map((pem) => new X509Certificate(pem));
    expect(read.ok && read.value.certificates.map(({ notBefore, notAfter }) => [notBefore, notAfter])).toEqual(
      node.map(({ validFrom, validTo }) => [validFrom, validTo].map((time) => new Date(time).toISOString())),
    );
    expect(read.ok && read.value.certificates[1]).toMatchObject({
      subject: 'CN=Example Root, O=Example',
      issuer: 'CN=Example Root, O=Example',
    });
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ['nothing', ' \n', 'CertificateEmpty'],
    ['something else', 'trust me', 'CertificateNotPem'],
    ['a page', '<html></html>', 'CertificateNotPem'],
    ['base64 of something else', asPem(bytes('MIIB')), 'CertificateDamaged'],
    ['a lost line', leaf.replace(`${lines[2] ?? ''}\n`, ''), 'CertificateDamaged'],
    ['a lost end', leaf.slice(0, -30), 'CertificateDamaged'],
    ['a second one without its end', leaf + root.slice(0, 100), 'CertificateDamaged'],
    ['a character changed for another', leaf.replace('MIIB', 'MIIÄ'), 'CertificateDamaged'],
    ['something behind it inside', asPem(Uint8Array.from([...der(leaf), 0])), 'CertificateDamaged'],
    ['a negative serial number', changed((raw) => (raw[serialAt] = 0x99)), 'CertificateDamaged'],
    ['another signature algorithm outside', changed((raw) => (raw[raw.length - 76] = 0x03)), 'CertificateDamaged'],
    ['BER instead of DER', changed((raw) => (raw[1] = 0x80)), 'CertificateDamaged'],
    ['a key beside it', `${leaf}-----BEGIN RSA PRIVATE KEY-----\n`, 'CertificateIsKey'],
    ['a key of OpenSSH', block('OPENSSH PRIVATE KEY'), 'CertificateIsKey'],
    ['a request', block('CERTIFICATE REQUEST'), 'CertificateIsRequest'],
    ['a revocation list alone', crl, 'CertificateIsRevocationList'],
    ['PKCS #7', block('PKCS7'), 'CertificateIsBundle'],
    ["vCenter's download", Uint8Array.from([0x50, 0x4b, 3, 4]), 'CertificateIsArchive'],
    ['a file of something else', Uint8Array.from([0x30, 0x82, 0, 1, 0]), 'CertificateDamaged'],
  ])('%s is refused in words', (_, source, expected) => {
    const read = readCertificates(source);
    expect(read).toEqual({ ok: false, error: expected });
    if (!read.ok) expect(pemProblemText(plainEnglish, read.error)).toMatch(/^[A-Z].*\.$/);
  });
});
