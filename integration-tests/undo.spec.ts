import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { dump } from './dump';
import type { Item } from './dump';
import { ConnectionPage } from './pages/connection-page';
import type { KubeApi } from './test';
import { expect, test } from './test';
import { walkTheWholeWay } from './walk';
import { unzip } from './zip';

/** Every kind that the walk writes. */
const touched = [
  '/api/v1/secrets',
  '/apis/forklift.konveyor.io/v1beta1/providers',
  '/apis/forklift.konveyor.io/v1beta1/forkliftcontrollers',
  '/apis/k8s.cni.cncf.io/v1/network-attachment-definitions',
  '/apis/build.openshift.io/v1/buildconfigs',
  '/apis/image.openshift.io/v1/imagestreams',
  '/apis/rbac.authorization.k8s.io/v1/rolebindings',
];

/** All objects of these kinds. The two Secrets that MTV makes beside a Provider are MTV's. */
const dumpTouched = async (cluster: KubeApi): Promise<Readonly<Record<string, object>>> =>
  Object.fromEntries(
    Object.entries(await dump(cluster, touched)).filter(([key]) => !key.includes('/offload-ssh-keys-')),
  );

const ours = (objects: Readonly<Record<string, object>>): Readonly<Record<string, object>> =>
  Object.fromEntries(
    Object.entries(objects).filter(
      ([, object]) => (object as Item).metadata.labels?.['app.kubernetes.io/managed-by'] === 'migration-prep',
    ),
  );

const plurals: Readonly<Record<string, string>> = {
  Namespace: 'namespaces',
  Secret: 'secrets',
  Provider: 'providers',
  NetworkAttachmentDefinition: 'network-attachment-definitions',
  BuildConfig: 'buildconfigs',
  ImageStream: 'imagestreams',
  RoleBinding: 'rolebindings',
};

test('undo leaves the cluster as it was before, and the export brings it back', async ({
  page,
  signIn,
  cluster,
  sandbox,
  accessibilityProblems,
}) => {
  test.setTimeout(240_000);
  const before = await dumpTouched(cluster);
  await signIn('kubeadmin', '/migration-prep?step=connection&project=migration-target');
  await walkTheWholeWay(page, sandbox.info.vcenter);
  const prepared = await dumpTouched(cluster);
  expect(Object.keys(ours(prepared)).length).toBeGreaterThan(6);

  await page.getByRole('button', { name: 'Export…' }).click();
  const exporting = page.getByRole('dialog', { name: 'Export' });
  await expect(exporting.getByText('providers-vcenter.yaml')).toBeVisible();
  const downloading = page.waitForEvent('download');
  await exporting.getByRole('button', { name: 'Download' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('migration-prep.zip');
  const files = unzip(readFileSync(await download.path()));
  expect([...files.values()].join()).not.toContain(sandbox.info.vcenter.password);
  await exporting.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('button', { name: 'Undo…' }).click();
  const undoing = page.getByRole('dialog', { name: 'Undo' });
  await expect(undoing.getByRole('list', { name: 'What goes' })).toContainText('Delete Provider vcenter');
  await expect(undoing.getByRole('list', { name: 'What stays' }).getByRole('listitem')).toHaveText([]);
  expect(await accessibilityProblems()).toEqual([]);
  expect(await dumpTouched(cluster)).toEqual(prepared);
  await undoing.getByRole('button', { name: 'Undo what is listed' }).click();
  await expect(undoing.getByText('Done: what was listed is gone or set back.')).toBeVisible({ timeout: 60_000 });
  // The garbage collector removes what belonged to what is gone.
  await expect.poll(() => dumpTouched(cluster), { timeout: 60_000 }).toEqual(before);
  await undoing.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText('This cluster is ready to receive virtual machines')).toHaveCount(0);

  const objects = [...files]
    .filter(([path]) => /\/(objects|secrets)\//.test(path))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, content] of objects) {
    const object = parse(content.toString()) as Item & { stringData?: Record<string, string> };
    if (object.kind === 'Namespace') continue;
    if (object.stringData) {
      const { user, password, caCert } = sandbox.info.vcenter;
      Object.assign(object.stringData, { user, password, cacert: caCert, 'ca.crt': caCert });
    }
    const { apiVersion = '', kind = '' } = object;
    const api = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
    await cluster.send('POST', `${api}/namespaces/${object.metadata.namespace ?? ''}/${plurals[kind] ?? kind}`, object);
  }
  expect(Object.keys(ours(await dumpTouched(cluster))).sort()).toEqual(Object.keys(ours(prepared)).sort());
  await page.goto('/migration-prep?step=connection');
  const connection = new ConnectionPage(page);
  await expect(connection.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
});

test('a preview shows what would be written, and neither writes nor sends the password anywhere', async ({
  page,
  signIn,
  cluster,
  sandbox,
  requests,
  accessibilityProblems,
}) => {
  await signIn('prep', '/migration-prep?step=connection');
  const connection = new ConnectionPage(page);
  await connection.fill(sandbox.info.vcenter);
  await page.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('dialog', { name: 'Preview' });
  await expect(preview.getByText('Plan: 2 to create, 1 to change, 0 to delete. Not checked: 2.')).toBeVisible();
  await expect(preview).not.toContainText(sandbox.info.vcenter.password);
  expect(await accessibilityProblems()).toEqual([]);
  await page.screenshot({ path: '.build/pictures/preview.png' });
  const writes = (await requests()).filter(({ method, path }) => method !== 'GET' && /secrets|providers/.test(path));
  expect(writes.every(({ path }) => !path.includes('/secrets'))).toBe(true);
  const providers = '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/providers';
  expect((await cluster.list<Item>(providers)).map(({ metadata }) => metadata.name)).not.toContain('vcenter');
  await page.keyboard.press('Escape');
  await expect(preview).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Preview' })).toBeFocused();
});
