import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import { nameOfChange } from '../../domain/change';
import { changeText } from '../../domain/converge-text';
import { plainEnglish } from '../../domain/translate';
import { buildName } from '../../domain/vddk/plan-build';
import { rehearseUpload } from './rehearse-upload';

const mtv = 'openshift-mtv';
const wish = {
  ...{ project: mtv, target: 'vms', mtv, version: '8.0.3', archive: 'vddk.tar.gz', baseImage: 'ubi9' },
  ...{ before: undefined, providers: [{ name: 'vc', namespace: mtv, before: '' }] },
};

const world = (): MemoryCluster => {
  const cluster = memoryCluster(mtv, 'vms');
  cluster.put('forkliftControllers', { metadata: { name: 'forklift', namespace: mtv }, spec: {} });
  cluster.put('providers', { metadata: { name: 'vc', namespace: mtv }, spec: { type: 'vsphere' } });
  return cluster;
};

test('shows all that an upload leads to, asks about what can be asked, and writes nothing', async () => {
  const cluster = world();
  const { trials, outcome } = await rehearseUpload(cluster, wish);
  expect(outcome.ok).toBe(true);
  expect(trials.map(({ change, answer }) => [changeText(plainEnglish, nameOfChange(change)), answer.code])).toEqual([
    [`Create ImageStream ${buildName}`, 'Accepted'],
    [`Create BuildConfig ${buildName}`, 'Accepted'],
    [`Create RoleBinding ${buildName}-vms`, 'Accepted'],
    ['Change Provider vc', 'FollowsLater'],
    ['Change ForkliftController forklift', 'FollowsLater'],
  ]);
  expect(cluster.writes).toEqual([]);
});

test('says that there is no registry, and what right is missing, before anything else', async () => {
  const cluster = world();
  cluster.switchRegistry(false);
  expect((await rehearseUpload(cluster, wish)).outcome).toMatchObject({
    error: { code: 'Refused', problem: { code: 'RegistryMissing' } },
  });
  cluster.forbid('create', 'buildConfigs');
  expect((await rehearseUpload(cluster, wish)).outcome).toMatchObject({
    error: { code: 'RightsMissing', rights: [{ kind: 'buildConfigs', verb: 'create' }] },
  });
});
