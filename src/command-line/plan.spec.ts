import { kinds } from '../domain/kinds';
import { virtDefaultAnnotation } from '../domain/storage/virt-default';
import { memoryCluster } from '../testing/memory-cluster';
import type { MemoryCluster } from '../testing/memory-cluster';
import { openshift } from '../testing/memory-openshift';
import { overheard, runCases } from '../testing/run-cases';
import { ensureTasks } from '../work/prepare/ensure';
import { execute, wishing } from './execute-tasks';
import { planEnsure } from './plan';
import type { Output } from './plan';

/** The command line's half of the table that the page is held to as well (src/wizard/steps/connection/OneRun.spec.tsx). */

const mtv = 'openshift-mtv';
const wishes = wishing({ operators: { mtv: { mode: 'install', channel: 'release-v2.12' } } });

const plan = async (cluster: MemoryCluster, wanted = wishes, output: Output = 'text', only = ['operators']) => {
  const [said, complaints]: [string[], string[]] = [[], []];
  const patience = {
    deadline: 60_000,
    interval: 1000,
    isRehearsal: false,
    now: () => 0,
    pause: () => Promise.reject(new Error('a plan waits for nothing')),
    say: (line: string) => said.push(line),
    complain: (line: string) => complaints.push(line),
  };
  const world = { cluster, dryRun: false, say: (line: string) => said.push(line) };
  return {
    code: await planEnsure(world, patience, (rehearsing) => ensureTasks(rehearsing, wanted, only), output),
    out: said.join('\n'),
    complaints,
  };
};

const ensure = (cluster: MemoryCluster) =>
  execute(ensureTasks({ cluster, dryRun: false, say: () => undefined }, wishes, ['operators']));

describe.each(['operatorGroups', 'subscriptions'] as const)('at a creation of %s', (kind) => {
  test.each(runCases)('$name: plan says so and tries nothing more', async ({ arrange, says, code, isTried }) => {
    const { cluster, asked } = overheard(openshift('4.21.3', mtv));
    arrange(cluster, kind);
    const planned = await plan(cluster);
    expect(planned.code).toBe(code);
    expect(planned.complaints).toEqual([expect.stringMatching(says(mtv, kinds[kind].kind))]);
    expect(planned.out).toContain('create Subscription openshift-mtv/mtv-operator');
    expect(asked.length > 0).toBe(isTried);
    expect(cluster.writes).toEqual([]);
  });

  test.each(runCases)('$name: ensure ends with the same exit code', async ({ arrange, code }) => {
    const { cluster } = overheard(openshift('4.21.3', mtv));
    arrange(cluster, kind);
    expect((await ensure(cluster)).code).toBe(code);
  });
});

test('a project still to be made leaves unchecked what belongs into it, and that is said', async () => {
  const { cluster, asked } = overheard(openshift('4.21.3'));
  const { code, out, complaints } = await plan(cluster);
  expect({ code, complaints, asked }).toEqual({ code: 0, complaints: [], asked: ['try namespaces'] });
  expect(out)
    .toBe(`operator/mtv: the cluster would accept this, as far as it could be asked: 2 of 3 changes are not checked.
  create Namespace openshift-mtv
    because: Migration Toolkit for Virtualization will be installed in this project, which does not exist yet.
    + metadata.labels["app.kubernetes.io/managed-by"]: migration-prep
    + metadata.labels["app.kubernetes.io/part-of"]: migration-prep
  create OperatorGroup openshift-mtv/migration (not checked: project openshift-mtv does not exist yet)
    because: OLM installs nothing in a project without an OperatorGroup.
    + metadata.labels["app.kubernetes.io/managed-by"]: migration-prep
    + metadata.labels["app.kubernetes.io/part-of"]: migration-prep
    + spec.targetNamespaces: ["openshift-mtv"]
  create Subscription openshift-mtv/mtv-operator (not checked: project openshift-mtv does not exist yet)
    because: The wishes ask for Migration Toolkit for Virtualization, and nothing on this cluster installs it.
    + metadata.labels["app.kubernetes.io/managed-by"]: migration-prep
    + metadata.labels["app.kubernetes.io/part-of"]: migration-prep
    + spec.name: mtv-operator
    + spec.source: redhat-operators
    + spec.sourceNamespace: openshift-marketplace
    + spec.installPlanApproval: Automatic
    + spec.channel: release-v2.12
Plan: 3 to create, 0 to change, 0 to delete. Not checked: 2.`);
});

test.each<[string, Parameters<MemoryCluster['fail']>[0], string]>([
  [
    'a webhook takes part in no dry run',
    {
      verb: 'create',
      kind: 'subscriptions',
      status: { code: 400, reason: 'BadRequest', message: 'admission webhook "x" does not support dry run' },
    },
    'the cluster does not support a dry run of it',
  ],
  [
    'an answer was lost',
    { verb: 'create', kind: 'subscriptions', failure: 'Unreachable' },
    'the cluster gave no usable answer',
  ],
])('%s: unchecked, and why', async (_, fault, why) => {
  const cluster = openshift('4.21.3', mtv);
  cluster.fail(fault);
  const { code, out } = await plan(cluster);
  expect(code).toBe(0);
  expect(out).toContain(`create Subscription openshift-mtv/mtv-operator (not checked: ${why})`);
});

test('a cluster that does not answer is not called prepared', async () => {
  const cluster = openshift('4.21.3', mtv);
  cluster.fail({ verb: 'list', kind: 'subscriptions', failure: 'Unreachable', times: 99 });
  const { code, complaints } = await plan(cluster);
  expect({ code, complaints }).toEqual({
    code: 3,
    complaints: [expect.stringContaining('The cluster did not answer')],
  });
});

test('what is there is changed by what differs; what has to come first, and what is done, is said', async () => {
  const cluster = openshift('4.21.3', mtv);
  cluster.put('storageClasses', { metadata: { name: 'fast' }, provisioner: 'rbd' });
  const wanted = wishing({
    operators: { mtv: { mode: 'adopt' } },
    storage: { virtDefaultClass: 'fast' },
    virtualization: { evictionStrategy: 'LiveMigrate' },
  });
  const { code, out } = await plan(cluster, wanted, 'text', []);
  expect(code).toBe(0);
  expect(out).toContain(
    'operator/mtv: nothing to do. Migration Toolkit for Virtualization is left to others to install.',
  );
  expect(out).toContain('eviction-strategy: cannot be planned yet. There is no HyperConverged yet.');
  expect(out).toContain(`    because: Disks of virtual machines should use this class, but it is not marked.
    + metadata.annotations["${virtDefaultAnnotation}"]: true`);
  expect(out).toMatch(/Plan: 0 to create, 1 to change, 0 to delete\.$/);
});

test('as JSON it is one document for programs', async () => {
  const { out } = await plan(openshift('4.21.3'), wishes, 'json');
  expect(JSON.parse(out)).toMatchObject({
    parts: [
      {
        part: 'operator/mtv',
        state: 'planned',
        changes: [
          { verb: 'create', apiVersion: 'v1', kind: 'Namespace', name: mtv, check: 'accepted' },
          { kind: 'OperatorGroup', check: 'unchecked', reason: 'project openshift-mtv does not exist yet' },
          {
            apiVersion: 'operators.coreos.com/v1alpha1',
            kind: 'Subscription',
            namespace: mtv,
            name: 'mtv-operator',
            why: 'The wishes ask for Migration Toolkit for Virtualization, and nothing on this cluster installs it.',
            check: 'unchecked',
            difference: expect.arrayContaining([{ path: '/spec/channel', after: 'release-v2.12' }]) as unknown,
          },
        ],
      },
    ],
  });
});

test('an empty wish is an empty plan', async () => {
  const { code, out } = await plan(memoryCluster(), wishing({}));
  expect({ code, out }).toEqual({ code: 0, out: 'Plan: 0 to create, 0 to change, 0 to delete.' });
});
