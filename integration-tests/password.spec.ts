import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectConnected } from './connection-objects';
import { ConnectionPage } from './pages/connection-page';
import { formsOf, typeSecret } from './secrets';
import { expect, test } from './test';
import { unzip } from './zip';

const root = join(import.meta.dirname, '..');
const isOfSecrets = (url: string) => /\/namespaces\/openshift-mtv\/secrets(\/[^/]+)?$/.test(new URL(url).pathname);

test('the password is in the bodies that carry the Secret, and nowhere else', async ({
  page,
  context,
  signIn,
  cluster,
  sandbox,
}) => {
  const { password } = sandbox.info.vcenter;
  const places: [string, string][] = [];
  const note = (place: string, text: string | null) => places.push([place, text ?? '']);
  const carried = new Set<string>();
  page.on('request', (request) => {
    const body = request.postData() ?? '';
    const isSecret = isOfSecrets(request.url());
    if (isSecret && body.includes(password)) carried.add(new URL(request.url()).search);
    note(
      `${request.method()} ${request.url()}`,
      `${request.url()}\n${JSON.stringify(request.headers())}${isSecret ? '' : body}`,
    );
  });
  page.on('response', (response) => {
    if (!/javascript|css|font|image/.test(response.headers()['content-type'] ?? '')) {
      void response.text().then(
        (text) =>
          note(
            `answer of ${response.request().method()} ${response.url()}`,
            response.request().url().includes('/secrets') ? '' : text,
          ),
        () => undefined,
      );
    }
  });
  page.on('console', (message) => note('console', message.text()));
  page.on('framenavigated', (frame) => note('location', frame.url()));

  await signIn('prep');
  const step = new ConnectionPage(page);
  await step.fill(sandbox.info.vcenter, { password: 'not the right one' });
  await step.connect.click();
  await expect(step.password).toHaveAccessibleDescription(/rejected/);
  await typeSecret(step.password, password);
  expect(await step.password.evaluate((input: HTMLInputElement) => input.value.length)).toBe(password.length);
  note('DOM with the password typed', await page.content());
  await step.connect.click();
  await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
  note('DOM when connected', await page.content());
  note('storage', JSON.stringify(await context.storageState({ indexedDB: true })));
  note('session storage', await page.evaluate(() => JSON.stringify(sessionStorage)));
  note('history', await page.evaluate(() => JSON.stringify(history.state)));
  for (const path of ['/dashboards', '/migration-prep?step=summary']) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    note(`DOM of ${path}`, await page.content());
  }
  note('logs of sandbox, etcd and Kubernetes', sandbox.output());
  await expectConnected(cluster, sandbox.info.vcenter);

  // Without these, this test would prove nothing: the rehearsal and the write both send it.
  expect([...carried].sort()).toEqual(['', '?dryRun=All']);
  const found = places
    .filter(([, text]) => formsOf(password).some((form) => text.includes(form)))
    .map(([place]) => place);
  expect(found).toEqual([]);
  expect(sandbox.output()).toContain('kube-apiserver.log');
});

test('no trace of the journey has the password', async ({ page, context, signIn, sandbox }, testInfo) => {
  const { user, password } = sandbox.info.vcenter;
  // Snapshots hold what is in the fields of a page and in the bodies of requests: there are none while that is a password.
  const traces: string[] = [];
  const trace = async (snapshots: boolean, part: () => Promise<void>) => {
    await context.tracing.start({ screenshots: true, snapshots, sources: true });
    await part();
    traces.push(testInfo.outputPath(`${String(traces.length)}.zip`));
    await context.tracing.stop({ path: traces.at(-1) ?? '' });
  };
  const step = new ConnectionPage(page);
  await trace(true, async () => {
    await signIn('prep');
    await expect(step.address).toBeVisible();
  });
  await trace(false, async () => {
    await step.fill(sandbox.info.vcenter);
    await step.connect.click();
    // Stored: the field is empty again. (An assertion on the field would note what it had been.)
    await expect(page.getByText(/Saved\. MTV is connecting/)).toBeVisible();
  });
  await trace(true, async () => {
    await expect(step.providers.getByRole('listitem')).toHaveText(/vcenter.*Connected/);
    await page.goto('/migration-prep?step=summary');
    await page.waitForLoadState('networkidle');
  });

  const files = traces.flatMap((path, part) =>
    [...unzip(readFileSync(path))].map(([name, content]) => ({ name: `${String(part)} ${name}`, content })),
  );
  const holding = (text: string) =>
    files.filter(({ content }) => formsOf(text).some((form) => content.includes(form))).map(({ name }) => name);
  // What was typed beside the password is found, so the password would be.
  expect(holding(user)).toContain('1 trace.trace');
  expect(holding(password)).toEqual([]);
});

test('no picture shows the password: two of the same length look the same', async ({ page, signIn, sandbox }) => {
  await signIn('prep');
  const step = new ConnectionPage(page);
  await expect(step.password).toBeVisible();
  const pictureOf = async (password: string) => {
    await typeSecret(step.password, password);
    await step.password.blur();
    // The field alone: anything else may change meanwhile.
    return step.password.screenshot({ animations: 'disabled' });
  };
  const { password } = sandbox.info.vcenter;
  await pictureOf('the first');
  const picture = await pictureOf(password);
  expect((await pictureOf('x'.repeat(password.length))).equals(picture)).toBe(true);
  expect((await pictureOf('x'.repeat(password.length + 3))).equals(picture)).toBe(false);

  // Those of the documentation, and those that other tests have made so far.
  const pictures = ['docs', '.build/pictures']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.png'))
        .map((file) => join(root, folder, file)),
    );
  expect(pictures.length).toBeGreaterThan(0);
  for (const file of pictures)
    expect(
      formsOf(password).some((form) => readFileSync(file).includes(form)),
      file,
    ).toBe(false);
});
