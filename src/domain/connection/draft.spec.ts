import type { ConnectionDraft, ConnectionProblems } from './draft';
import { certificateOf, checkConnection, emptyConnection, lacksDomain, providerNameOf } from './draft';

const pem = '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n';
const good: ConnectionDraft = {
  ...emptyConnection,
  url: 'vcenter.example.com',
  user: 'administrator@vsphere.local',
  password: 'p',
  trust: 'certificate',
  certificate: pem,
};

const fetched = {
  from: 'https://vcenter.example.com/sdk',
  certificate: { pem: 'fetched', subject: '', issuer: '', notBefore: '', notAfter: '', sha1: '', sha256: '' },
};

test.each<[string, Partial<ConnectionDraft>, ConnectionProblems]>([
  ['a complete draft', {}, {}],
  ['two certificates', { certificate: pem + pem }, {}],
  ['no URL', { url: '' }, { url: 'UrlEmpty' }],
  ['no user', { user: ' ' }, { user: 'UserEmpty' }],
  ['no password', { password: '' }, { password: 'PasswordEmpty' }],
  ['a password of spaces, which is a password', { password: ' ' }, {}],
  ['no certificate', { certificate: '' }, { certificate: 'CertificateEmpty' }],
  ['text for a certificate', { certificate: 'trust me' }, { certificate: 'CertificateNotPem' }],
  ['half a certificate', { certificate: pem.slice(0, -10) }, { certificate: 'CertificateNotPem' }],
  ['a key beside it', { certificate: `${pem}-----BEGIN RSA PRIVATE KEY-----` }, { certificate: 'CertificateIsKey' }],
  ['skip without confirmation', { trust: 'skip', certificate: '' }, { isSkipConfirmed: 'SkipNotConfirmed' }],
  ['skip confirmed', { trust: 'skip', certificate: '', isSkipConfirmed: true }, {}],
  ['nothing fetched yet', { trust: 'fetch' }, { fetched: 'NotFetched' }],
  ['fetched, not compared', { trust: 'fetch', fetched }, { isFetchedConfirmed: 'FetchedNotConfirmed' }],
  ['fetched and compared', { trust: 'fetch', fetched, isFetchedConfirmed: true }, {}],
  [
    'fetched and compared for another address',
    { trust: 'fetch', fetched, isFetchedConfirmed: true, url: 'other.example.com' },
    { fetched: 'NotFetched' },
  ],
  ['a bad name', { name: 'My vCenter' }, { name: 'NameNotDns' }],
])('%s', (_, patch, problems) => {
  expect(checkConnection({ ...good, ...patch })).toEqual(problems);
});

test.each([
  ['', 'VCenter.example.com', 'vcenter-example-com'],
  ['', 'https://[2001:db8::1]', '2001-db8-1'],
  ['', 'not valid', 'vcenter'],
  ['mine', 'vcenter.example.com', 'mine'],
])('name %p for %s is %s', (name, url, expected) => {
  expect(providerNameOf({ name, url })).toBe(expected);
});

test.each([
  ['root', true],
  ['administrator@vsphere.local', false],
  ['CORP\\admin', false],
  ['', false],
])('%p lacks a domain: %p', (user, expected) => {
  expect(lacksDomain(user)).toBe(expected);
});

test.each<[Partial<ConnectionDraft>, string | undefined]>([
  [{ trust: 'fetch', fetched }, 'fetched'],
  [{ trust: 'fetch', fetched, url: 'other.example.com' }, undefined],
  [{ trust: 'certificate', fetched }, pem],
  [{ trust: 'skip', fetched }, undefined],
])('the certificate MTV shall verify by: %#', (patch, expected) => {
  expect(certificateOf({ ...good, ...patch })).toBe(expected);
});
