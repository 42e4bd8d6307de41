import { test } from './test';

test.use({ scenario: 'prepared' });

const openings = [
  { what: 'page, first time', path: '/migration-prep', usable: 'Connect a vCenter' },
  { what: 'page, again', path: '/migration-prep', usable: 'Connect a vCenter' },
  { what: 'networks', path: '/migration-prep?step=networks&project=migration-target', usable: 'port groups shown' },
  { what: 'summary', path: '/migration-prep?step=summary', usable: 'Created by Migration Prep' },
  { what: 'Overview', path: '/dashboards', usable: 'Migration readiness' },
];

test('requests and time until a page is usable', async ({ page, signIn }) => {
  await signIn('kubeadmin', '/nowhere');
  await page.waitForLoadState('networkidle');
  const rows: Record<string, string | number>[] = [];
  for (const { what, path, usable } of openings) {
    let plugin = 0;
    let api = 0;
    let watches = 0;
    const count = (url: string) => {
      if (url.includes('/api/plugins/')) plugin += 1;
      // The console's own discovery is not ours: two addresses per API group.
      else if (/\/api\/(kubernetes|proxy)\//.test(url) && !/\/apis(\/[^/?]+\/[^/?]+)?$|\/api\/v1$/.test(url)) api += 1;
    };
    const onRequest = (request: { url: () => string }) => {
      count(request.url());
    };
    const onSocket = () => {
      watches += 1;
    };
    page.on('request', onRequest);
    page.on('websocket', onSocket);
    const began = performance.now();
    await page.goto(path);
    await page.getByText(usable).first().waitFor();
    const milliseconds = Math.round(performance.now() - began);
    await page.waitForTimeout(1500);
    page.off('request', onRequest);
    page.off('websocket', onSocket);
    rows.push({ what, 'ms until usable': milliseconds, 'files of the plugin': plugin, 'API requests': api, watches });
  }
  console.table(rows);
});
