import { listSecrets, providers } from './connection-objects';
import type { Provider, Secret } from './connection-objects';
import { formsOf, typeSecret } from './secrets';
import { expect, test } from './test';

interface Host {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels?: Record<string, string>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string }[];
  };
  readonly spec: {
    readonly id: string;
    readonly ipAddress: string;
    readonly provider: { readonly name: string; readonly namespace: string };
    readonly secret: { readonly name: string; readonly namespace: string };
  };
}

const mtv = 'openshift-mtv';
const hosts = `/apis/forklift.konveyor.io/v1beta1/namespaces/${mtv}/hosts`;

test.use({ scenario: 'prepared' });

test('three ESXi hosts, one of which has another password: it is named, put right, and all three are set', async ({
  page,
  signIn,
  cluster,
  sandbox,
  accessibilityProblems,
}) => {
  const { password, thirdHostPassword } = sandbox.info.vcenter;
  await signIn('kubeadmin', '/migration-prep?step=esxi-hosts');
  const subnet = page.getByRole('combobox', { name: 'Network that disks are copied over' });
  const row = (host: string) => page.getByRole('row').filter({ hasText: `${host}.sandbox.example` });
  const chosen = (host: string) => row(host).getByRole('checkbox');
  const set = page.getByRole('button', { name: 'Set the selected hosts' });

  await expect(row('esxi-1')).toContainText('198.51.100.11 (Migration Network, 25 Gbit/s, MTU 9000)');
  await subnet.selectOption('198.51.100.0/24');
  await chosen('esxi-4').uncheck();
  await page.getByRole('textbox', { name: 'User' }).fill('root');
  await typeSecret(page.getByRole('textbox', { name: 'Password' }), password);
  await page.getByRole('radio', { name: 'Do not verify' }).click();
  await page.getByRole('checkbox', { name: /^I accept/ }).check();
  expect(await accessibilityProblems()).toEqual([]);
  await set.click();

  await expect(page.getByText('2 of 3 hosts are set')).toBeVisible();
  await expect(row('esxi-3')).toContainText('Not set. The host rejected the user or the password.');
  await expect(row('esxi-1')).toContainText('Ready: MTV copies disks from the host directly.');
  await expect(chosen('esxi-1')).not.toBeChecked();
  await expect(chosen('esxi-3')).toBeChecked();
  expect(await accessibilityProblems()).toEqual([]);
  expect(await cluster.list<Host>(hosts)).toHaveLength(2);

  await page.getByRole('radio', { name: 'Its own for each host' }).click();
  await page.getByRole('textbox', { name: 'User of esxi-3.sandbox.example' }).fill('root');
  await typeSecret(page.getByRole('textbox', { name: 'Password of esxi-3.sandbox.example' }), thirdHostPassword);
  await set.click();
  await expect(page.getByText('1 of 1 hosts are set')).toBeVisible();
  await expect(row('esxi-3')).toContainText('Ready: MTV copies disks from the host directly.');

  const made = await cluster.list<Host>(hosts);
  expect(made.map(({ spec }) => spec.ipAddress).sort()).toEqual(['198.51.100.11', '198.51.100.12', '198.51.100.13']);
  const [provider] = (await cluster.list<Provider>(providers)).filter(({ metadata }) => metadata.name === 'vcenter');
  const secrets = await listSecrets(cluster);
  for (const { metadata, spec } of made) {
    expect(metadata.name).toBe(`vcenter-${spec.id}-config`);
    expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'migration-prep' });
    expect(metadata.ownerReferences).toMatchObject([
      { kind: 'Provider', name: 'vcenter', uid: provider?.metadata.uid },
    ]);
    expect(spec.provider).toEqual({ name: 'vcenter', namespace: mtv });
    const secret = secrets.find((each: Secret) => each.metadata.name === spec.secret.name);
    expect(secret?.metadata).toMatchObject({
      labels: { createdForResourceType: 'hosts', createdForResource: spec.id },
      ownerReferences: [{ kind: 'Host', name: metadata.name, uid: metadata.uid }],
    });
    const typed = spec.ipAddress.endsWith('.13') ? thirdHostPassword : password;
    expect(secret?.data).toEqual({
      ip: btoa(spec.ipAddress),
      provider: btoa('vcenter'),
      user: btoa('root'),
      password: btoa(typed),
      insecureSkipVerify: btoa('true'),
    });
  }
  const content = await page.content();
  for (const form of [...formsOf(password), ...formsOf(thirdHostPassword)]) expect(content).not.toContain(form);
});

test('lockdown mode, a bare address and a network without an answer are said at the host; a host that is set is removed', async ({
  page,
  signIn,
  cluster,
  sandbox,
  accessibilityProblems,
}) => {
  const { password, caCert } = sandbox.info.vcenter;
  await signIn('kubeadmin', '/migration-prep?step=esxi-hosts');
  const row = (host: string) => page.getByRole('row').filter({ hasText: `${host}.sandbox.example` });
  const set = page.getByRole('button', { name: 'Set the selected hosts' });
  await page.getByRole('combobox', { name: 'Network that disks are copied over' }).selectOption('198.51.100.0/24');
  await row('esxi-3').getByRole('checkbox').uncheck();
  await page.getByRole('textbox', { name: 'User' }).fill('root');
  await typeSecret(page.getByRole('textbox', { name: 'Password' }), password);
  await page.getByRole('radio', { name: 'Verify with this certificate' }).click();
  await page.getByRole('textbox', { name: 'Certificate in PEM format' }).fill(caCert);
  await set.click();
  await expect(page.getByText('1 of 3 hosts are set')).toBeVisible();
  await expect(row('esxi-1')).toContainText('the certificate of the host does not name that address');
  await expect(row('esxi-2')).toContainText('Ready: MTV copies disks from the host directly.');

  await page.getByRole('radio', { name: 'Do not verify' }).click();
  await page.getByRole('checkbox', { name: /^I accept/ }).check();
  await row('esxi-1').getByRole('checkbox').uncheck();
  await set.click();
  await expect(row('esxi-4')).toContainText('does not let this user in, as in lockdown mode');

  await page.getByRole('combobox', { name: 'Network that disks are copied over' }).selectOption('203.0.113.0/24');
  await set.click();
  await expect(row('esxi-4')).toContainText('Nothing answers at 203.0.113.14.');
  expect(await cluster.list<Host>(hosts)).toHaveLength(1);

  await page.getByRole('button', { name: 'Remove esxi-2.sandbox.example' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove esxi-2.sandbox.example' });
  await expect(dialog.getByRole('list', { name: 'What goes' })).toContainText('Delete Host vcenter-host-');
  expect(await accessibilityProblems()).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove what is listed' }).click();
  await expect(dialog.getByText(/Done: what was listed is gone/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await expect(row('esxi-2')).toContainText('Not set: MTV uses the management network.');
  expect(await cluster.list<Host>(hosts)).toEqual([]);
  expect((await listSecrets(cluster)).filter(({ metadata }) => metadata.name.includes('-config'))).toEqual([]);
});
