/**
 * Forms of values that several keys have. `x-allowed` says in words what is allowed, for the sentences of the command line; Helm passes over it.
 * Helm knows Go's regular expressions, which look neither ahead nor behind.
 */
export const forms = {
  name: { pattern: '[a-z0-9]([-a-z0-9.]*[a-z0-9])?', 'x-allowed': 'a name of lowercase letters, digits and hyphens' },
  word: { pattern: '[a-z0-9]([-a-z0-9]*[a-z0-9])?', 'x-allowed': 'a name of lowercase letters, digits and hyphens' },
  claim: {
    pattern: '[a-z0-9]([-a-z0-9.]*[a-z0-9])?',
    not: { const: 'image-registry-storage' },
    'x-allowed': "a name other than image-registry-storage, which the registry's operator reserves for its own claim",
  },
  size: { pattern: '[1-9][0-9]*([.][0-9]+)?(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?', 'x-allowed': 'a size such as 100Gi' },
  device: {
    type: 'string',
    pattern: '/dev/[^ ]+',
    'x-allowed': 'a path under /dev, preferably under /dev/disk/by-id',
  },
  address: {
    pattern: 'https://[^@ ]+',
    'x-allowed': 'an address that begins with https://, without user and password',
  },
  image: {
    pattern: '[^ :/]+(:[0-9]+)?/[^ ]+',
    'x-allowed': 'an image with its registry, such as registry.example.com/vddk:8.0.3',
  },
  sha256: { pattern: '[0-9A-Fa-f]{64}', 'x-allowed': 'a SHA-256 of 64 hexadecimal digits' },
  fingerprint: {
    pattern: '([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{64}',
    'x-allowed': 'a SHA-256 fingerprint of 64 hexadecimal digits, with or without colons',
  },
  pem: {
    pattern: '\\s*-----BEGIN CERTIFICATE-----[\\s\\S]*',
    'x-allowed': 'certificates that begin with -----BEGIN CERTIFICATE-----',
  },
  ip: { pattern: '[0-9]+([.][0-9]+){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+', 'x-allowed': 'an IPv4 or IPv6 address' },
  vlan: {
    type: ['string', 'integer'],
    pattern: 'untagged|[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*',
    minimum: 1,
    maximum: 4094,
    'x-allowed': 'VLANs from 1 to 4094 such as 100-199,300, or untagged',
  },
  bridge: {
    pattern: '[A-Za-z0-9]([-A-Za-z0-9_.]{0,13}[A-Za-z0-9])?',
    not: { enum: ['br-ex', 'br-int'] },
    'x-allowed':
      'the name of a Linux bridge: at most 15 letters, digits, hyphens, dots and underscores; not one of OVN',
  },
  mapping: {
    pattern: '[^ :,/]{1,63}',
    'x-allowed': 'the name of a bridge mapping, without spaces, colons, commas and slashes',
  },
  toleration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      key: { type: 'string' },
      operator: { enum: ['Exists', 'Equal'] },
      value: { type: 'string' },
      effect: { enum: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] },
      tolerationSeconds: { type: 'integer', minimum: 0 },
    },
  },
};
