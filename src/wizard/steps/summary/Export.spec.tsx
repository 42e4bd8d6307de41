import { act, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { unzip } from '../../../../integration-tests/zip';
import { ownLabels } from '../../../domain/ownership';
import { memoryCluster } from '../../../testing/memory-cluster';
import type { MemoryCluster } from '../../../testing/memory-cluster';
import { renderStep } from '../../../testing/render-step';
import { SummaryStep } from './SummaryStep';

const mtv = 'openshift-mtv';

const opened = async (arrange: (cluster: MemoryCluster) => void = () => undefined) => {
  const cluster = memoryCluster(mtv, 'vms');
  cluster.put('providers', {
    metadata: { name: 'vc', namespace: mtv, labels: ownLabels },
    spec: { type: 'vsphere', url: 'https://vc.example.com/sdk', secret: { name: 'vc-credentials', namespace: mtv } },
  });
  cluster.put('secrets', { metadata: { name: 'vc-credentials', namespace: mtv }, stringData: { password: 'hunter2' } });
  arrange(cluster);
  const { user } = renderStep(<SummaryStep />, { cluster, project: 'vms' });
  await act(() => Promise.resolve());
  await user.click(screen.getByRole('button', { name: 'Export…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Export' });
  return { user, cluster, dialog, inside: within(dialog) };
};

test('names the files and what is left, and downloads them as one archive without a password', async () => {
  const archives: { name: string; content: Blob }[] = [];
  let last = new Blob();
  URL.createObjectURL = (content) => {
    last = content as Blob;
    return 'blob:x';
  };
  URL.revokeObjectURL = () => undefined;
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    archives.push({ name: this.download, content: last });
  });
  const { user, cluster, dialog, inside } = await opened();
  expect(await inside.findByText(/objects\/openshift-mtv\/providers-vc\.yaml/)).toBeVisible();
  expect(within(inside.getByRole('list', { name: 'What is left for you' })).getAllByRole('listitem').length).toBe(3);
  expect(inside.getByText(/The browser saves migration-prep\.zip, under another name/)).toBeVisible();
  expect(await axe(dialog)).toHaveNoViolations();
  await user.click(inside.getByRole('button', { name: 'Download' }));
  expect(archives[0]?.name).toBe('migration-prep.zip');
  const files = unzip(Buffer.from(new Uint8Array((await archives[0]?.content.arrayBuffer()) ?? new ArrayBuffer(0))));
  expect([...files.keys()]).toContain('migration-prep/secrets/openshift-mtv/vc-credentials.yaml');
  expect([...files.values()].join()).not.toContain('hunter2');
  expect(cluster.writes).toEqual([]);
});

test('says what it may not see and leaves it out', async () => {
  const { inside } = await opened((cluster) => {
    cluster.confine(mtv);
  });
  expect(await inside.findByText(/You may not look at these, so they are left out: .*StorageClass/)).toBeVisible();
  expect(inside.getByText(/objects\/openshift-mtv\/providers-vc\.yaml/)).toBeVisible();
});

test('a cluster that does not answer is said, and asked again', async () => {
  const { user, inside } = await opened((cluster) => {
    cluster.fail({ verb: 'list', kind: 'lvmClusters', failure: 'Unreachable' });
  });
  expect(await inside.findByText(/The cluster could not be asked/)).toBeVisible();
  expect(inside.getByRole('button', { name: 'Download' })).toBeDisabled();
  await user.click(inside.getByRole('button', { name: 'Retry' }));
  expect(await inside.findByText(/values\.yaml/)).toBeVisible();
});
