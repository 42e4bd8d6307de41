import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './test';
import { walkTheWholeWay } from './walk';

// MTV's own definitions are not part of the project; where they lie beside it, the whole way is walked on them.
const published = join(import.meta.dirname, '../../shared/crds/forklift-2.12');
const isThere = existsSync(published);
if (!isThere)
  console.log("MTV's published CRDs do not lie beside the project: the whole way is walked on the sandbox's own.");

test.use({ crds: isThere ? published : undefined });

test('what we send is stored as it was sent: nothing is pruned', async ({ page, signIn, cluster, sandbox }) => {
  const sent: { url: string; body: { metadata: { name: string }; spec?: Record<string, unknown> } }[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (request.method() !== 'POST' || search !== '' || !/\/(providers|network-attachment-definitions)$/.test(pathname))
      return;
    sent.push({
      url: pathname.replace('/api/kubernetes', ''),
      body: request.postDataJSON() as (typeof sent)[number]['body'],
    });
  });
  await signIn('prep', '/migration-prep?project=migration-target');
  await walkTheWholeWay(page, sandbox.info.vcenter);
  expect(sent.map(({ url }) => url.split('/').at(-1))).toEqual(
    expect.arrayContaining(['providers', 'network-attachment-definitions']),
  );
  for (const { url, body } of sent) {
    const stored = await cluster.get<{ spec: object }>(`${url}/${body.metadata.name}`);
    expect(stored.spec, body.metadata.name).toMatchObject(body.spec ?? {});
  }
});
