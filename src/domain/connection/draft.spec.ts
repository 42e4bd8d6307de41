import { err, ok } from '../result';
import type { ConnectionDraft, ConnectionProblems } from './draft';
import { certificateOf, checkConnection, emptyConnection, lacksDomain, providerNameOf } from './draft';

const pem = 'what was pasted';
const read = { text: pem, outcome: ok({ pem: 'what it holds', certificates: [] }) };
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
  ['no URL', { url: '' }, { url: 'UrlEmpty' }],
  ['no user', { user: ' ' }, { user: 'UserEmpty' }],
  ['no password', { password: '' }, { password: 'PasswordEmpty' }],
  ['a password of spaces, which is a password', { password: ' ' }, {}],
  ['no certificate', { certificate: '' }, { certificate: 'CertificateEmpty' }],
  [
    'a certificate that was typed on since it was read',
    { certificate: `${pem}!` },
    { certificate: 'CertificateUnread' },
  ],
  ['a certificate that is not asked for', { trust: 'skip', certificate: 'x', isSkipConfirmed: true }, {}],
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
  expect(checkConnection({ ...good, ...patch }, read)).toEqual(problems);
});

test('what was found in the text instead of a certificate is its problem', () => {
  const outcome = err('CertificateIsRequest' as const);
  expect(checkConnection(good, { text: pem, outcome })).toEqual({ certificate: 'CertificateIsRequest' });
  expect(certificateOf(good, { text: pem, outcome })).toBeUndefined();
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
  [{ trust: 'certificate', fetched }, 'what it holds'],
  [{ trust: 'certificate', certificate: 'another' }, undefined],
  [{ trust: 'skip', fetched }, undefined],
])('the certificate MTV shall verify by: %#', (patch, expected) => {
  expect(certificateOf({ ...good, ...patch }, read)).toBe(expected);
});
