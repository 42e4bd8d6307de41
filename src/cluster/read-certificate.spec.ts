import { X509Certificate } from 'node:crypto';
import { readCertificate } from './read-certificate';

const pem = `-----BEGIN CERTIFICATE-----
MIIB6DCCAY2gAwIBAgIUGbWulrd3sNa/G4CHqd+fFCvdgMcwCgYIKoZIzj0EAwIw
STEVMBMGCgmSJomT8ixkARkWBWxvY2FsMRIwEAYDVQQKDAlFeCwgYW1wbGUxHDAa
BgNVBAMME3ZjZW50ZXIuZXhhbXBsZS5jb20wHhcNMjYxMTI0MTMxODI3WhcNMzYx
MTIxMTMxODI3WjBJMRUwEwYKCZImiZPyLGQBGRYFbG9jYWwxEjAQBgNVBAoMCUV4
LCBhbXBsZTEcMBoGA1UEAwwTdmNlbnRlci5leGFtcGxlLmNvbTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABBMnESCDM6dk6DOYXGdAQHiCc7smTT8cZFp+ImzpFSS1
qkoTdlIxU817gxBrDBkZkcSHt9QS9OFtpaykgzv8lS+jUzBRMB0GA1UdDgQWBBR0
lsVSJSQiVBkw4vz/KmuAteZ0hzAfBgNVHSMEGDAWgBR0lsVSJSQiVBkw4vz/KmuA
teZ0hzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCMov3QIO8q
KmL2MSEmkSvgkEB2EA+tFzNvSBWsPQUwGwIhAP6wapZHCocqC/wDGndk6irBaHT+
rFPCoqpQUdiMlLEJ
-----END CERTIFICATE-----
`;

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
