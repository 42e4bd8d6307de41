import type { BrowserContext, Page } from '@playwright/test';
import { builds, expectBuilt } from './build-objects';
import { goodArchive, VddkPage } from './pages/vddk-page';
import { expect, test } from './test';
import { countOf, sentBy, writeFaults } from './write-faults';

const step = '/migration-prep?step=vddk&project=migration-target';

/** The writes between the archive and MTV: what only rehearses has a query (dryRun) behind. */
const writes = {
  'create the ImageStream': { method: 'POST', path: '/imagestreams$' },
  'create the BuildConfig': { method: 'POST', path: '/buildconfigs$' },
  'create the right to pull': { method: 'POST', path: '/rolebindings$' },
  'upload the archive': { method: 'POST', path: '/instantiatebinary$' },
  'set the image': { method: 'PATCH', path: '/forkliftcontrollers/' },
} as const;

/** Sets how many bytes a second the page can send; -1: as many as it likes. */
const throttleOf = async (page: Page, context: BrowserContext) => {
  const network = await context.newCDPSession(page);
  return (uploadThroughput: number) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
};

// The browser notes what it got; what the page makes of it is tested.
test.use({ allowedErrors: /^Failed to load resource|^WebSocket connection to .* failed/ });

for (const [write, request] of Object.entries(writes)) {
  for (const [happens, fault] of Object.entries(writeFaults)) {
    test(`${write}: ${happens}; afterwards everything is there once`, async ({
      page,
      signIn,
      cluster,
      breakRequests,
    }) => {
      await signIn('prep', step);
      const vddkPage = new VddkPage(page);
      await vddkPage.chooseArchive();
      // The upload is not the console's: it asks once.
      await breakRequests({ ...request, ...fault, count: write === 'upload the archive' ? 1 : countOf(fault) });
      await vddkPage.upload.click();
      const rollOut = page.getByText(/MTV (is rolling this image out|uses this image)/);
      const again = vddkPage.retry.or(vddkPage.useThis);
      await expect(rollOut.or(again).first()).toBeVisible({ timeout: 30_000 });
      if (await again.first().isVisible()) await again.first().click();
      await expect(rollOut).toBeVisible({ timeout: 30_000 });
      await expectBuilt(cluster);
    });
  }

  test(`the tab is closed after: ${write}; opened again, it continues`, async ({
    page,
    context,
    signIn,
    cluster,
    breakRequests,
  }) => {
    await signIn('prep', step);
    const vddkPage = new VddkPage(page);
    await vddkPage.chooseArchive();
    // The write arrives; its answer never does, for the tab is gone.
    await breakRequests({ ...request, action: 'drop-after', count: 1 });
    const sent = sentBy(page, request, 30_000);
    await vddkPage.upload.click();
    await sent;
    // Long enough for the write to arrive, and for an archive to be taken.
    await expect.poll(async () => (await cluster.list(builds)).length > 0 || write.startsWith('create')).toBe(true);
    await page.waitForTimeout(1000);
    await page.close();

    const again = await context.newPage();
    await again.goto(step);
    const reopened = new VddkPage(again);
    // What goes on by itself is waited for; what is built is offered; what has not begun begins anew.
    const begin = reopened.upload;
    const rollOut = again.getByText(/MTV (is rolling this image out|uses this image)/);
    await expect(begin.or(reopened.useThis).or(rollOut).first()).toBeVisible();
    if (await reopened.useThis.isVisible()) {
      await reopened.useThis.click();
    } else if (!(await rollOut.isVisible())) {
      await reopened.chooseArchive();
      await begin.click();
    }
    await expect(rollOut).toBeVisible({ timeout: 30_000 });
    await expectBuilt(cluster);
  });
}

test("MTV's settings cannot be read during an upload: it stays in sight with its Cancel, and goes on to its end", async ({
  page,
  context,
  request,
  sandbox,
  signIn,
  cluster,
  breakRequests,
}) => {
  // The console asks again 15 seconds after a watch broke (docs/facts/console-host.md).
  test.setTimeout(120_000);
  await signIn('prep', step);
  const vddkPage = new VddkPage(page);
  await vddkPage.chooseArchive(goodArchive(5 * 1024 * 1024));
  const throttle = await throttleOf(page, context);
  await throttle(128 * 1024);
  await vddkPage.upload.click();
  const sent = async () => Number(await vddkPage.progress.getAttribute('aria-valuenow'));
  await expect.poll(sent).toBeGreaterThan(0);
  await breakRequests(
    { method: 'GET', path: '/forkliftcontrollers\\?limit=', action: 'status', status: 500 },
    { path: 'forkliftcontrollers\\?watch=true', action: 'cut-watch' },
  );
  await expect(page.getByText("MTV's settings cannot be shown")).toBeVisible({ timeout: 30_000 });
  await expect(vddkPage.cancelUpload).toBeEnabled();
  const before = await sent();
  await expect.poll(sent).toBeGreaterThan(before);
  await request.delete(`${sandbox.info.console}/_sandbox/faults`);
  await throttle(-1);
  await expect(vddkPage.done).toBeVisible({ timeout: 60_000 });
  await expectBuilt(cluster);
});

test.describe('a session that expires', () => {
  // A part of the page that is fetched after that is answered by 401, and Chromium complains of what it is.
  test.use({
    allowedErrors:
      /^Failed to load resource|^WebSocket connection to .* failed|^Refused to execute script from '[^']*\/api\/plugins\/migration-prep\//,
  });

  test('in the middle of an upload: signed in again, the page says what became of it, and it is repeated', async ({
    page,
    context,
    request,
    sandbox,
    signIn,
    cluster,
  }) => {
    await signIn('prep', step);
    const vddkPage = new VddkPage(page);
    await vddkPage.chooseArchive(goodArchive(3 * 1024 * 1024));
    const throttle = await throttleOf(page, context);
    await throttle(256 * 1024);
    await vddkPage.upload.click();
    await expect(vddkPage.progress).toHaveAttribute('aria-valuenow', /^[1-9]\d?$/);
    await request.post(`${sandbox.info.console}/_sandbox/expire-session?user=prep`);
    // The console leads to the sign-in page as soon as any request is answered by 401; leaving breaks the upload off.
    await page.getByRole('button', { name: /^prep/ }).click({ timeout: 45_000 });
    await throttle(-1);
    await expect(
      page.getByText(/did not arrive completely|The build was cancelled|VDDK 8.0.3 was built/),
    ).toBeVisible();
    if (await vddkPage.useThis.isVisible()) {
      await vddkPage.useThis.click();
    } else {
      await vddkPage.chooseArchive();
      await vddkPage.upload.click();
    }
    await expectBuilt(cluster);
  });
});
