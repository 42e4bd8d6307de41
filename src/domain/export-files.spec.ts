import { parseAllDocuments } from 'yaml';
import { memoryCluster } from '../testing/memory-cluster';
import type { MemoryCluster } from '../testing/memory-cluster';
import { create } from './change';
import { planProviderItself } from './connection/plan-provider';
import { converge, observe } from './converge';
import { exportFiles, exportFilesNeeds } from './export-files';
import { kinds } from './kinds';
import type { KindId } from './kinds';
import type { KubeObject } from './objects';
import { declaredBy, ownLabels } from './ownership';
import { plainEnglish } from './translate';
import { buildName, buildNeeds, planBuild } from './vddk/plan-build';
import { planPuller, pullerNeeds } from './vddk/plan-puller';

const mtv = 'openshift-mtv';
const build = { project: mtv, version: '8.0.3', archive: 'vddk.tar.gz', baseImage: 'ubi9' };
const puller = { project: mtv, target: 'vms' };
const provider = { name: 'vc', namespace: mtv, url: 'https://vc.example.com/sdk', endpoint: 'vcenter' as const };

const prepared = async (): Promise<MemoryCluster> => {
  const cluster = memoryCluster(mtv, 'vms', 'openshift-nmstate');
  await converge({ cluster, needs: buildNeeds(mtv), plan: planBuild(build) });
  await converge({ cluster, needs: pullerNeeds(puller), plan: planPuller(puller) });
  cluster.put('providers', {
    metadata: {
      name: 'vc',
      namespace: mtv,
      labels: ownLabels,
      annotations: {
        ...declaredBy({ namespace: 'a', name: 'b' }),
        'argocd.argoproj.io/tracking-id': 'app:forklift.konveyor.io/Provider:openshift-mtv/vc',
        mine: 'kept',
      },
    },
    spec: {
      type: 'vsphere',
      url: provider.url,
      secret: { name: 'vc-credentials', namespace: mtv },
      settings: { sdkEndpoint: 'vcenter', vddkInitImage: `registry.svc:5000/${mtv}/${buildName}@sha256:1` },
    },
    status: { phase: 'Ready' },
  });
  cluster.put('secrets', {
    metadata: { name: 'vc-credentials', namespace: mtv, labels: ownLabels },
    stringData: { password: 'hunter2' },
  });
  cluster.put('networkAttachmentDefinitions', {
    metadata: { name: 'vlan-7', namespace: 'vms', labels: ownLabels },
    spec: { config: '{"cniVersion":"0.3.1","type":"bridge","bridge":"br1","vlan":7}' },
  });
  cluster.put('networkAttachmentDefinitions', {
    metadata: { name: 'theirs', namespace: 'vms' },
    spec: { config: '{}' },
  });
  const entry = { source: { id: 'pg-7' }, destination: { type: 'multus', name: 'vlan-7', namespace: 'vms' } };
  const pair = { source: { name: 'vc', namespace: mtv }, destination: { name: 'host', namespace: mtv } };
  for (const [name, ownerReferences] of [
    ['vc-vms', []],
    ['plan-vc-vms', [{ apiVersion: 'forklift.konveyor.io/v1beta1', kind: 'Plan', name: 'plan', uid: '1' }]],
  ] as const)
    cluster.put('networkMaps', {
      metadata: { name, namespace: mtv, labels: ownLabels, ownerReferences },
      spec: { provider: pair, map: [entry] },
      status: { observedGeneration: 1 },
    });
  cluster.put('operatorGroups', { metadata: { name: 'g', namespace: 'openshift-nmstate', labels: ownLabels } });
  cluster.put('nmStates', { metadata: { name: 'nmstate', labels: ownLabels } });
  return cluster;
};

const exported = async (cluster: MemoryCluster) => {
  const seen = await observe(cluster, exportFilesNeeds);
  if (!seen.ok) throw new Error('not seen');
  return exportFiles(plainEnglish, seen.value);
};

const kindOf = ({ kind, apiVersion }: { kind?: string; apiVersion?: string }): KindId =>
  Object.entries(kinds).find(
    ([, each]) => each.kind === kind && apiVersion === (each.group ? `${each.group}/${each.version}` : each.version),
  )?.[0] as KindId;

/** Applies the objects and the Secrets as kubectl does: file by file, in the order of their paths. */
const applied = async (files: Awaited<ReturnType<typeof exported>>['files']): Promise<MemoryCluster> => {
  const cluster = memoryCluster();
  const paths = files.filter(({ path }) => /^(objects|secrets)\//.test(path));
  for (const { content } of [...paths].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const object = parseAllDocuments(content)[0]?.toJS() as KubeObject;
    const answer = await cluster.apply(create(kindOf(object), object as never));
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  }
  return cluster;
};

test('is a folder of objects by project, of Secrets without values, of values and notes', async () => {
  const { files } = await exported(await prepared());
  expect(files.map(({ path }) => path)).toEqual([
    'values.yaml',
    'NOTES.md',
    'objects/0-projects/openshift-mtv.yaml',
    'objects/0-projects/openshift-nmstate.yaml',
    'objects/0-projects/vms.yaml',
    'objects/openshift-nmstate/operatorgroups-g.yaml',
    'objects/cluster/nmstates-nmstate.yaml',
    'objects/openshift-mtv/providers-vc.yaml',
    `objects/openshift-mtv/imagestreams-${buildName}.yaml`,
    `objects/openshift-mtv/buildconfigs-${buildName}.yaml`,
    `objects/openshift-mtv/rolebindings-${buildName}-vms.yaml`,
    'objects/vms/network-attachment-definitions-vlan-7.yaml',
    // Not the copy that a plan owns.
    'objects/openshift-mtv/networkmaps-vc-vms.yaml',
    'secrets/openshift-mtv/vc-credentials.yaml',
    'argocd/application.yaml',
    'argocd/cluster-role.yaml',
    'argocd/cluster-role-binding.yaml',
  ]);
  const all = files.map(({ content }) => content).join();
  expect(all).not.toMatch(/hunter2|status:|resourceVersion|declared-by|tracking-id|sha256/);
  expect(all).toContain('mine: kept');
});

test('on an empty cluster it gives the same objects, and nothing is left to plan', async () => {
  const first = await exported(await prepared());
  const cluster = await applied(first.files);
  const again = await exported(cluster);
  const objects = ({ files }: typeof first) => files.filter(({ path }) => /^(objects|secrets)\//.test(path));
  expect(objects(again)).toEqual(objects(first));
  for (const run of [
    converge({ cluster, needs: buildNeeds(mtv), plan: planBuild(build) }),
    converge({ cluster, needs: pullerNeeds(puller), plan: planPuller(puller) }),
  ])
    expect((await run).ok).toBe(true);
  expect(planProviderItself(provider, cluster.all('providers')[0])).toEqual([]);
  expect(cluster.writes.every(({ verb }) => verb === 'create')).toBe(true);
  expect(cluster.writes).toHaveLength(objects(first).length);
});

test('says what objects do not bring about, and gives Argo CD the rights for the kinds that are there, and no more', async () => {
  const cluster = await prepared();
  cluster.put('storageClasses', {
    metadata: { name: 'fast', annotations: { 'storageclass.kubevirt.io/is-default-virt-class': 'true' } },
  });
  cluster.put('imageRegistryConfigs', {
    metadata: { name: 'cluster' },
    spec: { managementState: 'Managed', storage: { pvc: { claim: 'image-registry-migration-prep' } } },
  });
  cluster.put('subscriptions', { metadata: { name: 'by-hand', namespace: 'openshift-nmstate' }, spec: { name: 'x' } });
  const { files, left } = await exported(cluster);
  expect(left).toContain('Subscription by-hand was not created by Migration Prep, so it is not among the objects.');
  expect(left).toContainEqual(
    expect.stringMatching(/^StorageClass fast is not among the objects\. .*kubectl annotate/),
  );
  expect(left).toContainEqual(expect.stringMatching(/^The image registry is not among the objects/));
  const role = files.find(({ path }) => path === 'argocd/cluster-role.yaml')?.content ?? '';
  const { rules } = parseAllDocuments(role)[0]?.toJS() as { rules: { resources: string[]; verbs: string[] }[] };
  expect(rules.flatMap(({ resources }) => resources).sort()).toEqual([
    'buildconfigs',
    'imagestreams',
    'network-attachment-definitions',
    'networkmaps',
    'nmstates',
    'operatorgroups',
    'providers',
    'rolebindings',
  ]);
  expect(rules.flatMap(({ verbs }) => verbs)).not.toContain('delete');
});
