import { act, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../testing/memory-cluster';
import type { MemoryCluster } from '../testing/memory-cluster';
import { PrepWizard } from './PrepWizard';
import { renderPage } from '../testing/render-step';

const idle = {
  conditions: [
    { type: 'Running', status: 'True', reason: 'Successful' },
    { type: 'Successful', status: 'True' },
  ],
};
const put = (cluster: MemoryCluster, namespace: string, status?: typeof idle) => {
  cluster.put('forkliftControllers', {
    metadata: { name: 'forklift-controller', namespace },
    spec: {},
    ...(status && { status }),
  });
};
const open = (cluster: MemoryCluster, settings?: unknown) =>
  renderPage(<PrepWizard />, { cluster, step: 'vddk', services: { fetchSettings: () => Promise.resolve(settings) } });

/** What the VDDK step says of the project that the image goes to. */
const isThere = async ({ user }: ReturnType<typeof open>, project: string) => {
  await user.click(await screen.findByRole('button', { name: /Details/ }));
  expect(screen.getByText(`The image and its builds are kept here. Default: ${project}.`)).toBeVisible();
};

test.each(['my-mtv', 'konveyor-forklift'])('MTV in %s is found, and nothing needs to be said', async (project) => {
  const cluster = memoryCluster(project);
  put(cluster, project, idle);
  await isThere(open(cluster, { mtvNamespace: project }), project);
  expect(screen.queryByRole('heading', { level: 2, name: /MTV|ForkliftController/ })).toBeNull();
});

test('who may look into one project alone finds MTV by what the chart serves', async () => {
  const cluster = memoryCluster('my-mtv', 'openshift-mtv');
  put(cluster, 'my-mtv', idle);
  cluster.confine('my-mtv');
  await isThere(open(cluster, { mtvNamespace: 'my-mtv' }), 'my-mtv');
});

test.each([undefined, '<html>', { mtvNamespace: 7 }])(
  'without that file, or with %p, the usual project is assumed, and that is said',
  async (settings) => {
    const cluster = memoryCluster('my-mtv', 'openshift-mtv');
    put(cluster, 'my-mtv', idle);
    cluster.confine('vms');
    const { container } = open(cluster, settings);
    const title = await screen.findByText('It is unknown where MTV is installed; project openshift-mtv is assumed');
    expect(title).toBeVisible();
    expect(screen.getByText(/You are not permitted to list ForkliftController in openshift-mtv/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  },
);

test('proxies that lead elsewhere are said with the remedy, in every step', async () => {
  const cluster = memoryCluster('my-mtv');
  put(cluster, 'my-mtv', idle);
  const { user } = open(cluster, { mtvNamespace: 'openshift-mtv' });
  const steps = within(screen.getByRole('navigation', { name: 'Steps of Migration Prep' }));
  for (const step of [/VDDK/, /Connection/, /Networks/, /Summary/]) {
    await user.click(steps.getByRole('button', { name: step }));
    expect(
      await screen.findByText('MTV is in project my-mtv, but this page looks for it in openshift-mtv'),
    ).toBeVisible();
    expect(screen.getByText(/Set plugin\.mtvNamespace to my-mtv/)).toBeVisible();
  }
});

test('of two ForkliftControllers the one that is looked after counts', async () => {
  const cluster = memoryCluster('a-left-over', 'my-mtv');
  put(cluster, 'a-left-over');
  put(cluster, 'my-mtv', idle);
  await isThere(open(cluster), 'my-mtv');
  expect(screen.queryByText(/Several projects/)).toBeNull();
});

test('two ForkliftControllers that nothing tells apart are said', async () => {
  const cluster = memoryCluster('a', 'b');
  put(cluster, 'b', idle);
  put(cluster, 'a', idle);
  await isThere(open(cluster), 'a');
  expect(screen.getByText('Several projects have a ForkliftController: a, b')).toBeVisible();
  expect(screen.getByText(/This page uses project a\./)).toBeVisible();
});

test('what is made goes to the project of MTV, which may be found while the page is open', async () => {
  const cluster = memoryCluster('my-mtv');
  const { user } = renderPage(<PrepWizard />, { cluster, step: 'summary' });
  expect((await screen.findAllByText('None in openshift-mtv'))[0]).toBeVisible();
  act(() => {
    cluster.put('subscriptions', {
      metadata: { name: 'mtv-operator', namespace: 'my-mtv' },
      spec: { name: 'mtv-operator' },
    });
  });
  expect((await screen.findAllByText('None in my-mtv'))[0]).toBeVisible();
  await user.click(screen.getByRole('button', { name: /Connection/ }));
  expect(await screen.findByRole('button', { name: 'Connect' })).toBeEnabled();
});
