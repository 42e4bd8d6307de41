import { memoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import { ownLabels } from '../ownership';
import { plainEnglish } from '../translate';
import { buildNeeds, buildPlanProblemText, planBuild } from './plan-build';
import type { BuildWish } from './plan-build';

const mtv = 'openshift-mtv';
const wish: BuildWish = {
  project: mtv,
  version: '8.0.3',
  archive: 'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz',
  baseImage: 'registry.example.com/ubi9-minimal:9.6',
};
const run = (cluster: ReturnType<typeof memoryCluster>, wanted = wish) =>
  converge({ cluster, needs: buildNeeds(mtv), plan: planBuild(wanted) });
const configOf = (cluster: ReturnType<typeof memoryCluster>) => cluster.all('buildConfigs')[0];
const name = 'migration-prep-vddk';

describe('what a build needs', () => {
  test('is an ImageStream and a BuildConfig of ours that nothing triggers', async () => {
    const cluster = memoryCluster(mtv);
    expect((await run(cluster)).ok).toBe(true);
    expect(cluster.all('imageStreams').map(({ metadata }) => [metadata.name, metadata.labels])).toEqual([
      [name, ownLabels],
    ]);
    expect(configOf(cluster)?.metadata).toMatchObject({ name, labels: ownLabels });
    expect(configOf(cluster)?.spec).toEqual({
      source: {
        type: 'Binary',
        binary: {},
        dockerfile: [
          'FROM registry.example.com/ubi9-minimal:9.6',
          'COPY vmware-vix-disklib-distrib /vmware-vix-disklib-distrib',
          'LABEL io.migration-prep.vddk.version="8.0.3" io.migration-prep.vddk.archive="VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz"',
          'USER 1001',
          'ENTRYPOINT ["cp", "-r", "/vmware-vix-disklib-distrib", "/opt"]',
          '',
        ].join('\n'),
      },
      strategy: { type: 'Docker', dockerStrategy: {} },
      output: { to: { kind: 'ImageStreamTag', name: `${name}:8.0.3` } },
      nodeSelector: { 'kubernetes.io/arch': 'amd64' },
      runPolicy: 'Parallel',
      successfulBuildsHistoryLimit: 1,
    });
    const { length } = cluster.writes;
    expect((await run(cluster)).ok).toBe(true);
    expect(cluster.writes).toHaveLength(length);
  });

  test('a file name cannot write the Dockerfile', async () => {
    const cluster = memoryCluster(mtv);
    await run(cluster, { ...wish, archive: 'a"\nRUN $(evil)\\.gz' });
    expect(configOf(cluster)?.spec?.source?.dockerfile).toContain('.archive="a__RUN___evil__.gz"\nUSER 1001\n');
  });

  test('is brought up to date; what an administrator added stays; a trigger goes', async () => {
    const cluster = memoryCluster(mtv);
    await run(cluster);
    const before = configOf(cluster);
    if (!before) throw new Error('no BuildConfig');
    const dockerStrategy = { pullSecret: { name: 'ours' } };
    cluster.put('buildConfigs', {
      ...before,
      spec: {
        ...before.spec,
        strategy: { type: 'Docker', dockerStrategy },
        runPolicy: 'Serial',
        triggers: [{ type: 'ConfigChange' }],
      },
    });
    expect((await run(cluster, { ...wish, version: '8.0.2' })).ok).toBe(true);
    const { spec } = configOf(cluster) ?? {};
    expect(spec).toMatchObject({
      runPolicy: 'Parallel',
      output: { to: { name: `${name}:8.0.2` } },
      strategy: { dockerStrategy },
    });
    expect(spec).not.toHaveProperty('triggers');
    expect(spec?.source?.dockerfile).toContain('version="8.0.2"');
  });

  test('a change by somebody else at the same time is not overwritten', async () => {
    const cluster = memoryCluster(mtv);
    await run(cluster);
    const seen = { stream: cluster.all('imageStreams')[0], config: configOf(cluster) };
    const planned = planBuild({ ...wish, version: '8.0.2' })(seen);
    if (!planned.ok || !planned.value[0] || !seen.config) throw new Error('no plan');
    cluster.put('buildConfigs', seen.config);
    expect(await cluster.apply(planned.value[0])).toMatchObject({ ok: false, error: { code: 'Conflict' } });
  });

  test.each(['imageStreams', 'buildConfigs'] as const)('%s of somebody else are left alone', async (kind) => {
    const cluster = memoryCluster(mtv);
    cluster.put(kind, { metadata: { name, namespace: mtv } });
    const outcome = await run(cluster);
    if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
    expect(buildPlanProblemText(plainEnglish, outcome.error.problem)).toMatch(
      /^(ImageStream|BuildConfig) migration-prep-vddk in openshift-mtv was not created/,
    );
    expect(cluster.writes).toEqual([]);
  });

  test('without a registry there is no BuildConfig', async () => {
    const cluster = memoryCluster(mtv);
    cluster.switchRegistry(false);
    const outcome = await run(cluster);
    if (outcome.ok || outcome.error.code !== 'Refused') throw new Error('not refused');
    expect(buildPlanProblemText(plainEnglish, outcome.error.problem)).toContain('managementState to Managed');
    expect(cluster.all('buildConfigs')).toEqual([]);
  });

  test.each([
    ['imageStreams', 'create', 'Unreachable', 'after'],
    ['imageStreams', 'create', 'ServerError', 'before'],
    ['buildConfigs', 'create', 'Unreachable', 'after'],
    ['buildConfigs', 'create', 'TooManyRequests', 'before'],
  ] as const)('%s: %s survives %s %s it took place', async (kind, verb, failure, when) => {
    const cluster = memoryCluster(mtv);
    cluster.fail({ verb, kind, failure, when });
    expect((await run(cluster)).ok).toBe(true);
    expect(cluster.all('imageStreams')).toHaveLength(1);
    expect(cluster.all('buildConfigs')).toHaveLength(1);
  });
});
