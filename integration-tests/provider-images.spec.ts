import { controller } from './build-objects';
import type { Controller } from './build-objects';
import { providers } from './connection-objects';
import { VddkPage } from './pages/vddk-page';
import { expect, test } from './test';

interface Provider {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: { readonly type: string; readonly settings?: Readonly<Record<string, string>> };
}

const image = `registry.example.com/migration/vddk@sha256:${'cd'.repeat(32)}`;

test('case 4: an image is set at the Providers of ours, and at another one on request', async ({
  page,
  signIn,
  cluster,
  sandbox,
  accessibilityProblems,
}) => {
  const make = (name: string, labels: Record<string, string>, vddkInitImage?: string) =>
    cluster.send('POST', providers, {
      apiVersion: 'forklift.konveyor.io/v1beta1',
      kind: 'Provider',
      metadata: { name, labels },
      spec: {
        type: 'vsphere',
        url: sandbox.info.vcenter.url,
        secret: { name: 'none', namespace: 'openshift-mtv' },
        settings: { sdkEndpoint: 'vcenter', ...(vddkInitImage !== undefined && { vddkInitImage }) },
      },
    });
  await make('ours', { 'app.kubernetes.io/managed-by': 'migration-prep' });
  await make('asked', {}, 'registry.example.com/mtv/vddk:6.0-broken');
  await make('theirs', {}, 'registry.example.com/mtv/vddk:7');
  await signIn('prep', '/migration-prep?step=vddk');
  const vddk = new VddkPage(page);
  await vddk.chooseImage(image);
  await expect(page.getByRole('checkbox', { name: 'ours', exact: true })).toBeChecked();
  await expect(page.getByText(/its own image, which MTV uses instead of .*6\.0-broken/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'asked', exact: true }).check();
  expect(await accessibilityProblems()).toEqual([]);
  await vddk.useImage();
  await expect(page.getByText('MTV uses this image')).toBeVisible({ timeout: 30_000 });
  expect((await cluster.get<Controller>(controller)).spec.vddk_image).toBe(image);
  const own = (await cluster.list<Provider>(providers))
    .filter(({ spec }) => spec.type === 'vsphere')
    .map(({ metadata, spec }) => [metadata.name, spec.settings?.vddkInitImage, spec.settings?.sdkEndpoint]);
  expect(own).toEqual([
    ['asked', image, 'vcenter'],
    ['ours', image, 'vcenter'],
    ['theirs', 'registry.example.com/mtv/vddk:7', 'vcenter'],
  ]);
});
