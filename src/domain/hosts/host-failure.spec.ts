import type { ConvergeFailure } from '../converge';
import type { ClusterFailure } from '../failure';
import { plainEnglish as t } from '../translate';
import { hostFailureText, readHostFailure } from './host-failure';
import type { HostProblem } from './plan-host';

const refused = (message: string, code: ClusterFailure['code'] = 'Rejected'): ConvergeFailure<HostProblem> => ({
  code: 'WriteFailed',
  change: { verb: 'create', kind: 'secrets', name: 'vc-host-1-config-credentials', namespace: 'mtv' },
  failure: { code, message, kind: 'secrets', verb: 'create' },
});
const saysOf = (failure: ConvergeFailure<HostProblem>) => hostFailureText(t, '10.1.0.1', readHostFailure(failure));

test.each([
  ['Cannot complete login due to an incorrect user name or password.', 'WrongCredentials', /rejected the user/],
  ['ServerFaultCode: Permission to perform this operation was denied.', 'LockedDown', /lockdown mode/],
  [
    "tls: failed to verify certificate: x509: cannot validate certificate for 10.1.0.1 because it doesn't contain any IP SANs",
    'BareAddress',
    /reaches the host at 10\.1\.0\.1, and the certificate of the host does not name that address/,
  ],
  ['x509: certificate is valid for 10.9.9.9, not 10.1.0.1', 'BareAddress', /does not name that address/],
  [
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'Untrusted',
    /unknown authority/,
  ],
  ['Post "https://10.1.0.1/sdk": dial tcp 10.1.0.1:443: connect: connection refused', 'NoAnswer', /Nothing answers at/],
  ['Post "https://10.1.0.1/sdk": context deadline exceeded', 'NoAnswer', /Nothing answers at 10\.1\.0\.1/],
  ['dial tcp 10.1.0.1:443: connect: no route to host', 'NoAnswer', /ports 443 and 902/],
  ['Post "https://10.1.0.1/sdk": EOF', 'NoAnswer', /Nothing answers at/],
  ['503 Service Unavailable', 'Other', /refused Secret .*: 503 Service Unavailable$/],
])('%s', (message, code, says) => {
  const failure = refused(message);
  expect(readHostFailure(failure).code).toBe(code);
  expect(saysOf(failure)).toMatch(says);
});

test('a webhook of MTV that does not end means that nothing answers', () => {
  const failure = refused('failed calling webhook "secret-validate.forklift.konveyor": timed out', 'WebhookTimeout');
  expect(saysOf(failure)).toMatch(/Nothing answers at/);
});

test.each([
  [refused('label team is required'), /label team/],
  [refused('', 'Forbidden'), /not permitted to create Secret/],
  [{ code: 'Refused', problem: { code: 'HostTaken', name: 'h' } } as const, /^Host h already exists/],
  [{ code: 'Refused', problem: { code: 'NoCredentials', name: 'h' } } as const, /^h has no stored credentials/],
])('what is no try of MTV keeps its own words', (failure, says) => {
  expect(readHostFailure(failure).code).toBe('Other');
  expect(saysOf(failure)).toMatch(says);
});

test.each([
  [{ code: 'CertificateFailed', failure: { code: 'ServerFailed', message: 'dial' } } as const, /Nothing answers at/],
  [{ code: 'CertificateFailed', failure: { code: 'Forbidden' } } as const, /cannot be asked/],
  [{ code: 'OtherCertificate', shown: 'AA', known: 'BB' } as const, /shows the certificate AA, and vCenter .* BB/],
  [{ code: 'NotComparable', shown: 'AA' } as const, /its certificate AA cannot be compared/],
])('%j', (failure, says) => {
  expect(hostFailureText(t, '10.1.0.1', failure)).toMatch(says);
});
