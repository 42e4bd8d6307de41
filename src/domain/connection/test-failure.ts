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
    text: (t) => t("The cluster's proxy requires a user and a password before it connects to vCenter."),
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
    text: (t) => t("The name of the cluster's proxy cannot be resolved."),
    remedy: withoutProxy,
  },
  {
    message: new RegExp(`${proxy}(x509|tls: )`, 's'),
    text: (t) =>
      t("The connection to the cluster's proxy is not secure: its certificate or its protocol was rejected."),
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
    text: (t) => t("vCenter's certificate is signed with an algorithm that is no longer secure, such as SHA-1."),
    remedy: (t) => t('Renew it in vCenter, together with the certificate of its authority.'),
  },
  {
    message: /signed by unknown authority/,
    text: (t) => t("vCenter's certificate was not signed by the certificate you entered."),
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
    remedy: (t) => t('Renew it in vCenter, with its names as Subject Alternative Names.'),
  },
  {
    message: /certificate is (valid for|not valid for any names)|doesn't contain any IP SANs/,
    text: (t) => t("vCenter's certificate is issued for another name."),
    remedy: (t, message) => {
      const [, names] = /certificate is valid for (.+), not /.exec(message) ?? [];
      return names === undefined
        ? t('Use a name that is in the certificate.')
        : t('Use a name that is in the certificate: {{names}}.', { names });
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
    text: (t, message) => t("vCenter's certificate was rejected: {{message}}", { message: plain(message) }),
    remedy: (t) => t('Renew it in vCenter, or paste the certificate of the authority that signed it.'),
  },
];

const ofTls: readonly TestFailure[] = [
  {
    message: /does not look like a TLS handshake|server gave HTTP response to HTTPS/,
    text: (t) => t('A server answers at this address, but it does not use https.'),
    remedy: (t) => t('Check the port. vCenter uses 443.'),
  },
  {
    message: /protocol version/,
    text: (t) => t('The server supports only TLS versions that MTV does not. MTV needs TLS 1.2 or later.'),
    remedy: (t) => t('Enable TLS 1.2 in vCenter or in what is in front of it, and check the address.'),
  },
  {
    message: /unrecognized name/,
    text: (t) => t('The server has no certificate for this name.'),
    remedy: (t) => t('Enter the name that is in the certificate of the vCenter.'),
  },
  {
    message: /bad certificate|certificate required/,
    text: (t) => t('The server asks for a client certificate, which vCenter does not.'),
    remedy: (t) => t('Check the address. A load balancer or firewall may be in front of vCenter.'),
  },
  {
    message: /handshake failure|no cipher suite|insufficient security|remote error: tls/,
    text: (t) => t('The server ended the TLS handshake: it and MTV have no encryption in common.'),
    remedy: (t) => t('Check the address, and which TLS versions and ciphers vCenter allows.'),
  },
];

const ofNetwork: readonly TestFailure[] = [
  {
    message: /\blookup \S+|no such host|server misbehaving/,
    text: (t) => t('This cluster cannot resolve the name of the vCenter.'),
    remedy: (t) => t("Check the spelling, and whether the cluster's DNS can resolve the name."),
  },
  {
    message: /connection refused/,
    text: (t) => t('Nothing answers at this address.'),
    remedy: (t) => t('Check the port, and whether a firewall lets this cluster reach it.'),
  },
  {
    message: /i\/o timeout|handshake timeout|deadline exceeded|Client\.Timeout|connection timed out/,
    text: (t) => t('Nothing at this address answered in time.'),
    remedy: (t) =>
      t("Check the address and the port. A firewall may be dropping the cluster's packets, or vCenter may be hanging."),
  },
  {
    message: /no route to host|network is unreachable|host is down/,
    text: (t) => t('This cluster has no route to that address.'),
    remedy: (t) => t('Check the address, and the route from the nodes of this cluster to the network of the vCenter.'),
  },
  {
    message: /connection reset|broken pipe|connection aborted|\bEOF\s*$/,
    text: (t) => t('The connection was cut while MTV waited for an answer.'),
    remedy: (t) =>
      t(
        'vCenter may be restarting. Wait a few minutes. If this persists, look for a firewall or load balancer that cuts connections.',
      ),
  },
];

const ofAnswer: readonly TestFailure[] = [
  {
    message: /sdkEndpoint is set to/,
    text: (t) =>
      t('The address belongs to the other kind of server: a vCenter where an ESXi host was expected, or the reverse.'),
    remedy: (t) => t('Choose the kind of server that the address leads to, or correct the address.'),
  },
  {
    message: /account (is|has been) locked|account.*\blocked\b/i,
    text: (t) => t('vCenter has locked this account, usually after wrong passwords.'),
    remedy: (t) => t('Unlock it in vCenter or wait until it is unlocked, then connect again with the right password.'),
  },
  {
    message: /password.*expired/i,
    text: (t) => t('The password of this user has expired.'),
    remedy: (t) => t('Change it in vCenter, then connect again.'),
  },
  {
    message: /Permission to perform this operation was denied|NoPermission/i,
    text: (t) => t('vCenter accepts the password, but the user lacks permissions that MTV needs.'),
    remedy: (t) =>
      t('Give the user the role for migrations at the top of the vCenter inventory, and let it propagate to children.'),
  },
  {
    message: /404 Not Found/,
    text: (t) => t('A server answers, but it is not the SDK of a vCenter.'),
    remedy: (t) => t('The address must be that of the vCenter and end in /sdk.'),
  },
  {
    message: /503 Service/,
    text: (t) => t('vCenter answers that its service is not available (503).'),
    remedy: (t) => t('It may be starting. Wait a few minutes. If this persists, check the services of vCenter.'),
  },
  {
    message: /\b50[024] [A-Z]/,
    text: (t, message) =>
      t('vCenter, or a server in front of it, has failed: {{message}}', { message: plain(message) }),
    remedy: (t) => t('Check the services of vCenter, and what is in front of it, such as a load balancer.'),
  },
  {
    message: /\b40[13] [A-Z]/,
    text: (t) => t('Something at this address rejects MTV before vCenter asks for a user and password.'),
    remedy: (t) =>
      t(
        'Check the address, and whether a firewall or load balancer in front of vCenter requires a login or blocks this cluster.',
      ),
  },
  {
    message: /<html|<!doctype|expected element type|XML syntax error|invalid character '<'|\b30[1278] [A-Z]/i,
    text: (t) => t('The answer was a web page, not that of a vCenter.'),
    remedy: (t) =>
      t(
        'The address must be that of the vCenter and end in /sdk. A firewall or proxy may also answer with a page of its own.',
      ),
  },
  {
    message: /ServerFaultCode: /,
    text: (t, message) =>
      t('vCenter answers: {{message}}', { message: plain(message).replace(/^.*ServerFaultCode: /, '') }),
    remedy: (t) => t('Check this in vCenter, then connect again.'),
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
