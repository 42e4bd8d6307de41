import type { Text, Translate } from '../translate';

/** What a failed try to reach a vCenter means, and what to do. `text` gets the message, for what only the message can say. */
interface TestFailure {
  readonly message: RegExp;
  readonly text: (t: Translate, message: string) => string;
  readonly remedy: (t: Translate, message: string) => string;
}

/** Go says `proxyconnect` of the way to a proxy, and only a status in words, without its number, when a proxy will not connect. */
const proxy = String.raw`(?:proxyconnect|socks connect) .*`;
const proxyAnswers = (words: string) =>
  new RegExp(String.raw`(?:proxyconnect .*|(?:Post|Get|Head) "[^"]*": )(?:${words})\s*$`, 's');
const withoutProxy: Text = (t) =>
  t(
    'Correct httpsProxy in the Proxy named cluster, or add the vCenter to its noProxy if this cluster reaches it directly.',
  );

/**
 * The cluster's proxy, before everything that says the same of vCenter itself: MTV's pods go through it unless noProxy has the vCenter.
 */
const ofProxy: readonly TestFailure[] = [
  {
    message: /407|Proxy Authentication Required/i,
    text: (t) => t("The cluster's proxy wants a user and a password before it connects to vCenter."),
    remedy: withoutProxy,
  },
  {
    message: proxyAnswers('Forbidden'),
    text: (t) => t("The cluster's proxy does not allow the connection to vCenter."),
    remedy: (t) =>
      t(
        'Allow it in the proxy, or add the vCenter to noProxy in the Proxy named cluster if this cluster reaches it directly.',
      ),
  },
  {
    message: proxyAnswers(
      'Bad Gateway|Service Unavailable|Gateway Time-?out|Not Found|Bad Request|Method Not Allowed|Internal Server Error',
    ),
    text: (t) => t("The cluster's proxy could not connect to vCenter."),
    remedy: (t) =>
      t('Check the address. If this cluster reaches vCenter directly, add it to noProxy in the Proxy named cluster.'),
  },
  {
    message: new RegExp(`${proxy}(lookup |no such host|server misbehaving)`, 's'),
    text: (t) => t("The name of the cluster's proxy is not known to this cluster."),
    remedy: withoutProxy,
  },
  {
    message: new RegExp(`${proxy}(x509|tls: )`, 's'),
    text: (t) => t("The connection to the cluster's proxy is not secure: its certificate or its protocol is refused."),
    remedy: (t) =>
      t(
        'Check httpsProxy and trustedCA in the Proxy named cluster, or add the vCenter to its noProxy if this cluster reaches it directly.',
      ),
  },
  {
    message: new RegExp(proxy, 's'),
    text: (t) => t("The cluster's proxy does not answer, so vCenter was not asked."),
    remedy: withoutProxy,
  },
];

const ofCertificate: readonly TestFailure[] = [
  {
    message: /insecure algorithm/,
    text: (t) => t("vCenter's certificate is signed in a way that is no longer secure, such as SHA-1."),
    remedy: (t) => t('Renew it in vCenter, and the certificate of its authority as well.'),
  },
  {
    message: /signed by unknown authority/,
    text: (t) => t('The certificate you gave did not sign the one vCenter shows.'),
    remedy: (t) => t("Paste vCenter's own certificate or that of the authority that signed it."),
  },
  {
    message: /is not yet valid: current time \S+ is before/,
    text: (t) => t("vCenter's certificate is not valid yet."),
    remedy: (t) => t('Compare the clocks of vCenter and of this cluster.'),
  },
  {
    message: /certificate has expired/,
    text: (t, message) =>
      message.includes(' is after ')
        ? t("vCenter's certificate has expired.")
        : t("vCenter's certificate has expired or is not valid yet."),
    remedy: (t) => t('Renew it in vCenter, and compare the clocks of vCenter and this cluster.'),
  },
  {
    message: /legacy Common Name/,
    text: (t) => t("vCenter's certificate has its name only in the Common Name, which is no longer accepted."),
    remedy: (t) => t('Renew it in vCenter, so that its names are Subject Alternative Names.'),
  },
  {
    message: /certificate is (valid for|not valid for any names)|doesn't contain any IP SANs/,
    text: (t) => t("vCenter's certificate is made out for another name."),
    remedy: (t, message) => {
      const [, names] = /certificate is valid for (.+), not /.exec(message) ?? [];
      return names === undefined
        ? t('Use the name that stands in the certificate.')
        : t('Use the name that stands in the certificate: {{names}}.', { names });
    },
  },
  {
    message:
      /negative serial number|failed to parse certificate|x509: (malformed|invalid|certificate contains duplicate)/,
    text: (t, message) =>
      message.includes('negative serial')
        ? t("vCenter's certificate has a negative serial number, which MTV does not accept.")
        : t("vCenter's certificate is not well formed, so MTV does not accept it."),
    remedy: (t) => t('Renew it in vCenter.'),
  },
  {
    message: /x509: /,
    text: (t, message) => t("vCenter's certificate was refused: {{message}}", { message: plain(message) }),
    remedy: (t) => t('Renew it in vCenter, or paste the certificate of the authority that signed it.'),
  },
];

const ofTls: readonly TestFailure[] = [
  {
    message: /does not look like a TLS handshake|server gave HTTP response to HTTPS/,
    text: (t) => t('A server answers at this address, but it does not speak https.'),
    remedy: (t) => t("Check the port: vCenter's is 443."),
  },
  {
    message: /protocol version/,
    text: (t) => t('The server speaks only versions of TLS that MTV does not: it needs 1.2 or later.'),
    remedy: (t) => t('Switch TLS 1.2 on in vCenter, or in what stands before it, and check the address.'),
  },
  {
    message: /unrecognized name/,
    text: (t) => t('The server has no certificate for this name.'),
    remedy: (t) => t('Enter the name that stands in the certificate of the vCenter.'),
  },
  {
    message: /bad certificate|certificate required/,
    text: (t) => t('The server wants a certificate of its client, which vCenter does not.'),
    remedy: (t) => t('Check the address: a load balancer or firewall may stand before vCenter.'),
  },
  {
    message: /handshake failure|no cipher suite|insufficient security|remote error: tls/,
    text: (t) => t('The server broke the TLS handshake off: they have no way to encrypt in common.'),
    remedy: (t) => t('Check the address, and which versions and ciphers of TLS the vCenter allows.'),
  },
];

const ofNetwork: readonly TestFailure[] = [
  {
    message: /\blookup \S+|no such host|server misbehaving/,
    text: (t) => t('The name of the vCenter is not known to this cluster.'),
    remedy: (t) => t("Check the spelling, and whether the cluster's DNS knows the name."),
  },
  {
    message: /connection refused/,
    text: (t) => t('Nothing answers at this address.'),
    remedy: (t) => t('Check the port, and whether a firewall lets this cluster reach it.'),
  },
  {
    message: /i\/o timeout|handshake timeout|deadline exceeded|Client\.Timeout|connection timed out/,
    text: (t) => t('Nothing answers at this address in time.'),
    remedy: (t) =>
      t(
        'Check the address and the port. A firewall between this cluster and vCenter may drop what the cluster sends, or vCenter hangs.',
      ),
  },
  {
    message: /no route to host|network is unreachable|host is down/,
    text: (t) => t('This cluster has no way to that address.'),
    remedy: (t) => t('Check the address, and the route from the nodes of this cluster to the network of the vCenter.'),
  },
  {
    message: /connection reset|broken pipe|connection aborted|\bEOF\s*$/,
    text: (t) => t('The connection was cut while MTV waited for an answer.'),
    remedy: (t) =>
      t(
        'vCenter may be restarting: wait a few minutes. If it lasts, look for a firewall or load balancer that cuts connections.',
      ),
  },
];

const ofAnswer: readonly TestFailure[] = [
  {
    message: /sdkEndpoint is set to/,
    text: (t) =>
      t('The address belongs to the other kind of server: a vCenter where an ESXi host was expected, or the reverse.'),
    remedy: (t) => t('Enter the address of the vCenter.'),
  },
  {
    message: /account (is|has been) locked|account.*\blocked\b/i,
    text: (t) => t('vCenter has locked this account, mostly after wrong passwords.'),
    remedy: (t) => t('Unlock it in vCenter or wait until it is unlocked, then connect again with the right password.'),
  },
  {
    message: /password.*expired/i,
    text: (t) => t('The password of this user has expired.'),
    remedy: (t) => t('Change it in vCenter, then connect again.'),
  },
  {
    message: /Permission to perform this operation was denied|NoPermission/i,
    text: (t) => t('vCenter accepts the password, but the user may not do what MTV needs.'),
    remedy: (t) =>
      t('Give the user the role for migrations at the top of the inventory, with propagation to children.'),
  },
  {
    message: /404 Not Found/,
    text: (t) => t('A server answers, but it is not the SDK of a vCenter.'),
    remedy: (t) => t('The address must be that of the vCenter and end in /sdk.'),
  },
  {
    message: /503 Service/,
    text: (t) => t('vCenter answers that its service is not available (503).'),
    remedy: (t) => t('It may be starting: wait a few minutes. If it lasts, look at the services of the vCenter.'),
  },
  {
    message: /\b50[024] [A-Z]/,
    text: (t, message) =>
      t('A server before vCenter, or vCenter itself, has failed: {{message}}', { message: plain(message) }),
    remedy: (t) => t('Check the services of the vCenter, and what stands before it, such as a load balancer.'),
  },
  {
    message: /\b40[13] [A-Z]/,
    text: (t) => t('Something at this address refuses MTV before vCenter asks for user and password.'),
    remedy: (t) =>
      t(
        'Check the address, and whether a firewall or load balancer before vCenter wants a login or blocks this cluster.',
      ),
  },
  {
    message: /<html|<!doctype|expected element type|XML syntax error|invalid character '<'|\b30[1278] [A-Z]/i,
    text: (t) => t('A web page came instead of the answer of a vCenter.'),
    remedy: (t) =>
      t(
        'The address must be that of the vCenter and end in /sdk. A firewall or proxy may also answer with a page of its own.',
      ),
  },
  {
    message: /ServerFaultCode: /,
    text: (t, message) =>
      t('vCenter answers: {{message}}', { message: plain(message).replace(/^.*ServerFaultCode: /, '') }),
    remedy: (t) => t('Look this up in vCenter, then connect again.'),
  },
];

const plain = (message: string): string => message.replace(/^Connection test, failed: /, '').trim();

const anything: TestFailure = {
  message: /^/,
  text: (t, message) => t('The connection test failed: {{message}}', { message: plain(message) }),
  remedy: (t) => t('Check the address and the certificate.'),
};

/**
 * MTV's words for a failed connection test, most of them Go's and vCenter's own (recorded, and read in Go's net, net/http, crypto/tls and
 * crypto/x509). What names its context comes first: a proxy's refusal says nothing of vCenter, and a lookup that timed out is no timeout
 * of vCenter.
 */
const failures: readonly TestFailure[] = [...ofProxy, ...ofCertificate, ...ofTls, ...ofNetwork, ...ofAnswer];

/** What a failed test means. */
export const readTestFailure = (message: string): { readonly text: Text; readonly remedy: Text } => {
  const { text, remedy } = failures.find((each) => each.message.test(message)) ?? anything;
  return { text: (t) => text(t, message), remedy: (t) => remedy(t, message) };
};
