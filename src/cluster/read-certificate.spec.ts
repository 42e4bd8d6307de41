import { X509Certificate } from 'node:crypto';
import { vcenterCertificate as pem } from '../testing/vcenter-certificate';
import { readCertificate } from './read-certificate';

describe('readCertificate', () => {
  test('reads what Node reads', async () => {
    const node = new X509Certificate(pem);
    const read = await readCertificate(pem);
    expect(read).toEqual({
      ok: true,
      value: {
        pem,
        subject: 'CN=vcenter.example.com, O=Ex, ample, DC=local',
        issuer: 'CN=vcenter.example.com, O=Ex, ample, DC=local',
        notBefore: new Date(node.validFrom).toISOString(),
        notAfter: new Date(node.validTo).toISOString(),
        sha1: node.fingerprint,
        sha256: node.fingerprint256,
      },
    });
  });

  test.each([
    ['nothing', ''],
    ['a page instead of a certificate', '<html></html>'],
    ['base64 of something else', '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----'],
    ['base64 that is cut', '-----BEGIN CERTIFICATE-----\nMIIBr\n-----END CERTIFICATE-----'],
    ['a certificate cut in the middle', pem.replace(/\n[^\n]+\n[^\n]+\n-----END/, '\n-----END')],
  ])('%s is unreadable', async (_, text) => {
    expect(await readCertificate(text)).toEqual({ ok: false, error: { code: 'Unreadable' } });
  });
});
