import { ConnectionPage } from './pages/connection-page';
import { expectConnected, listSecrets, providers, secrets } from './connection-objects';
import type { Provider, Secret } from './connection-objects';
import { expect, test } from './test';
import type { KubeApi } from './test';

const expectNothingStored = async (cluster: KubeApi) => {
  expect(await listSecrets(cluster)).toEqual([]);
  expect((await cluster.list<Provider>(providers)).map(({ metadata }) => metadata.name)).toEqual(['host']);
};

test.describe('a server that does not answer', () => {
  // MTV answers 500 when it cannot reach a server.
  test.use({ allowedErrors: /^Failed to load resource: the server responded with a status of 500/ });

  for (const { what, url, says } of [
    { what: 'unknown host', url: 'https://vcenter.invalid/sdk', says: /cluster cannot resolve the name/ },
    { what: 'closed port', url: 'https://127.0.0.1:1/sdk', says: /Nothing answers at this address/ },
  ]) {
    test(`${what}: said before anything is stored; corrected, it connects`, async ({
      page,
      signIn,
      cluster,
      sandbox,
    }) => {
      await signIn('prep');
      const step = new ConnectionPage(page);
      await step.fill(sandbox.info.vcenter, { url });
      await step.connect.click();
      await expect(page.getByText('Nothing was changed')).toBeVisible();
      await expect(page.getByText(says)).toBeVisible();
      await expectNothingStored(cluster);
      await step.address.fill(sandbox.info.vcenter.url);
      await step.connect.click();
      await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
      await expectConnected(cluster, sandbox.info.vcenter);
    });
  }
});

// What only MTV itself finds out, when it connects: the Provider is there, says why it cannot, and is corrected in place.
for (const { endpoint, user, says } of [
  { endpoint: 'expired', says: /certificate has expired.*Renew it/ },
  { endpoint: 'foreign', says: /issued for another name.*Use a name/ },
  { endpoint: 'self-signed', says: /was not signed by the certificate you entered.*Paste/ },
  { endpoint: 'esxi', user: 'root', says: /other kind of server.*Choose the kind of server/ },
  { endpoint: 'web-ui', says: /not the SDK of a vCenter.*must be that of the vCenter/ },
]) {
  test(`${endpoint}: MTV's refusal is said in plain words and corrected in place`, async ({
    page,
    signIn,
    cluster,
    sandbox,
  }) => {
    await signIn('prep');
    const step = new ConnectionPage(page);
    // The web UI's own address is refused at the field; its host alone only turns out to be no SDK.
    const url = (sandbox.info.vcenter.endpoints[endpoint] ?? '').replace('/ui/', '/sdk');
    await step.fill(sandbox.info.vcenter, { url, ...(user !== undefined && { user }) });
    // An ESXi host has users and a certificate of its own.
    if (user !== undefined) await step.doNotVerify();
    await step.connect.click();
    await expect(step.providers.getByRole('listitem')).toHaveText(says);

    await page.getByRole('button', { name: 'Edit vcenter' }).click();
    await step.fill(sandbox.info.vcenter);
    await step.connect.click();
    await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
    await expectConnected(cluster, sandbox.info.vcenter);
  });
}

test('where the service that reaches out cannot be asked, MTV says afterwards what is wrong', async ({
  page,
  signIn,
  sandbox,
  breakRequests,
}) => {
  await signIn('prep');
  const step = new ConnectionPage(page);
  await breakRequests({ path: '/tls-certificate', action: 'status', status: 404 });
  await step.fill(sandbox.info.vcenter, { url: sandbox.info.vcenter.endpoints.closed ?? '' });
  await step.connect.click();
  await expect(step.providers.getByRole('listitem')).toHaveText(/Nothing answers at this address/);
});

for (const { what, path, object } of [
  {
    what: 'Secret',
    path: secrets,
    object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'vcenter-credentials' }, stringData: { a: 'b' } },
  },
  {
    what: 'Provider',
    path: providers,
    object: {
      apiVersion: 'forklift.konveyor.io/v1beta1',
      kind: 'Provider',
      metadata: { name: 'vcenter' },
      spec: { type: 'vsphere', url: 'https://127.0.0.1:1/sdk', secret: {} },
    },
  },
]) {
  test(`a ${what} of somebody else is never touched; another name connects`, async ({
    page,
    signIn,
    cluster,
    sandbox,
  }) => {
    await cluster.send('POST', path, object);
    const name = `${path}/${object.metadata.name}`;
    const before = await cluster.get<{ metadata: object; spec?: object; data?: object }>(name);
    await signIn('prep');
    const step = new ConnectionPage(page);
    await step.fill(sandbox.info.vcenter);
    await step.connect.click();
    await expect(page.getByText(/exists and was not created by Migration Prep/)).toBeVisible();
    const after = await cluster.get<{ metadata: object; spec?: object; data?: object }>(name);
    expect({ spec: after.spec, data: after.data }).toEqual({ spec: before.spec, data: before.data });
    expect(await listSecrets(cluster)).toHaveLength(what === 'Secret' ? 1 : 0);

    await step.name.fill('another');
    await step.connect.click();
    await expect(step.providers.getByRole('listitem').filter({ hasText: 'another' })).toHaveText(/Connected/);
    expect((await listSecrets(cluster)).map(({ metadata }) => metadata.name)).toContain('another-credentials');
  });
}

test('a Provider of which MTV says nothing is explained after a while', async ({ page, signIn, cluster }) => {
  await page.clock.install();
  await cluster.send('POST', secrets, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'silent' },
    stringData: { user: 'u' },
  });
  await cluster.send('POST', providers, {
    apiVersion: 'forklift.konveyor.io/v1beta1',
    kind: 'Provider',
    metadata: { name: 'silent' },
    spec: { type: 'vsphere', url: 'https://%zz/sdk', secret: { name: 'silent', namespace: 'openshift-mtv' } },
  });
  await signIn('prep');
  const step = new ConnectionPage(page);
  await expect(step.providers.getByRole('listitem')).toHaveText(/silent.*MTV is connecting/);
  await page.clock.fastForward(30_000);
  await expect(step.providers.getByRole('listitem')).toHaveText(
    /MTV reports no state for this provider\..*Enter the address and credentials again/,
  );
});

test('case 9: a certificate with everything around it and without its line breaks is stored so that MTV reads it', async ({
  page,
  signIn,
  cluster,
  sandbox,
}) => {
  const { vcenter } = sandbox.info;
  await signIn('prep');
  const step = new ConnectionPage(page);
  await step.fill(vcenter);
  const crl = '-----BEGIN X509 CRL-----\nMIIBgjBs\n-----END X509 CRL-----';
  await step.certificate.fill(
    `\uFEFFBag Attributes\n    friendlyName: vcenter\n${vcenter.caCert.replaceAll('\n', ' ')}# a revocation list:\r\n${crl}`,
  );
  await expect(page.getByRole('list', { name: 'Certificates found' }).getByRole('listitem')).toHaveText(
    /Sandbox vCenter CA.*valid until/,
  );
  await step.connect.click();
  // MTV verifies vCenter by it with crypto/x509.
  await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  const { data } = await cluster.get<Secret>(`${secrets}/vcenter-credentials`);
  expect([data.cacert, data['ca.crt']].map((each = '') => atob(each))).toEqual([vcenter.caCert, vcenter.caCert]);
});

test('a certificate that is none, and an unverified connection, are refused at their place', async ({
  page,
  signIn,
  cluster,
  sandbox,
}) => {
  await signIn('prep');
  const step = new ConnectionPage(page);
  await step.fill(sandbox.info.vcenter);
  await step.certificate.fill('trust me');
  await step.connect.click();
  await expect(step.certificate).toHaveAccessibleDescription(/not a certificate in PEM format/);
  await page.getByRole('radio', { name: 'Do not verify' }).click();
  await step.connect.click();
  await expect(page.getByRole('checkbox', { name: /^I accept/ })).toHaveAccessibleDescription(
    /Confirm that you accept/,
  );
  await expectNothingStored(cluster);
});
