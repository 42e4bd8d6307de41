import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { imageOf } from './build-objects';
import { providers } from './connection-objects';
import type { Provider } from './connection-objects';
import { controllerRules } from './hooks/rights';
import { ConnectionPage } from './pages/connection-page';
import { VddkPage } from './pages/vddk-page';
import { reachedOf } from './sandbox';
import { serviceAccount } from './service-account';
import { startMain } from './started';
import type { Started } from './started';
import { expect, test as base } from './test';
import type { KubeApi } from './test';

const release = 'beside';

interface Beside {
  /** Starts the controller of the release with what values declare under `prepare`, as its own ServiceAccount. */
  readonly declare: (prepare: unknown) => Started;
  /** What was written since it was asked last, by whom: page or controller. Dry runs and questions are no writes. */
  readonly writes: () => readonly string[];
}

const people = {
  [`system:serviceaccount:${release}:controller`]: 'controller',
  prep: 'page',
} as const;

const test = base.extend<{ readonly beside: Beside }>({
  beside: async ({ cluster, sandbox }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'beside-'));
    const { info } = sandbox;
    const place = { namespace: release, name: release };
    const rules = controllerRules(
      { release: place, providers: ['vcenter'], named: ['vcenter'] },
      'always',
      'providers',
      'vddk',
    );
    await cluster.send('POST', '/api/v1/namespaces', { metadata: { name: release } });
    await cluster.send('POST', `/api/v1/namespaces/${release}/secrets`, {
      metadata: { name: 'vcenter' },
      stringData: { user: info.vcenter.user, password: info.vcenter.password },
    });
    const post = (path: string, body: unknown) => cluster.send('POST', path, body);
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(
      kubeconfig,
      await serviceAccount(post, reachedOf(info), { name: 'controller', namespace: release, rules }),
    );
    const authority = join(folder, 'mtv.crt');
    writeFileSync(authority, info.mtv.caCert);
    const wishes = join(folder, 'wishes.yaml');
    const running: Started[] = [];
    let seen = sandbox.audit().length;
    await use({
      declare: (prepare) => {
        writeFileSync(wishes, stringify({ prepare }));
        const options = ['--wishes', wishes, '--port', '0', '--release', release, '--inventory', info.mtv.inventory];
        const environment = { HOME: folder, NODE_EXTRA_CA_CERTS: authority };
        const started = startMain(environment, ['run', ...options, '--kubeconfig', kubeconfig]);
        running.push(started);
        return started;
      },
      writes: () => {
        const events = sandbox.audit();
        const since = events.slice(seen);
        seen = events.length;
        return since.flatMap(({ verb, user, objectRef, requestURI, responseStatus }) => {
          const who = (people as Readonly<Record<string, string>>)[user.username];
          const isWrite = ['create', 'update', 'patch', 'delete'].includes(verb) && !requestURI.includes('dryRun=All');
          const { resource = '', name = '' } = objectRef ?? {};
          if (who === undefined || !isWrite || /reviews$|^events$/.test(resource)) return [];
          return [`${who}: ${verb} ${resource} ${name} ${String(responseStatus?.code)}`];
        });
      },
    });
    for (const each of running) each.stop('SIGTERM');
    for (const each of running) expect(await each.ended).toMatchObject({ code: 0, err: '' });
    rmSync(folder, { recursive: true });
  },
});

test.use({ scenario: 'fresh', audit: true });
test.setTimeout(180_000);

const connected = (vcenter: { readonly url: string; readonly caCert: string }) => ({
  providers: [{ name: 'vcenter', url: vcenter.url, secret: 'vcenter', certificate: { pem: vcenter.caCert } }],
});
const image = 'quay.io/declared/vddk:8';
const isHeld = async (cluster: KubeApi) => {
  const { metadata } = await cluster.get<{ readonly metadata: { readonly annotations?: Record<string, string> } }>(
    `${providers}/vcenter`,
  );
  return metadata.annotations?.['migration-prep/declared-by'] === `${release}/${release}`;
};
/** Longer than the controller waits between two looks at a Provider. */
const aLook = 35_000;

test('a page that was open before values declared a vCenter stops writing, and says why', async ({
  page,
  signIn,
  cluster,
  sandbox,
  beside,
  accessibilityProblems,
}) => {
  const { vcenter } = sandbox.info;
  await signIn('prep', '/migration-prep?step=connection&project=migration-target');
  const step = new ConnectionPage(page);
  await step.fill(vcenter);
  const controller = beside.declare(connected(vcenter));
  await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  await expect(step.providers.getByText('Managed by values')).toBeVisible();
  await expect(step.providers).toContainText(`change the values of release ${release} in ${release}`);
  expect(beside.writes().filter((each) => each.startsWith('page'))).toEqual([]);

  // What was typed before the note was there is not written either.
  await step.connect.click();
  await expect(
    page.getByText(`is managed by the values of release ${release} in ${release}. Change it there.`),
  ).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);
  await page.waitForTimeout(aLook);
  expect(beside.writes()).toEqual([]);
  await controller.says('"state":"done"');
  expect((await cluster.list<Provider>(providers)).map(({ metadata }) => metadata.name)).toEqual(['host', 'vcenter']);
});

test.describe('At the same time', () => {
  // Each finds the other's object in its way: that is what is tried.
  test.use({ allowedErrors: /^Failed to load resource: the server responded with a status of 409/ });

  test('page and controller that begin with the same vCenter at the same time end with one that values declare, and rest', async ({
    page,
    signIn,
    cluster,
    sandbox,
    beside,
  }) => {
    const { vcenter } = sandbox.info;
    await signIn('prep', '/migration-prep?step=connection&project=migration-target');
    const step = new ConnectionPage(page);
    await step.fill(vcenter);
    const controller = beside.declare(connected(vcenter));
    await controller.says('"event":"started"');
    await step.connect.click();
    await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
    await expect.poll(() => isHeld(cluster), { timeout: aLook }).toBe(true);
    await expect(step.providers.getByText('Managed by values')).toBeVisible();
    expect((await cluster.list<Provider>(providers)).map(({ metadata }) => metadata.name)).toEqual(['host', 'vcenter']);
    // The last of what both had begun, and then nothing more.
    await page.waitForTimeout(3000);
    beside.writes();
    await page.waitForTimeout(aLook);
    expect(beside.writes()).toEqual([]);
    await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  });
});

test('an image that somebody was about to use is not used any more once values declare one', async ({
  page,
  signIn,
  cluster,
  beside,
  accessibilityProblems,
}) => {
  await signIn('prep', '/migration-prep?step=vddk&project=migration-target');
  const step = new VddkPage(page);
  await step.chooseImage('quay.io/somebody/vddk:7');
  await step.useThis.click();
  await expect(page.getByRole('button', { name: 'Use it anyway' })).toBeVisible();
  // To look at the image was a write as well.
  beside.writes();
  beside.declare({ vddk: { image } });
  await expect.poll(() => imageOf(cluster)).toBe(image);
  await expect(page.getByText('Managed by values').first()).toBeVisible();
  await expect(page.getByRole('main')).toContainText(`change the values of release ${release} in ${release}`);
  await expect(page.getByRole('main').getByRole('button', { name: /use|build|upload/i })).toHaveCount(0);
  expect(await accessibilityProblems()).toEqual([]);
  expect(beside.writes().filter((each) => each.startsWith('page'))).toEqual([]);
});

test('an image that somebody uses at the very moment is replaced by the declared one, and both rest', async ({
  page,
  signIn,
  cluster,
  beside,
}) => {
  await signIn('prep', '/migration-prep?step=vddk&project=migration-target');
  const step = new VddkPage(page);
  await step.chooseImage('quay.io/somebody/vddk:7');
  await step.useThis.click();
  const anyway = page.getByRole('button', { name: 'Use it anyway' });
  await anyway.waitFor();
  const controller = beside.declare({ vddk: { image } });
  await controller.says('"event":"started"');
  // When the note of the release was faster, there is nothing left to press.
  await anyway.click({ timeout: 5000 }).catch(() => undefined);
  // A look at the image comes a minute after the one before.
  await expect.poll(() => imageOf(cluster), { timeout: 90_000 }).toBe(image);
  await expect(page.getByText('Managed by values').first()).toBeVisible();
  await page.waitForTimeout(3000);
  beside.writes();
  await page.waitForTimeout(aLook);
  expect(beside.writes()).toEqual([]);
  expect(await imageOf(cluster)).toBe(image);
});
