import { plainEnglish } from '../translate';
import { readTestFailure } from './test-failure';

const post = (rest: string) => `Connection test, failed: Post "https://vcenter.example.com/sdk": ${rest}`;
const status = (rest: string) => `Connection test, failed: POST "/sdk": ${rest}`;
const tls = (rest: string) => `failed to create a secure TLS connection: ${rest}`;

const read = (message: string): string => {
  const { text, remedy } = readTestFailure(message);
  expect(remedy(plainEnglish)).toMatch(/^\w.*\.$/);
  return `${text(plainEnglish)} ${remedy(plainEnglish)}`;
};

describe('case 21: what MTV says of a failed connection', () => {
  test.each<[string, string, RegExp]>([
    ['503', status('503 Service Unavailable'), /not available \(503\).*Wait a few minutes/],
    ['502', status('502 Bad Gateway'), /server in front of it.*502 Bad Gateway.*load balancer/],
    [
      'connection reset',
      post('read tcp 10.0.0.2:41000->192.0.2.7:443: read: connection reset by peer'),
      /was cut.*restarting/,
    ],
    ['EOF', post('EOF'), /was cut/],
    ['unexpected EOF', post('unexpected EOF'), /was cut/],
    ['handshake failure', tls('remote error: tls: handshake failure'), /ended the TLS handshake.*ciphers/],
    [
      'TLS version, said by the server',
      tls('remote error: tls: protocol version not supported'),
      /TLS.*1\.2.*Enable TLS 1\.2/,
    ],
    ['TLS version, said by MTV', tls('tls: server selected unsupported protocol version 301'), /1\.2 or later/],
    ['no name in common', tls('remote error: tls: unrecognized name'), /no certificate for this name/],
    [
      'legacy Common Name',
      tls('tls: failed to verify certificate: x509: certificate relies on legacy Common Name field, use SANs instead'),
      /Common Name.*Subject Alternative Names/,
    ],
    [
      'negative serial',
      tls('tls: failed to parse certificate from server: x509: negative serial number'),
      /negative serial number.*Renew it/,
    ],
    ['malformed', tls('tls: failed to parse certificate from server: x509: malformed extension'), /not well formed/],
    [
      'SHA-1',
      tls(
        'x509: certificate signed by unknown authority (possibly because of "x509: cannot verify signature: insecure algorithm SHA1-RSA" while trying to verify candidate authority certificate "CA")',
      ),
      /no longer secure, such as SHA-1/,
    ],
    [
      'no permission',
      'Connection test, failed: ServerFaultCode: Permission to perform this operation was denied.',
      /accepts the password.*role.*propagate/,
    ],
    ['locked', 'Connection test, failed: ServerFaultCode: The account is locked', /locked this account.*Unlock it/],
    [
      'locked, as vCenter 8 says it',
      'ServerFaultCode: User account is locked. Please contact your administrator.',
      /locked this account/,
    ],
    ['expired password', 'ServerFaultCode: The password of user has expired.', /password of this user has expired/],
    [
      'another fault of vCenter',
      'Connection test, failed: ServerFaultCode: A general system error occurred',
      /^vCenter answers: A general system error occurred/,
    ],
    ['timeout', 'dial tcp 192.0.2.1:443: i/o timeout', /Nothing at this address answered in time.*firewall/],
    [
      'kernel timeout',
      'dial tcp 192.0.2.1:443: connect: connection timed out',
      /Nothing at this address answered in time/,
    ],
    [
      'refused',
      'dial tcp 192.0.2.1:443: connect: connection refused',
      /Nothing answers at this address\. Check the port/,
    ],
    [
      'no route',
      'dial tcp 192.0.2.1:443: connect: no route to host',
      /no route to that address.*nodes of this cluster/,
    ],
    ['unreachable', 'dial tcp 192.0.2.1:443: connect: network is unreachable', /no route to that address/],
    [
      'unknown name',
      'dial tcp: lookup vc.example on 10.0.0.10:53: no such host',
      /cannot resolve the name of the vCenter/,
    ],
    [
      'a DNS that times out is no vCenter that does',
      'dial tcp: lookup vc.example on 10.0.0.10:53: read udp 10.1.1.1:1->10.0.0.10:53: i/o timeout',
      /cannot resolve the name of the vCenter/,
    ],
    [
      'expired',
      'x509: certificate has expired or is not yet valid: current time 2026-11-29T10:00:00Z is after 2026-01-01T00:00:00Z',
      /certificate has expired\. Renew/,
    ],
    [
      'not yet valid',
      'x509: certificate has expired or is not yet valid: current time 2026-11-29T10:00:00Z is before 2027-01-01T00:00:00Z',
      /is not valid yet.*clocks/,
    ],
    [
      'other names',
      'x509: certificate is valid for vc.a.example, vc, not 192.0.2.1',
      /another name.*: vc\.a\.example, vc\./,
    ],
    [
      'an address without IP SAN',
      "x509: cannot validate certificate for 192.0.2.1 because it doesn't contain any IP SANs",
      /another name/,
    ],
    [
      'another objection',
      'tls: failed to verify certificate: x509: certificate specifies an incompatible key usage',
      /certificate was rejected: .*incompatible key usage/,
    ],
    ['404', status('404 Not Found'), /not the SDK/],
    ['401 before vCenter', status('401 Unauthorized'), /rejects MTV before vCenter asks/],
    ['403 before vCenter', status('403 Forbidden'), /rejects MTV before vCenter asks.*firewall/],
    ['a page', 'expected element type <Envelope> but have <html>', /The answer was a web page/],
    ['a redirect', status('302 Found'), /The answer was a web page/],
    ['http', 'http: server gave HTTP response to HTTPS client', /does not use https/],
    ['nothing known', 'Connection test, failed: out of cheese', /^The connection test failed: out of cheese Check/],
  ])('%s', (_, message, says) => {
    expect(read(message)).toMatch(says);
    expect(read(message)).not.toMatch(/proxy named|cluster's proxy/);
  });

  test.each<[string, string, RegExp]>([
    ['refused', 'proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused', /proxy does not answer/],
    ['timeout', 'proxyconnect tcp: dial tcp 10.0.0.1:3128: i/o timeout', /proxy does not answer/],
    [
      'reset',
      'proxyconnect tcp: read tcp 10.0.0.2:1->10.0.0.1:3128: connection reset by peer',
      /proxy does not answer/,
    ],
    [
      'no such host',
      'proxyconnect tcp: dial tcp: lookup proxy.example on 10.0.0.10:53: no such host',
      /name of the cluster's proxy cannot be resolved/,
    ],
    ['407', 'proxyconnect tcp: 407 Proxy Authentication Required', /user and a password/],
    ['407 in words, as Go says it', 'Proxy Authentication Required', /user and a password/],
    ['Forbidden', 'proxyconnect tcp: Forbidden', /does not allow/],
    ['Forbidden in words, as Go says it', 'Forbidden', /does not allow/],
    ['503 in words, as Go says it', 'Service Unavailable', /could not connect to vCenter/],
    [
      'certificate',
      'proxyconnect tcp: tls: failed to verify certificate: x509: certificate signed by unknown authority',
      /proxy is not secure.*trustedCA/,
    ],
    ['no TLS', 'proxyconnect tcp: tls: first record does not look like a TLS handshake', /proxy is not secure/],
    [
      'SOCKS',
      'socks connect tcp proxy:1080->vc:443: dial tcp 10.0.0.1:1080: connect: connection refused',
      /proxy does not answer/,
    ],
  ])("the cluster's proxy, %s: it is named, with noProxy, and vCenter is not blamed", (_, message, says) => {
    expect(read(post(message))).toMatch(says);
    expect(read(post(message))).toMatch(/noProxy/);
    expect(read(post(message))).toMatch(/^[^.]*cluster's proxy/);
  });
});
