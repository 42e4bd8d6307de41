import { memoryCluster } from '../../testing/memory-cluster';
import { converge } from '../converge';
import type { Build, ImageStream } from '../objects';
import { plainEnglish } from '../translate';
import { isOver, latestOf, readBuild } from './build-status';
import { buildText } from './build-text';
import { cancelNeeds, planCancel } from './plan-cancel';

const repository = 'image-registry.openshift-image-registry.svc:5000/openshift-mtv/migration-prep-vddk';
const digest = `sha256:${'ab'.repeat(32)}`;
const build = (status: Build['status'], name = 'migration-prep-vddk-1'): Build => ({
  metadata: {
    name,
    namespace: 'openshift-mtv',
    annotations: { 'openshift.io/build.number': name.split('-').at(-1) ?? '' },
  },
  spec: { output: { to: { kind: 'ImageStreamTag', name: 'migration-prep-vddk:8.0.3' } } },
  ...(status && { status }),
});
const stream = (reference: string): ImageStream => ({
  metadata: { name: 'migration-prep-vddk', namespace: 'openshift-mtv' },
  status: {
    tags: [
      { tag: '7.0.3', items: [{ dockerImageReference: `${repository}@sha256:other`, image: 'sha256:other' }] },
      { tag: '8.0.3', items: [{ dockerImageReference: reference, image: digest }] },
    ],
  },
});

describe('a build', () => {
  test.each<[string, Build['status'], object]>([
    ['without a status', undefined, { state: 'waiting', reason: undefined }],
    ['New', { phase: 'New' }, { state: 'waiting', reason: undefined }],
    [
      'New, held up',
      { phase: 'New', reason: 'InvalidOutputReference' },
      { state: 'waiting', reason: 'InvalidOutputReference' },
    ],
    ['New, past its five minutes', { phase: 'New', cancelled: true }, { state: 'cancelled' }],
    ['Pending', { phase: 'Pending' }, { state: 'waiting', reason: undefined }],
    ['Running', { phase: 'Running' }, { state: 'running' }],
    ['Running, marked as cancelled', { phase: 'Running', cancelled: true }, { state: 'cancelled' }],
    [
      'Complete',
      { phase: 'Complete', outputDockerImageReference: `${repository}:8.0.3`, output: { to: { imageDigest: digest } } },
      { state: 'complete', image: `${repository}@${digest}` },
    ],
    [
      'Complete, and nobody says as what',
      { phase: 'Complete', outputDockerImageReference: `${repository}:8.0.3` },
      { state: 'complete', image: undefined },
    ],
    [
      'Failed',
      {
        phase: 'Failed',
        reason: 'DockerBuildFailed',
        message: 'Dockerfile build strategy has failed.',
        logSnippet: 'end',
      },
      { state: 'failed', reason: 'DockerBuildFailed', message: 'Dockerfile build strategy has failed.', log: 'end' },
    ],
    ['Error', { phase: 'Error' }, { state: 'failed', reason: 'Error', message: '', log: '' }],
    ['Cancelled', { phase: 'Cancelled', reason: 'CancelledBuild' }, { state: 'cancelled' }],
  ])('%s', (_, status, expected) => {
    expect(readBuild(build(status))).toEqual(expected);
  });

  test('whose digest is empty asks the tag it was pushed to, and no other', () => {
    const complete = build({
      phase: 'Complete',
      outputDockerImageReference: `${repository}:8.0.3`,
      output: { to: { imageDigest: '' } },
    });
    expect(readBuild(complete, stream(`${repository}@${digest}`))).toEqual({
      state: 'complete',
      image: `${repository}@${digest}`,
    });
    expect(
      readBuild(complete, { metadata: { name: 'empty' }, status: { tags: [{ tag: '8.0.3', items: null }] } }),
    ).toEqual({
      state: 'complete',
      image: undefined,
    });
  });

  test.each([
    ['InvalidOutputReference', /image registry of this cluster is not configured/],
    ['MissingPushSecret', /service account "builder"/],
    ['CannotCreateBuildPod', /quota/],
    ['DockerBuildFailed', /could not be built/],
    ['PullBuilderImageFailed', /base image could not be pulled/],
    ['FetchSourceFailed', /did not arrive completely/],
    ['PushImageToRegistryFailed', /could not be pushed/],
    ['OutOfMemoryKilled', /memory/],
    ['BuildPodEvicted', /evicted/],
    ['BuildPodDeleted', /deleted the build pod/],
    ['FailedContainer', /build pod failed/],
    ['CannotRetrieveServiceAccount', /service account/],
    ['ExceededRetryTimeout', /timed out/],
    ['SomethingNew', /SomethingNew.*What it says/],
  ])('%s is said with its remedy', (reason, expected) => {
    expect(buildText(plainEnglish, { state: 'failed', reason, message: 'What it says.', log: '' })).toMatch(expected);
  });

  const failed = (log: string, reason = 'DockerBuildFailed', message = '') =>
    buildText(plainEnglish, { state: 'failed', reason, message, log });
  const copy =
    'error: build error: error building at STEP "COPY vmware-vix-disklib-distrib /vmware-vix-disklib-distrib": ';

  test.each([
    [
      'the disk of the node',
      'STEP 5/5: ENTRYPOINT ["cp", "-r", "/vmware-vix-disklib-distrib", "/opt"]\nerror: build error: committing container: write: no space left on device',
      /disk of the build node is full/,
    ],
    [
      'what the log says',
      `${copy}mounting new container: mount overlay: operation not permitted`,
      /could not be built.*The log says: .*operation not permitted/,
    ],
    [
      'the missing folder',
      `${copy}checking on sources: copier: stat: "/vmware-vix-disklib-distrib": no such file or directory`,
      /no folder vmware-vix/,
    ],
    [
      'another missing file',
      'STEP 2/5: COPY vmware-vix-disklib-distrib /vmware-vix-disklib-distrib\nerror: build error: open /run/secrets: no such file or directory',
      /could not be built.*open .run.secrets/,
    ],
    [
      'nothing but that the log says why',
      'STEP 2/5: COPY vmware-vix-disklib-distrib /vmware-vix-disklib-distrib',
      /could not be built. The end of the log says why/,
    ],
  ])('case 8: a Dockerfile that failed names %s', (_, log, expected) => {
    expect(failed(log)).toMatch(expected);
    if (expected.source.includes('no folder')) return;
    expect(failed(log)).not.toContain('no folder');
  });

  test.each([
    ['FetchSourceFailed', 'error: write /tmp/build/inputs/x: no space left on device', /disk of the build node/],
    [
      'FetchSourceFailed',
      'error: unable to extract binary build input, must be a zip, tar, or gzipped tar',
      /did not arrive completely. Upload it again.$/,
    ],
    [
      'PushImageToRegistryFailed',
      'error: build error: Failed to push image: blob upload: no space left on device',
      /storage of the registry is full/,
    ],
    [
      'PullBuilderImageFailed',
      'error: build error: failed to pull image: unauthorized',
      /base image could not be pulled.*The log says: failed to pull image: unauthorized/,
    ],
  ])('case 8: the log of %s tells the cause as well', (reason, log, expected) => {
    expect(failed(log, reason)).toMatch(expected);
  });

  const quota = 'pods "migration-prep-vddk-1-build" is forbidden: failed quota: compute: must specify limits.cpu';
  test.each([
    ['CannotCreateBuildPod', quota],
    ['BuildPodEvicted', 'The node was low on resource: ephemeral-storage.'],
    ['InvalidOutputReference', 'ImageStream openshift-mtv/x not found'],
    ['SomethingNew', quota],
  ])('case 23: %s shows what OpenShift says', (reason, message) => {
    expect(failed('', reason, message)).toContain(`OpenShift says: ${message}`);
    const waiting = readBuild(build({ phase: 'New', reason, message }));
    expect(waiting).toEqual({ state: 'waiting', reason, message });
    expect(buildText(plainEnglish, waiting)).toContain(`OpenShift says: ${message}`);
  });

  test('case 23: what OpenShift says of every build with that reason is left out', () => {
    expect(failed('', 'DockerBuildFailed', 'Dockerfile build strategy has failed.')).not.toContain('OpenShift says');
    expect(failed('', 'CannotCreateBuildPod', 'Failed creating build pod.')).not.toContain('OpenShift says');
  });

  test('that lacks the folder says so', () => {
    const log = 'COPY failed: no such file or directory: "vmware-vix-disklib-distrib"';
    expect(buildText(plainEnglish, { state: 'failed', reason: 'DockerBuildFailed', message: '', log })).toContain(
      'no folder vmware-vix',
    );
  });

  test.each<[Parameters<typeof buildText>[1], RegExp]>([
    [{ state: 'waiting', reason: undefined }, /Waiting for a node/],
    [{ state: 'waiting', reason: 'InvalidOutputReference' }, /image registry of this cluster is not configured/],
    [{ state: 'waiting', reason: 'MissingPushSecret' }, /builder/],
    [{ state: 'waiting', reason: 'CannotCreateBuildPod' }, /quota/],
    [{ state: 'running' }, /running/],
    [{ state: 'complete', image: undefined }, /report its digest/],
    [{ state: 'complete', image: 'r/v@sha256:1' }, /is built\.$/],
    [{ state: 'cancelled' }, /Upload the archive again/],
  ])('in words: %p', (reading, expected) => {
    expect(buildText(plainEnglish, reading)).toMatch(expected);
  });

  test('the latest is the one that began last, of those the one with the higher number', () => {
    const at = (name: string, creationTimestamp: string): Build => {
      const each = build({}, name);
      return { ...each, metadata: { ...each.metadata, creationTimestamp } };
    };
    const builds = [
      at('b-9', '2026-01-01T00:00:00Z'),
      at('b-10', '2026-01-01T00:00:00Z'),
      at('b-11', '2025-01-01T00:00:00Z'),
    ];
    expect(latestOf(builds)?.metadata.name).toBe('b-10');
    expect(latestOf([])).toBeUndefined();
  });
});

describe('cancelling', () => {
  const name = 'migration-prep-vddk-1';
  const cancel = async (status: Build['status'], fault = false) => {
    const cluster = memoryCluster('openshift-mtv');
    cluster.put('builds', build(status));
    if (fault) cluster.fail({ verb: 'patch', kind: 'builds', failure: 'Conflict' });
    const outcome = await converge({ cluster, needs: cancelNeeds('openshift-mtv', name), plan: planCancel });
    return [outcome.ok, cluster.all('builds')[0]?.status, cluster.writes.length] as const;
  };

  test.each(['New', 'Pending', 'Running'])('marks a build in %s', async (phase) => {
    expect(await cancel({ phase })).toEqual([true, { phase, cancelled: true }, 1]);
  });
  test('marks it in spite of a conflict', async () => {
    expect(await cancel({ phase: 'Running' }, true)).toEqual([true, { phase: 'Running', cancelled: true }, 1]);
  });
  test('marks it whatever the build controller writes meanwhile, but no other build of its name', async () => {
    const cluster = memoryCluster('openshift-mtv');
    cluster.put('builds', build({ phase: 'Pending' }));
    const seen = cluster.all('builds')[0];
    const planned = planCancel({ build: seen });
    const [mark] = planned.ok ? planned.value : [];
    if (!mark) throw new Error('nothing is planned');
    cluster.put('builds', build({ phase: 'Running' }));
    expect((await cluster.apply(mark)).ok).toBe(true);
    cluster.remove('builds', name, 'openshift-mtv');
    cluster.put('builds', build({ phase: 'Running' }));
    expect((await cluster.apply(mark)).ok).toBe(false);
  });
  test.each(['Complete', 'Failed', 'Error', 'Cancelled'])('leaves one in %s as it is', async (phase) => {
    expect(await cancel({ phase })).toEqual([true, { phase }, 0]);
    expect(isOver(build({ phase }))).toBe(true);
  });
  test('of a build that is gone is nothing', async () => {
    const cluster = memoryCluster('openshift-mtv');
    expect((await converge({ cluster, needs: cancelNeeds('openshift-mtv', name), plan: planCancel })).ok).toBe(true);
  });
});
