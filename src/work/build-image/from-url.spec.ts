import { memoryCluster } from '../../testing/memory-cluster';
import type { MemoryCluster } from '../../testing/memory-cluster';
import type { Build } from '../../domain/objects';
import { owned } from '../../domain/ownership';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import { plainEnglish } from '../../domain/translate';
import type { VddkArchive } from '../../domain/vddk/archive';
import type { ArchiveUrlFailure } from '../../domain/vddk/archive-url-failure';
import type { UploadFailure } from '../../domain/vddk/upload-failure';
import { imageFromUrl } from './from-url';
import type { ArchiveHost, FromUrlFailure } from './from-url';
import { fromUrlFailureText, mayHelpItself } from './from-url-text';

const mtv = 'openshift-mtv';
const sha256 = 'ab'.repeat(32);
const config = `migration-prep-vddk-${sha256.slice(0, 24)}`;
const tag = `sha256-${sha256}`;
const repository = `registry:5000/${mtv}/migration-prep-vddk`;
const image = `${repository}@sha256:${'ef'.repeat(32)}`;
const complete: Build['status'] = {
  phase: 'Complete',
  outputDockerImageReference: `${repository}:${tag}`,
  output: { to: { imageDigest: image.replace(/.*@/, '') } },
};
const wish = {
  project: mtv,
  sha256,
  archive: 'VMware-vix-disklib-8.0.3-23950268.x86_64.tar.gz',
  baseImage: 'ubi9/minimal',
};
const archive: VddkArchive = {
  version: '8.0.3',
  library: 'libvixDiskLib.so.8',
  files: 1,
  unpackedBytes: 1,
  warnings: [],
};
const wrongSum: ArchiveUrlFailure = { code: 'WrongSum', wanted: sha256, found: 'cd' };
const lost: UploadFailure = { code: 'Refused', failure: { code: 'Unreachable', message: '' } };

const begin = (
  cluster: MemoryCluster,
  number: number,
  status: NonNullable<Build['status']>,
  commit = 'of somebody else',
): Build => {
  cluster.put('builds', {
    metadata: {
      name: `${config}-${String(number)}`,
      namespace: mtv,
      labels: { buildconfig: config },
      annotations: { 'openshift.io/build.number': String(number) },
    },
    spec: { revision: { git: { commit } } },
    status,
  });
  const build = cluster.all('builds').at(-1);
  if (!build) throw new Error('There is no build.');
  return build;
};

interface Arranged {
  readonly pieces?: number;
  readonly verdict?: Result<VddkArchive, ArchiveUrlFailure>;
  /** How the upload ends, once all pieces are there; it may begin a build. */
  readonly sent?: ((cluster: MemoryCluster, upload: string) => Result<Build, UploadFailure>) | undefined;
}

const arrange = ({ pieces = 3, verdict = ok(archive), sent }: Arranged = {}) => {
  const cluster = memoryCluster(mtv);
  const seen = { opened: 0, closed: 0, sent: 0 };
  const host: ArchiveHost = {
    open: async function* () {
      seen.opened += 1;
      try {
        for (let at = 0; at < pieces; at += 1) {
          await Promise.resolve();
          yield new Uint8Array(10);
        }
        return verdict;
      } finally {
        seen.closed += 1;
      }
    },
    send: async ({ pieces: coming, upload }) => {
      for (let next = await coming.next(); ; next = await coming.next()) {
        if (next.done !== true) {
          seen.sent += next.value.length;
          continue;
        }
        if (next.value.ok) return sent ? sent(cluster, upload) : ok(begin(cluster, 1, complete));
        begin(cluster, 1, { phase: 'Running' }, upload);
        return err(lost);
      }
    },
  };
  const run = () => imageFromUrl(cluster, wish, host, new AbortController().signal);
  return { cluster, host, seen, run };
};

const written = (cluster: MemoryCluster) => cluster.writes.map(({ verb, kind }) => `${verb} ${kind}`);

test('the archive becomes an image under a tag that names it by its sum', async () => {
  const { cluster, seen, run } = arrange();
  expect(await run()).toEqual(ok({ image, archive }));
  expect(seen).toEqual({ opened: 1, closed: 1, sent: 30 });
  expect(written(cluster)).toEqual(['create imageStreams', 'create buildConfigs']);
  const [made] = cluster.all('buildConfigs');
  expect(made?.metadata.name).toBe(config);
  expect(made?.spec?.output?.to?.name).toBe(`migration-prep-vddk:${tag}`);
  expect(made?.spec?.source?.dockerfile).toContain(
    `LABEL io.migration-prep.vddk.version="8.0.3" io.migration-prep.vddk.archive="${wish.archive}" io.migration-prep.vddk.sha256="${sha256}"`,
  );
});

test('what was built before is found by its tag: nothing is asked, nothing written, and the oldest stays', async () => {
  const { cluster, seen, run } = arrange();
  cluster.put('imageStreams', {
    metadata: owned({ name: 'migration-prep-vddk', namespace: mtv }),
    status: {
      dockerImageRepository: repository,
      tags: [
        { tag: '8.0.3', items: [{ dockerImageReference: `${repository}@sha256:other`, image: '' }] },
        {
          tag,
          items: [
            { dockerImageReference: `${repository}@sha256:newer`, image: '' },
            { dockerImageReference: image, image: '' },
          ],
        },
      ],
    },
  });
  expect(await run()).toEqual(ok({ image, archive: undefined }));
  expect([seen.opened, cluster.writes]).toEqual([0, []]);
});

test('a sum in upper case is the same sum', async () => {
  const { cluster, host } = arrange();
  await imageFromUrl(cluster, { ...wish, sha256: sha256.toUpperCase() }, host, new AbortController().signal);
  expect(cluster.all('buildConfigs')[0]?.metadata.name).toBe(config);
});

describe('after a restart', () => {
  test('a build that runs is followed, and nothing is downloaded', async () => {
    const { cluster, seen, run } = arrange();
    begin(cluster, 1, complete);
    begin(cluster, 2, { phase: 'Running' });
    const looks = jest.spyOn(cluster, 'pause').mockImplementation(() => {
      begin(cluster, 2, complete);
      return Promise.resolve();
    });
    expect(await run()).toEqual(ok({ image, archive: undefined }));
    expect(looks).toHaveBeenCalled();
    expect([seen.opened, cluster.writes]).toEqual([0, []]);
  });

  test('a build whose upload died fails, and is made again', async () => {
    const { cluster, run } = arrange({ sent: (at) => ok(begin(at, 2, complete)) });
    begin(cluster, 1, { phase: 'Running' });
    jest.spyOn(cluster, 'pause').mockImplementation(() => {
      begin(cluster, 1, { phase: 'Failed', reason: 'FetchSourceFailed' });
      return Promise.resolve();
    });
    expect(await run()).toEqual(ok({ image, archive }));
  });

  test('a build that waits for an upload that nobody sends any more is removed, and made again', async () => {
    const { cluster, run } = arrange({ sent: (at) => ok(begin(at, 2, complete)) });
    begin(cluster, 1, { phase: 'Pending' });
    expect(await run()).toEqual(ok({ image, archive }));
    expect(written(cluster)).toEqual(['delete builds', 'create imageStreams', 'create buildConfigs']);
  });
});

describe('a failure', () => {
  const source = (failure: ArchiveUrlFailure) => err({ code: 'Source', failure });

  test('at the beginning of the download leaves nothing on the cluster', async () => {
    const { cluster, seen, run } = arrange({ pieces: 0, verdict: err({ code: 'WebPage' }) });
    expect(await run()).toEqual(source({ code: 'WebPage' }));
    expect([cluster.writes, cluster.all('builds'), seen.closed]).toEqual([[], [], 1]);
  });

  test('later leaves no build', async () => {
    const { cluster, seen, run } = arrange({ verdict: err(wrongSum) });
    expect(await run()).toEqual(source(wrongSum));
    expect([cluster.all('builds'), seen.closed]).toEqual([[], 1]);
  });

  test('leaves the build of another who sends the same archive', async () => {
    const { cluster, host } = arrange({ verdict: err(wrongSum) });
    const beside: ArchiveHost = {
      ...host,
      send: (to) => {
        begin(cluster, 2, { phase: 'Running' });
        return host.send(to);
      },
    };
    expect(await imageFromUrl(cluster, wish, beside, new AbortController().signal)).toEqual(source(wrongSum));
    expect(cluster.all('builds').map(({ metadata }) => metadata.name)).toEqual([`${config}-2`]);
  });

  test('to remove the build is said as well', async () => {
    const { cluster, run } = arrange({ verdict: err(wrongSum) });
    cluster.fail({ verb: 'delete', kind: 'builds', failure: 'Forbidden' });
    expect(await run()).toMatchObject(
      err({ code: 'Leftover', because: { code: 'Source', failure: wrongSum }, build: `${config}-1` }),
    );
  });

  test.each<[string, Arranged['sent'], object, number]>([
    ['a paused BuildConfig', () => err({ code: 'Paused' }), err({ code: 'Upload', failure: { code: 'Paused' } }), 0],
    [
      'a lost answer of an upload that arrived',
      (at, upload) => {
        begin(at, 1, complete, upload);
        return err(lost);
      },
      ok({ image, archive }),
      1,
    ],
    [
      'a lost upload',
      (at, upload) => {
        begin(at, 1, { phase: 'Failed', reason: 'FetchSourceFailed' }, upload);
        return err(lost);
      },
      err({ code: 'Upload', failure: lost }),
      0,
    ],
    [
      'no pod in time',
      (at, upload) => {
        begin(at, 1, { phase: 'New', cancelled: true }, upload);
        return err({ code: 'TimedOut' });
      },
      err({ code: 'Upload', failure: { code: 'TimedOut' } }),
      0,
    ],
    [
      'a build that fails',
      (at, upload) => ok(begin(at, 1, { phase: 'Failed', reason: 'DockerBuildFailed' }, upload)),
      err({ code: 'Build', end: { code: 'Ended', reading: { state: 'failed', reason: 'DockerBuildFailed' } } }),
      1,
    ],
    [
      'a build that failed before it took the archive',
      (at, upload) => {
        begin(at, 1, { phase: 'Failed', reason: 'OutOfMemoryKilled' }, upload);
        return err({ code: 'BuildEnded', message: '' });
      },
      err({ code: 'Build', end: { code: 'Ended', reading: { state: 'failed', reason: 'OutOfMemoryKilled' } } }),
      1,
    ],
  ])('%s', async (_, sent, answer, builds) => {
    const { cluster, run } = arrange({ sent });
    expect(await run()).toMatchObject(answer);
    expect(cluster.all('builds')).toHaveLength(builds);
  });

  test.each<[string, (cluster: MemoryCluster) => void, object]>([
    [
      'a missing right',
      (cluster) => {
        cluster.forbid('create', 'buildConfigs', 'instantiatebinary');
      },
      { code: 'NoRight' },
    ],
    [
      'no registry',
      (cluster) => {
        cluster.switchRegistry(false);
      },
      { code: 'Prepare', failure: { code: 'Refused', problem: { code: 'RegistryMissing' } } },
    ],
    [
      'no answer about the image',
      (cluster) => {
        cluster.fail({ verb: 'get', kind: 'imageStreams', failure: 'Unreachable' });
      },
      { code: 'Cluster', failure: { code: 'Unreachable' } },
    ],
    [
      'no answer about builds',
      (cluster) => {
        cluster.fail({ verb: 'list', kind: 'builds', failure: 'ServerError' });
      },
      { code: 'Cluster', failure: { code: 'ServerError' } },
    ],
  ])('%s is found before anything is downloaded', async (_, arrangeFault, failure) => {
    const { cluster, seen, run } = arrange();
    arrangeFault(cluster);
    expect(await run()).toMatchObject(err(failure));
    expect([seen.opened, cluster.writes]).toEqual([0, []]);
  });

  test("somebody else's BuildConfig of our name is left alone", async () => {
    const { cluster, seen, run } = arrange();
    cluster.put('buildConfigs', { metadata: { name: config, namespace: mtv } });
    expect(await run()).toMatchObject(err({ code: 'Prepare', failure: { problem: { kind: 'BuildConfig' } } }));
    expect(seen).toEqual({ opened: 1, closed: 1, sent: 0 });
  });

  test('a sum that is none', async () => {
    const { cluster, host } = arrange();
    const sum = { ...wish, sha256: `${sha256}0` };
    expect(await imageFromUrl(cluster, sum, host, new AbortController().signal)).toEqual(err({ code: 'BadSum' }));
  });
});

test.each<[FromUrlFailure, RegExp, boolean]>([
  [{ code: 'BadSum' }, /64 digits/, false],
  [
    { code: 'NoRight', rights: [{ kind: 'builds', verb: 'list', namespace: mtv }] },
    /not permitted to list builds/,
    false,
  ],
  [{ code: 'Prepare', failure: { code: 'Refused', problem: { code: 'RegistryMissing' } } }, /image registry/, true],
  [{ code: 'Cluster', failure: { code: 'Forbidden', message: '' } }, /not permitted/, false],
  [{ code: 'Cluster', failure: { code: 'Unreachable', message: '' } }, /did not answer/, true],
  [{ code: 'Source', failure: wrongSum }, /checksum/, false],
  [
    { code: 'Source', failure: { code: 'Download', failure: { code: 'NoAnswer', host: 'a', seconds: 60 } } },
    /within 60 seconds/,
    true,
  ],
  [
    { code: 'Source', failure: { code: 'Download', failure: { code: 'ChangedMeanwhile', host: 'a' } } },
    /replaced while/,
    true,
  ],
  [{ code: 'Upload', failure: { code: 'TooLarge' } }, /between this program and the API server/, true],
  [{ code: 'Upload', failure: lost }, /connection to the API server was lost/, true],
  [{ code: 'Upload', failure: { code: 'Paused' } }, /paused/, false],
  [{ code: 'Build', end: { code: 'NoDigest' } }, /does not report its digest/, false],
  [{ code: 'Build', end: { code: 'Gone' } }, /deleted the build/, true],
  [{ code: 'Build', end: { code: 'Ended', reading: { state: 'cancelled' } } }, /cancelled/, true],
  [
    {
      code: 'Build',
      end: { code: 'Ended', reading: { state: 'failed', reason: 'DockerBuildFailed', message: '', log: '' } },
    },
    /could not be built/,
    false,
  ],
  [
    {
      code: 'Leftover',
      because: { code: 'Source', failure: wrongSum },
      build: 'b-1',
      failure: { code: 'ReadFailed', failure: { code: 'Forbidden', message: '' } },
    },
    /checksum.*Build b-1 did not receive its archive and could not be deleted/,
    false,
  ],
])('%j in words', (failure, words, helps) => {
  expect(fromUrlFailureText(plainEnglish, failure)).toMatch(words);
  expect(mayHelpItself(failure)).toBe(helps);
});
