import { checkPreparation } from './check-preparation';
import type { NetworksPolicy } from './networks/rules';
import type { DeclaredHost, DeclaredProvider, DeclaredVddk } from './preparation';
import { plainEnglish } from './translate';
import { policyOf, ruleOf } from '../testing/networks-seen';

const provider: DeclaredProvider = {
  name: 'vc',
  namespace: undefined,
  url: 'vcenter.example.com',
  endpoint: 'vcenter',
  secret: 'vc',
  trust: { by: 'nothing' },
};
const host: DeclaredHost = { provider: 'vc', host: 'esxi-01', adapter: { name: 'vmk0' }, secret: 'esxi' };
const sha256 = 'ab'.repeat(32);
const archive: DeclaredVddk = {
  providers: true,
  archiveUrl: 'https://files.example.com/vddk.tar.gz',
  sha256,
  secret: undefined,
  caBundle: undefined,
  baseImage: undefined,
};

interface Declared {
  readonly providers?: readonly DeclaredProvider[];
  readonly hosts?: readonly DeclaredHost[];
  readonly vddk?: DeclaredVddk;
  readonly networks?: NetworksPolicy;
}

const problems = ({ providers = [provider], hosts = [], vddk, networks = policyOf({}) }: Declared): readonly string[] =>
  checkPreparation({ providers, hosts, vddk, networks }).map(({ path, text }) => `${path}: ${text(plainEnglish)}`);

test.each<[string, Declared]>([
  ['a provider', {}],
  ['providers of one name in two projects', { providers: [provider, { ...provider, namespace: 'team' }] }],
  [
    'a fingerprint with colons',
    { providers: [{ ...provider, trust: { by: 'fingerprint', sha256: 'AB:'.repeat(31) + 'ab' } }] },
  ],
  ['a host of it', { hosts: [host, { ...host, host: 'esxi-02' }] }],
  ['an image', { vddk: { providers: true, image: 'quay.io/x/vddk:8' } }],
  ['an archive', { vddk: archive }],
])('%s is right', (_, declared) => {
  expect(problems(declared)).toEqual([]);
});

test.each<[string, Declared, string]>([
  ['a name', { providers: [{ ...provider, name: 'VC' }] }, 'providers[0].name: Use only lowercase letters'],
  [
    'the same provider twice',
    { providers: [provider, provider] },
    'providers[1].name: This provider is declared twice',
  ],
  ['an address', { providers: [{ ...provider, url: 'http://vc' }] }, 'providers[0].url: vCenter accepts only https'],
  [
    'PEM',
    { providers: [{ ...provider, trust: { by: 'pem', pem: 'hello' } }] },
    'providers[0].certificate.pem: This is not a certificate in PEM',
  ],
  [
    'a SHA-1',
    { providers: [{ ...provider, trust: { by: 'fingerprint', sha256: 'ab'.repeat(20) } }] },
    'providers[0].certificate.fingerprint: A SHA-256 has 64 hexadecimal digits',
  ],
  [
    'a host of a provider that is not declared',
    { hosts: [{ ...host, provider: 'x' }] },
    'hosts[0].provider: No provider of that name is declared',
  ],
  [
    'a host of one of two providers of a name',
    { providers: [provider, { ...provider, namespace: 'team' }], hosts: [host] },
    'hosts[0].provider: Several providers of that name are declared',
  ],
  ['the same host twice', { hosts: [host, host] }, 'hosts[1].host: This host is declared twice'],
  ['an image with a scheme', { vddk: { providers: true, image: 'docker://x.io/y' } }, 'vddk.image: '],
  ['plain http', { vddk: { ...archive, archiveUrl: 'http://x/y' } }, 'vddk.archiveUrl: The address must begin with'],
  [
    'a password in an address',
    { vddk: { ...archive, archiveUrl: 'https://u:p@x/y' } },
    'vddk.archiveUrl: The address must begin with',
  ],
  [
    'a rule that never matches',
    { networks: policyOf({ rules: [ruleOf({}), ruleOf({ vlan: 100 })] }) },
    'networks.rules[1]: It never matches',
  ],
  ['a base image with a scheme', { vddk: { ...archive, baseImage: 'docker://x.io/y' } }, 'vddk.baseImage: '],
  ['an archive with a short sum', { vddk: { ...archive, sha256: 'ab' } }, 'vddk.sha256: A SHA-256 has 64'],
])('%s is refused', (_, declared, expected) => {
  expect(problems(declared)).toEqual([expect.stringContaining(expected)]);
});

test('a password in an address is not repeated', () => {
  const url = 'https://user:secret@vcenter.example.com';
  expect(problems({ providers: [{ ...provider, url }] }).join()).not.toContain('secret');
});
