import type { Page } from '@playwright/test';
import { test } from './test';
import type { KubeApi } from './test';

test.use({ scenario: 'prepared' });

const openings = [
  { what: 'page, first time', path: '/migration-prep', usable: 'What migrations need of this cluster' },
  { what: 'page, again', path: '/migration-prep', usable: 'What migrations need of this cluster' },
  { what: 'networks', path: '/migration-prep?step=networks&project=migration-target', usable: 'port groups shown' },
  { what: 'summary', path: '/migration-prep?step=summary', usable: 'Created by Migration Prep' },
  { what: 'Overview', path: '/dashboards', usable: 'Migration readiness' },
];

/** What an opening asks for, and how long it takes until it can be used. */
interface Measured {
  readonly milliseconds: number;
  readonly files: number;
  readonly requests: number;
  readonly watches: number;
}

const measure = async (page: Page, path: string, usable: string): Promise<Measured> => {
  let [files, requests, watches] = [0, 0, 0];
  const onRequest = (request: { url: () => string }) => {
    const url = request.url();
    if (url.includes('/api/plugins/')) files += 1;
    // The console's own discovery is not ours: two addresses per API group.
    else if (/\/api\/(kubernetes|proxy)\//.test(url) && !/\/apis(\/[^/?]+\/[^/?]+)?$|\/api\/v1$/.test(url))
      requests += 1;
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
  return { milliseconds, files, requests, watches };
};

const large = { projects: 500, nads: 5000, csvs: 200 };

/** Makes the cluster a large one: projects, networks in them that are not ours, and the copies that OLM makes of a ClusterServiceVersion. */
const grow = async (cluster: KubeApi): Promise<void> => {
  const project = (at: number) => `large-${String(at % large.projects)}`;
  const many = async (count: number, make: (at: number) => Promise<unknown>) => {
    for (let from = 0; from < count; from += 25)
      await Promise.all(Array.from({ length: Math.min(25, count - from) }, (_, at) => make(from + at)));
  };
  await many(large.projects, (at) =>
    cluster.send('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: project(at) },
    }),
  );
  const nads = (at: number) => `/apis/k8s.cni.cncf.io/v1/namespaces/${project(at)}/network-attachment-definitions`;
  await many(large.nads, (at) =>
    cluster.send('POST', nads(at), {
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: { name: `net-${String(at)}` },
      spec: {
        config: JSON.stringify({ cniVersion: '0.3.1', type: 'bridge', bridge: 'br1', vlan: (at % 4000) + 1 }),
      },
    }),
  );
  const csvs = (at: number) => `/apis/operators.coreos.com/v1alpha1/namespaces/${project(at)}/clusterserviceversions`;
  await many(large.csvs, (at) =>
    cluster.send('POST', csvs(at), {
      apiVersion: 'operators.coreos.com/v1alpha1',
      kind: 'ClusterServiceVersion',
      metadata: { name: 'other.v1.0.0', labels: { 'olm.copiedFrom': 'openshift-operators' } },
      spec: { displayName: 'Other', install: { strategy: 'deployment', spec: { deployments: [] } } },
    }),
  );
};

test('requests and time until a page is usable, on a small cluster and on a large one', async ({
  page,
  cluster,
  signIn,
}) => {
  test.setTimeout(300_000);
  await signIn('kubeadmin', '/nowhere');
  await page.waitForLoadState('networkidle');
  const measureAll = async () => {
    const all: Measured[] = [];
    for (const { path, usable } of openings) all.push(await measure(page, path, usable));
    return all;
  };
  const small = await measureAll();
  await grow(cluster);
  const grown = await measureAll();
  console.log(
    `large: ${String(large.projects)} projects, ${String(large.nads)} NetworkAttachmentDefinitions, ${String(large.csvs)} copied ClusterServiceVersions`,
  );
  console.table(
    openings.flatMap(({ what }, at) => {
      const [before, after] = [small[at], grown[at]];
      return before && after
        ? [
            {
              what,
              'ms until usable': before.milliseconds,
              'on the large one': after.milliseconds,
              'times as long': (after.milliseconds / before.milliseconds).toFixed(2),
              'files of the plugin': before.files,
              'API requests': before.requests,
              'on the large one ': after.requests,
              watches: after.watches,
            },
          ]
        : [];
    }),
  );
});
