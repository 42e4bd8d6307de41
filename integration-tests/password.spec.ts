import { ConnectionPage } from './pages/connection-page';
import { expectConnected } from './connection-objects';
import { expect, test } from './test';

/** A password in every form that it could be found in. */
const formsOf = (password: string) => [
  password,
  btoa(password),
  encodeURIComponent(password),
  JSON.stringify(password).slice(1, -1),
  password.replaceAll('&', '&amp;'),
];

test('the password is in the bodies that carry the Secret, and nowhere else', async ({ page, context, signIn, cluster, sandbox }) => {
  const { password } = sandbox.info.vcenter;
  const places: [string, string][] = [];
  const note = (place: string, text: string | null) => places.push([place, text ?? '']);
  let carried = 0;
  page.on('request', (request) => {
    const body = request.postData() ?? '';
    const isSecret = /\/namespaces\/openshift-mtv\/secrets(\/[^/]+)?$/.test(new URL(request.url()).pathname);
    if (isSecret && body.includes(password)) carried += 1;
    note(`${request.method()} ${request.url()}`, `${request.url()}\n${JSON.stringify(request.headers())}${isSecret ? '' : body}`);
  });
  page.on('response', (response) => {
    if (!/javascript|css|font|image/.test(response.headers()['content-type'] ?? '')) {
      void response.text().then(
        (text) => note(`answer of ${response.request().method()} ${response.url()}`, response.request().url().includes('/secrets') ? '' : text),
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
  await expect(step.password).toHaveAccessibleDescription(/refused/);
  await step.password.fill(password);
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
  note('log of the sandbox', sandbox.output());
  await expectConnected(cluster, sandbox.info.vcenter);

  expect(carried, 'requests that store the password: without one this test would prove nothing').toBeGreaterThan(0);
  const found = places.filter(([, text]) => formsOf(password).some((form) => text.includes(form))).map(([place]) => place);
  expect(found).toEqual([]);
  expect(places.map(([place]) => place)).toContain('log of the sandbox');
});
