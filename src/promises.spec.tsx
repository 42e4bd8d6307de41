import { screen, within } from '@testing-library/react';
import { blocked, defineCheck, ready } from './domain/checks/check';
import type { Check } from './domain/checks/check';
import { checks } from './domain/checks/registry';
import { plainEnglish } from './domain/translate';
import { memoryCluster } from './testing/memory-cluster';
import { renderPage } from './testing/render-step';
import { steps } from './wizard/registry';
import type { Step } from './wizard/step';

// ARCHITECTURE promises: a check is one file and one line, a step is one folder and one line. Here both are made, and nothing else is touched.

/** The file of a check: it looks at a list that no other check looks at, at some of a kind, at one object, at one whose place others tell. */
const dummyCheck = defineCheck({
  id: 'dummy',
  title: (t) => t('A dummy'),
  step: 'dummy',
  needs: {
    policies: { list: 'nodeNetworkConfigurationPolicies' },
    mine: { list: 'persistentVolumeClaims', labelSelector: 'dummy=yes', narrower: ['chosen'] },
    version: { kind: 'clusterVersions', name: 'version' },
  },
  judge: ({ policies, mine, version }) =>
    policies.length === 1 && mine.length === 1 && version ? ready('DummyReady') : blocked('DummyMissing'),
  reasons: {
    DummyReady: (t) => t('The dummy is there.'),
    DummyMissing: (t) => t('The dummy is missing.'),
  },
});

/** The folder of a step. */
const dummyStep: Step<'dummy'> = {
  id: 'dummy',
  name: (t) => t('Dummy'),
  load: () => Promise.resolve(() => <p>What the dummy does</p>),
};

/** The line of each. What derives from the registries is loaded after it, as it is in the product. */
const addBoth = async () => {
  (checks as Check[]).push(dummyCheck);
  (steps as unknown as Step[]).push(dummyStep);
  return {
    ...(await import('./command-line/report')),
    ...(await import('./overview/ReadinessPopup')),
    ...(await import('./overview/readiness-health')),
    ...(await import('./overview/resources')),
    ...(await import('./wizard/PrepWizard')),
  };
};
const before = { checks: checks.length, steps: steps.length };
const product = addBoth();

const worldOf = () => {
  const cluster = memoryCluster('openshift-mtv', 'vms');
  cluster.put('nodeNetworkConfigurationPolicies', { metadata: { name: 'bridge' } });
  cluster.put('persistentVolumeClaims', { metadata: { name: 'a', namespace: 'vms', labels: { dummy: 'yes' } } });
  cluster.put('persistentVolumeClaims', { metadata: { name: 'b', namespace: 'vms' } });
  cluster.put('clusterVersions', { metadata: { name: 'version' } });
  return cluster;
};

test('the page shows the step, ticks it by the check, and the Summary tells it', async () => {
  const { PrepWizard } = await product;
  const { user } = renderPage(<PrepWizard />, { cluster: worldOf(), step: 'dummy' });
  expect(await screen.findByText('What the dummy does')).toBeVisible();
  const nav = within(screen.getByRole('navigation', { name: 'Steps of Migration Prep' }));
  expect(nav.getAllByRole('button')).toHaveLength(before.steps + 1);
  expect(await nav.findByRole('button', { name: 'Dummy', description: 'Done' })).toBeVisible();
  await user.click(nav.getByRole('button', { name: 'Summary' }));
  const row = (await screen.findByRole('link', { name: 'A dummy' })).closest('li') as HTMLElement;
  expect(row).toHaveTextContent('The dummy is there.');
  // Not one that is forgotten, and said to be looked at for ever.
  expect(screen.queryByText('Looking at the cluster…')).toBeNull();
});

test('the page looks for it in the project of a user who may not look elsewhere', async () => {
  const { PrepWizard } = await product;
  const cluster = worldOf();
  const useWatch: typeof cluster.useWatch = (query) => {
    const watched = cluster.useWatch(query);
    const isWide = query && 'list' in query && query.list === 'persistentVolumeClaims' && query.namespace === undefined;
    return isWide ? { state: 'failed', failure: { code: 'Forbidden', message: '' } } : watched;
  };
  renderPage(<PrepWizard />, { cluster, project: 'vms', services: { useWatch } });
  const nav = within(screen.getByRole('navigation', { name: 'Steps of Migration Prep' }));
  expect(await nav.findByRole('button', { name: 'Dummy', description: 'Done' })).toBeVisible();
});

test('the report reads what the check needs', async () => {
  const { report } = await product;
  const said: string[] = [];
  const world = { cluster: worldOf(), dryRun: true, say: (line: string) => said.push(line) };
  await report(world, { name: 'report', namespace: 'vms' }).attempt();
  expect(said.find((line) => line.includes('A dummy'))).toMatch(/^ready .*The dummy is there\./);
});

test('the Status card watches what the check needs, counts it and tells it', async () => {
  const { resourcesOf, readinessHealth, ReadinessPopup } = await product;
  const cluster = worldOf();
  const objects = {
    NodeNetworkConfigurationPolicy: cluster.all('nodeNetworkConfigurationPolicies'),
    PersistentVolumeClaim: cluster.all('persistentVolumeClaims').filter(({ metadata }) => metadata.labels?.dummy),
    ClusterVersion: cluster.all('clusterVersions'),
  };
  const results = Object.fromEntries(
    Object.entries(resourcesOf(checks)).map(([name, { groupVersionKind }]) => [
      name,
      { loaded: true, data: (objects as Record<string, readonly object[] | undefined>)[groupVersionKind.kind] ?? [] },
    ]),
  );
  const { message } = readinessHealth(results, (key, params) =>
    plainEnglish(key.replace('plugin__migration-prep~', ''), params),
  );
  expect(message).toBe(`1 of ${String(before.checks + 1)} ready`);
  renderPage(<ReadinessPopup {...results} />, { cluster });
  expect(await screen.findByRole('link', { name: 'A dummy' })).toHaveAttribute('href', '/migration-prep?step=dummy');
  expect(screen.getByText('The dummy is there.')).toBeVisible();
});
