import { plainEnglish } from '../translate';
import type { CertificateFailure, ServerCertificate } from './certificate';
import { certificateFailureText, readValidity } from './certificate';

const certificate: ServerCertificate = {
  pem: '',
  subject: '',
  issuer: '',
  notBefore: '2025-01-31T10:00:00.000Z',
  notAfter: '2027-01-31T10:00:00.000Z',
  sha1: '',
  sha256: '',
};

test.each([
  ['2025-01-31T09:59:59.999Z', 'early'],
  ['2025-01-31T10:00:00.000Z', 'valid'],
  ['2027-01-31T10:00:00.000Z', 'valid'],
  ['2027-01-31T10:00:00.001Z', 'expired'],
])('at %s it is %s', (now, expected) => {
  expect(readValidity(certificate, now)).toBe(expected);
});

test.each<[CertificateFailure, RegExp]>([
  [
    { code: 'ServerFailed', message: 'dial tcp 127.0.0.1:1: connect: connection refused' },
    /Nothing answers at this address\. Check the port/,
  ],
  [
    { code: 'ServerFailed', message: 'dial tcp: lookup vcenter.invalid: no such host' },
    /cluster cannot resolve the name/,
  ],
  [{ code: 'ServerFailed', message: 'something new' }, /something new/],
  [{ code: 'Forbidden' }, /not permitted/],
  [{ code: 'SessionExpired' }, /Sign in again/],
  [{ code: 'Unreachable' }, /did not answer/],
  [{ code: 'ServiceAbsent' }, /cannot reach/],
  [{ code: 'Unreadable' }, /cannot be read/],
])('%p is said in words', (failure, expected) => {
  expect(certificateFailureText(plainEnglish, failure)).toMatch(expected);
});
