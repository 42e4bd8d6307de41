import { reportOn } from './report';
import { expect, test } from './test';
import type { KubeApi } from './test';

test.use({ scenario: 'elsewhere' });

const plugin = '/apis/console.openshift.io/v1/consoleplugins/migration-prep';
const controllers = (project: string) => `/apis/forklift.konveyor.io/v1beta1/namespaces/${project}/forkliftcontrollers`;

/** Lets the plugin's proxies lead into a project, as somebody did who installed the chart with that value. */
const leadTo = (cluster: KubeApi, namespace: string) =>
  cluster.send('PATCH', plugin, {
    spec: {
      proxy: ['forklift-inventory', 'forklift-services'].map((name) => ({
        alias: name,
        authorization: 'UserToken',
        endpoint: { type: 'Service', service: { name, namespace, port: 8443 } },
      })),
    },
  });

test('proxies that lead into another project are said with the remedy, on the page and in the report', async ({
  page,
  signIn,
  cluster,
  sandbox,
  accessibilityProblems,
}) => {
  await leadTo(cluster, 'openshift-mtv');
  await signIn('kubeadmin', '/migration-prep?step=connection');
  await expect(page.getByText('MTV is in project my-mtv, but this page looks for it in openshift-mtv')).toBeVisible();
  await expect(page.getByText(/Set plugin\.mtvNamespace to my-mtv/)).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);
  expect(await reportOn(sandbox.info.kubeconfig)).toMatch(
    /TO DO +Console plugin .*openshift-mtv, but MTV is in my-mtv/,
  );

  await leadTo(cluster, 'my-mtv');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeVisible();
  await expect(page.getByText(/but this page looks for it/)).toHaveCount(0);
  expect(await reportOn(sandbox.info.kubeconfig)).toMatch(/ready +Console plugin/);
});

test('where the chart left no word, an administrator needs none, and who may not look is told what is assumed', async ({
  page,
  signIn,
  breakRequests,
}) => {
  await breakRequests({ method: 'GET', path: '/settings\\.json$', action: 'status', status: 404 });
  await signIn('kubeadmin', '/migration-prep?step=vddk');
  await page.getByRole('button', { name: /Details/ }).click();
  await expect(page.getByText('The image and its builds are kept here. Default: my-mtv.')).toBeVisible();
  await expect(page.getByText(/is assumed/)).toHaveCount(0);

  await signIn('prep', '/migration-prep?step=vddk');
  await expect(page.getByText('It is unknown where MTV is installed; project openshift-mtv is assumed')).toBeVisible();
  await expect(page.getByText(/You are not permitted to list ForkliftController in openshift-mtv/)).toBeVisible();
});

test('a ForkliftController that is left over elsewhere misleads nobody', async ({ page, signIn, cluster, sandbox }) => {
  await cluster.send('POST', controllers('default'), {
    apiVersion: 'forklift.konveyor.io/v1beta1',
    kind: 'ForkliftController',
    metadata: { name: 'forklift-controller' },
    spec: { vddk_image: 'registry.example.com/old/vddk' },
  });
  await signIn('kubeadmin', '/migration-prep?step=vddk');
  await page.getByRole('button', { name: /Details/ }).click();
  await expect(page.getByText('The image and its builds are kept here. Default: my-mtv.')).toBeVisible();
  await expect(page.getByText('registry.example.com/old/vddk')).toHaveCount(0);
  expect(await reportOn(sandbox.info.kubeconfig)).toMatch(/TO DO +VDDK image +No VDDK image is set/);
});
