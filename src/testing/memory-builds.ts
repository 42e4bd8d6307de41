import type { Build, BuildConfig } from '../domain/objects';
import { err, ok } from '../domain/result';
import { latestOf, numberOf } from '../domain/vddk/build-status';
import { readUploadFailure } from '../domain/vddk/upload-failure';
import type { FollowLog } from '../cluster/build-log';
import type { Attempt } from '../cluster/failure';
import { failureOfStatus } from '../cluster/failure';
import type { MemoryCluster } from './memory-cluster';
import type { ArchiveUpload, UploadArchive } from '../cluster/upload-archive';

/**
 * OpenShift's build API over a cluster in memory, for specs: what it answers when is recorded (build-api.json). Nothing happens
 * by itself: a spec says when a node runs the pod, when the archive has been taken, and how the build ends.
 */
export interface MemoryBuilds {
  readonly uploadArchive: UploadArchive;
  readonly followBuildLog: FollowLog;
  /** The next upload is refused before it begins, or, with status 0, gets no answer. */
  readonly refuse: (status: number, message?: string) => void;
  /** The connection breaks before the archive has arrived. */
  readonly cut: () => void;
  /** The archive arrives; the answer does not. */
  readonly lose: () => void;
  /** A node runs the pod of the latest build. */
  readonly run: () => void;
  /** The pod has taken the archive: the upload gets its answer. */
  readonly take: () => void;
  /** Five minutes have passed without a running pod. */
  readonly timeOut: () => void;
  /** The latest build changes so. */
  readonly become: (status: NonNullable<Build['status']>) => void;
  /** What the pod writes. */
  readonly log: (text: string) => void;
}

type Upload = 'waiting' | 'taken' | 'late' | 'cut' | 'lost';

/** The build API over a cluster in memory. */
export const memoryBuilds = (cluster: MemoryCluster): MemoryBuilds => {
  let refusal: { readonly status: number; readonly message: string } | undefined;
  let upload: Upload = 'waiting';
  let written = '';

  const latest = (): Build => {
    const build = latestOf(cluster.all('builds'));
    if (!build) throw new Error('There is no build.');
    return build;
  };
  const become: MemoryBuilds['become'] = (status) => {
    const build = latest();
    cluster.put('builds', { ...build, status: { ...build.status, ...status } });
  };
  const begin = (config: BuildConfig): Build => {
    const number = Math.max(0, ...cluster.all('builds').map(numberOf)) + 1;
    const { name, namespace = '', labels } = config.metadata;
    const output = config.spec?.output;
    cluster.put('builds', {
      metadata: {
        name: `${name}-${String(number)}`,
        namespace,
        labels: { ...labels, buildconfig: name, 'openshift.io/build-config.name': name },
        annotations: { 'openshift.io/build.number': String(number) },
      },
      spec: { ...(output && { output }) },
      status: { phase: 'New' },
    });
    upload = 'waiting';
    return latest();
  };
  /** Nobody cancels the build of an upload that broke off: its pod sees the end of its input, and some time later it has failed. */
  const breakOff = async (): Promise<void> => {
    const { name } = latest().metadata;
    const isLatest = () => latest().metadata.name === name && !latest().status?.cancelled;
    for (let looks = 0; looks < 200 && isLatest(); looks += 1) {
      if (looks > 2 && latest().status?.phase === 'Running') {
        become({ phase: 'Failed', reason: 'FetchSourceFailed', message: 'Failed to fetch the input source.' });
        return;
      }
      await cluster.pause(0);
    }
  };

  /** Waits as the API does, and answers with a status and a message when the upload is not to be. */
  const wait = async (
    { signal, onProgress, file }: ArchiveUpload,
    name: string,
  ): Promise<readonly [number, string] | undefined> => {
    let told = false;
    for (;;) {
      const { phase, reason = '', message = '', cancelled } = latest().status ?? {};
      if (phase === 'Running' && !told) onProgress(Math.floor(file.size / 2));
      told ||= phase === 'Running';
      if (upload === 'cut' || signal.aborted) {
        void breakOff();
        return [0, ''];
      }
      if (upload === 'late') {
        become({ cancelled: true });
        return [400, `unable to wait for build ${name} to run: timed out waiting for the condition`];
      }
      if (phase === 'Failed') return [400, `build ${name} failed: ${reason}: ${message}`];
      if (phase === 'Cancelled' || cancelled === true)
        return [400, `build ${name} was cancelled: No logs are available.`];
      if (phase === 'Running' && (upload === 'taken' || upload === 'lost')) {
        onProgress(file.size);
        return upload === 'taken' ? undefined : [0, ''];
      }
      await cluster.pause(0);
    }
  };

  const send: UploadArchive = async (sent) => {
    const { project, config, signal } = sent;
    const about: Attempt = { kind: 'buildConfigs', verb: 'create', name: config, namespace: project };
    const fail = (status: number, message: string) =>
      err(
        readUploadFailure(
          status,
          status === 0
            ? { ...about, code: signal.aborted ? 'Cancelled' : 'Unreachable', message }
            : failureOfStatus({ code: status, ...(status === 404 && { reason: 'NotFound' }), message }, about),
        ),
      );
    if (refusal) {
      const { status, message } = refusal;
      refusal = undefined;
      return fail(status, message);
    }
    const allowed = await cluster.can({
      kind: 'buildConfigs',
      verb: 'create',
      subresource: 'instantiatebinary',
      namespace: project,
    });
    if (!allowed.ok || !allowed.value) return fail(403, 'cannot create resource "buildconfigs/instantiatebinary"');
    const present = cluster
      .all('buildConfigs')
      .find(({ metadata }) => metadata.name === config && metadata.namespace === project);
    if (!present) return fail(404, `buildconfigs.build.openshift.io "${config}" not found`);
    // The API server makes the build at its first poll, a second after it was asked; nobody who left before gets one.
    await cluster.pause(0);
    if (signal.aborted) return fail(0, '');
    const build = begin(present);
    const stopped = await wait(sent, build.metadata.name);
    if (!stopped) return ok({ ...build, status: { phase: 'Running' } });
    return fail(...stopped);
  };

  return {
    uploadArchive: send,
    followBuildLog: async ({ signal, onText }) => {
      let told = 0;
      while (!signal.aborted) {
        if (written.length > told) onText(written.slice(told));
        told = written.length;
        if (!['New', 'Pending', 'Running'].includes(latest().status?.phase ?? '')) break;
        await cluster.pause(0);
      }
      return ok(undefined);
    },
    refuse: (status, message = '') => {
      refusal = { status, message };
    },
    cut: () => {
      upload = 'cut';
    },
    lose: () => {
      upload = 'lost';
    },
    run: () => {
      become({ phase: 'Running' });
    },
    take: () => {
      upload = 'taken';
    },
    timeOut: () => {
      upload = 'late';
    },
    become,
    log: (text) => {
      written += text;
    },
  };
};
