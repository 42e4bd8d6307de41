import { X509Certificate } from 'node:crypto';
import { createServer as createPlainServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:tls';
import { explainTestFailure } from '../domain/connection/provider-texts';
import { plainEnglish } from '../domain/translate';
import { testAuthority } from '../testing/test-authority';
import { fetchCertificate, fingerprintOf } from './node-certificate';

const { issue } = testAuthority();
const servers: Server[] = [];

const listening = async (server: Server): Promise<string> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${String((server.address() as AddressInfo).port)}/sdk`;
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

test.each<[string, number]>([
  ['of an authority that nobody trusts', 10],
  ['that has expired', -1],
])('a certificate %s is shown, with its fingerprint, and nothing is sent', async (_, days) => {
  const { cert, key } = issue('vcenter.example.com', days);
  let received = 0;
  const url = await listening(
    createServer({ cert, key }, (socket) => {
      socket.on('data', (data: Buffer) => {
        received += data.length;
      });
      socket.on('error', () => undefined);
    }),
  );
  const shown = await fetchCertificate(url);
  const { raw, fingerprint256 } = new X509Certificate(cert);
  expect(shown).toMatchObject({ ok: true, value: { sha256: fingerprint256 } });
  expect(shown.ok && new X509Certificate(shown.value.pem).raw.equals(raw)).toBe(true);
  expect(received).toBe(0);
});

test.each<[string, () => Promise<string>, string]>([
  ['nothing that listens', () => Promise.resolve('https://127.0.0.1:1/sdk'), 'Nothing answers at this address.'],
  ['a server without TLS', () => listening(createPlainServer()), 'it does not use https'],
  [
    'a name that does not exist',
    () => Promise.resolve('https://vcenter.invalid/sdk'),
    'This cluster cannot resolve the name of the vCenter.',
  ],
])('of %s it is said what is wrong', async (_, prepare, expected) => {
  const shown = await fetchCertificate(await prepare());
  const message = !shown.ok && shown.error.code === 'ServerFailed' ? shown.error.message : '';
  expect(explainTestFailure(plainEnglish, message)).toContain(expected);
});

test.each<[string, string, boolean]>([
  ['a certificate', issue('x').cert, true],
  ['nothing', '', false],
])('the fingerprint of %s', (_, pem, isThere) => {
  expect(fingerprintOf(pem) !== undefined).toBe(isThere);
});
