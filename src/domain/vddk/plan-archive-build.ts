import { because, create, deletionOf, patchOf } from '../change';
import type { Change, PatchOperation } from '../change';
import type { Needs, Right, Seen } from '../cluster';
import type { Plan } from '../converge';
import { contains } from '../json';
import type { ImageStream } from '../objects';
import { isOurs, owned } from '../ownership';
import { err, ok } from '../result';
import { rightsToBuild } from './build-rights';
import { readBuild } from './build-status';
import { archiveLabel, dockerfileOf, versionLabel } from './dockerfile';
import { buildName, lacksRegistry, streamOf } from './plan-build';
import type { BuildPlanProblem } from './plan-build';

/** The image of one archive that a URL leads to. */
export interface ArchiveBuildWish {
  /** The project that keeps image and builds. */
  readonly project: string;
  /** SHA-256 of the archive, lower-case hex. */
  readonly sha256: string;
  /** The archive's file name, for a label. */
  readonly archive: string;
  readonly baseImage: string;
}

/** What the sum of an archive may look like: 64 digits of hex, in either case. */
export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);

/**
 * Name of the BuildConfig of an archive. One for each, which never changes: who builds another archive at the same time, on the page or as
 * an older release, cannot change what this build is of. 96 bits of the sum keep two archives apart.
 */
export const archiveBuildName = (sha256: string): string => `${buildName}-${sha256.slice(0, 24)}`;

/** The tag of the image in our ImageStream. It has the whole sum: what it is on was built of that archive, and of no other. */
export const archiveTag = (sha256: string): string => `sha256-${sha256}`;

/** The sum in such a tag; `undefined`: it is another one. */
export const sumOfTag = (tag: string): string | undefined => /^sha256-([0-9a-f]{64})$/.exec(tag)?.[1];

/** The images that were built of this archive, newest first, each by its digest. Empty: it was not built yet. */
export const imagesOf = (stream: ImageStream | undefined, sha256: string): readonly string[] =>
  (stream?.status?.tags?.find(({ tag }) => tag === archiveTag(sha256))?.items ?? [])
    .map(({ dockerImageReference }) => dockerImageReference)
    .filter((image) => image !== '');

/** What `planArchiveBuild` looks at. */
export const archiveBuildNeeds = ({ project, sha256 }: Pick<ArchiveBuildWish, 'project' | 'sha256'>) =>
  ({
    stream: { kind: 'imageStreams', name: buildName, namespace: project },
    config: { kind: 'buildConfigs', name: archiveBuildName(sha256), namespace: project },
  }) as const satisfies Needs;

/** As `planBuild`, for an archive of which only the sum is known: ImageStream first, then its BuildConfig. */
export const planArchiveBuild =
  (wish: ArchiveBuildWish) =>
  ({ stream, config }: Seen<ReturnType<typeof archiveBuildNeeds>>): Plan<BuildPlanProblem> => {
    const { project, sha256 } = wish;
    if (stream && !isOurs(stream)) return err({ code: 'Taken', kind: 'ImageStream', project });
    if (config && !isOurs(config)) return err({ code: 'Taken', kind: 'BuildConfig', project });
    if (!stream) {
      return ok([because((t) => t('The built image is stored here.'), create('imageStreams', streamOf(project)))]);
    }
    if (lacksRegistry(stream)) return err({ code: 'RegistryMissing' });
    const spec = specOf(wish);
    if (!config) {
      const metadata = owned({ name: archiveBuildName(sha256), namespace: project });
      return ok([
        because(
          (t) => t('It builds an image from the archive at vddk.archiveUrl.'),
          create('buildConfigs', { metadata, spec }),
        ),
      ]);
    }
    const operations: PatchOperation[] = Object.entries(spec)
      .filter(([field, value]) => !contains(config.spec?.[field as keyof typeof spec], value))
      .map(([field, value]) => ({ op: 'add', path: `/spec/${field}`, value }));
    if (config.spec?.triggers !== undefined && config.spec.triggers.length > 0)
      operations.push({ op: 'remove', path: '/spec/triggers' });
    return ok(
      operations.length === 0
        ? []
        : [
            because(
              (t) => t('It was created for another archive or base image.'),
              patchOf('buildConfigs', config, operations),
            ),
          ],
    );
  };

/** As that of an upload (`planBuild`). Of builds that came to nothing the last is kept: whoever retries unattended would fill the list. */
const specOf = ({ sha256, archive, baseImage }: ArchiveBuildWish) => ({
  source: { type: 'Binary', binary: {}, dockerfile: dockerfileOf({ labels: labelsOf(sha256, archive), baseImage }) },
  strategy: { type: 'Docker', dockerStrategy: {} },
  output: { to: { kind: 'ImageStreamTag', name: `${buildName}:${archiveTag(sha256)}` } },
  nodeSelector: { 'kubernetes.io/arch': 'amd64' },
  runPolicy: 'Parallel',
  successfulBuildsHistoryLimit: 1,
  failedBuildsHistoryLimit: 1,
});

/** The version only as far as VMware's file name promises it: the archive is not known yet. */
const labelsOf = (sha256: string, archive: string): Readonly<Record<string, string>> => {
  const version = /^VMware-vix-disklib-(\d+(?:\.\d+)*)[.-]\d{6,}\./i.exec(archive)?.[1];
  return {
    ...(version !== undefined && { [versionLabel]: version }),
    [archiveLabel]: archive,
    'io.migration-prep.vddk.sha256': sha256,
  };
};

/** What `planDiscard` looks at. */
export const discardNeeds = (project: string, build: string) =>
  ({ build: { kind: 'builds', name: build, namespace: project } }) as const satisfies Needs;

/** Deletes a build that did not get its whole archive, and with it its pod. One that is complete stays. */
export const planDiscard = ({ build }: Seen<ReturnType<typeof discardNeeds>>): Plan<never> =>
  ok(
    build && readBuild(build).state !== 'complete'
      ? deletionOf('builds', build).map((write): Change => because((t) => t('It did not receive its archive.'), write))
      : [],
  );

/** What it takes from the first write to the last, so that a missing right is said before anything is sent. */
export const archiveBuildRights = (project: string): readonly Right[] => [
  ...rightsToBuild(project),
  { kind: 'builds', verb: 'delete', namespace: project },
];
