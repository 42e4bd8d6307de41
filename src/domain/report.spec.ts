import { memoryCluster } from '../testing/memory-cluster';
import { converge } from './converge';
import { ownLabels } from './ownership';
import { planReport, planReportRemoval, reportNeeds } from './report';

const needs = reportNeeds('r', 'vms');
const data = { summary: '1 of 2 ready', 'report.yaml': '[]' };
const write = (cluster: ReturnType<typeof memoryCluster>, content: Readonly<Record<string, string>> = data) =>
  converge({ cluster, needs, plan: planReport('r', 'vms', content) });

test('the report is written once, and again when it says something else', async () => {
  const cluster = memoryCluster('vms');
  expect((await write(cluster)).ok).toBe(true);
  expect(cluster.all('configMaps')).toMatchObject([{ metadata: { name: 'r', labels: ownLabels }, data }]);
  await write(cluster, Object.fromEntries(Object.entries(data).reverse()));
  expect(cluster.writes).toHaveLength(1);
  await write(cluster, { summary: '2 of 2 ready' });
  expect(cluster.all('configMaps')[0]?.data).toEqual({ summary: '2 of 2 ready' });
  expect(cluster.writes).toHaveLength(2);
});

test('a report of ours that was emptied is filled again', async () => {
  const cluster = memoryCluster('vms');
  cluster.put('configMaps', { metadata: { name: 'r', namespace: 'vms', labels: ownLabels } });
  await write(cluster);
  expect(cluster.all('configMaps')[0]?.data).toEqual(data);
});

test("somebody else's ConfigMap is neither written nor deleted, ours goes", async () => {
  const cluster = memoryCluster('vms');
  cluster.put('configMaps', { metadata: { name: 'r', namespace: 'vms' }, data: { theirs: '1' } });
  expect(await write(cluster)).toMatchObject({ ok: false, error: { code: 'Refused', problem: 'NameTaken' } });
  expect((await converge({ cluster, needs, plan: planReportRemoval })).ok).toBe(true);
  expect(cluster.writes).toEqual([]);
  cluster.remove('configMaps', 'r', 'vms');
  await write(cluster);
  await converge({ cluster, needs, plan: planReportRemoval });
  expect(cluster.all('configMaps')).toEqual([]);
});
