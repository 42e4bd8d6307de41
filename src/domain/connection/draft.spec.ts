import { err, ok } from '../result';
import type { ConnectionProblems } from './check-draft';
import { certificateOf, checkConnection, lacksDomain, providerNameOf } from './check-draft';
import { draftFor, emptyConnection } from './draft';
import type { ConnectionDraft } from './draft';

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
  ['a rotation without a user, who stays', { purpose: 'password', user: '', url: '', certificate: '' }, {}],
  ['a rotation without a password', { purpose: 'password', password: '' }, { password: 'PasswordEmpty' }],
  ['a renewal, which needs no password', { purpose: 'certificate', user: '', password: '' }, {}],
  ['a renewal without a certificate', { purpose: 'certificate', certificate: '' }, { certificate: 'CertificateEmpty' }],
  ['a Provider whose long name is given', { purpose: 'edit', name: 'x'.repeat(80) }, {}],
  ['a Provider whose address is taken away', { purpose: 'edit', url: '' }, { url: 'UrlEmpty' }],
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

describe('the form for a Provider that is there', () => {
  const metadata = { name: 'vc', namespace: 'mtv' };

  test('has what it has, and neither credentials nor certificate', () => {
    const spec = {
      url: 'https://esxi.example.com/sdk',
      secret: { name: 'theirs', namespace: 'mtv' },
      settings: { sdkEndpoint: 'esxi' },
    };
    expect(draftFor('password', { metadata, spec })).toEqual({
      ...emptyConnection,
      purpose: 'password',
      name: 'vc',
      project: 'mtv',
      url: 'https://esxi.example.com/sdk',
      endpoint: 'esxi',
      secret: { name: 'theirs', namespace: 'mtv' },
    });
  });

  test.each([undefined, 'something of a later MTV'])('takes the kind of server %p for a vCenter', (sdkEndpoint) => {
    const settings = sdkEndpoint === undefined ? {} : { sdkEndpoint };
    expect(draftFor('edit', { metadata, spec: { settings } })).toMatchObject({
      endpoint: 'vcenter',
      secret: undefined,
    });
  });
});
