import type { Change, PatchOperation } from '../change';
import { because, create, patchOf } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { contains } from '../json';
import type { BuildConfig, ImageStream } from '../objects';
import { isOurs, owned } from '../ownership';
import { err, ok } from '../result';
import type { Text, Translate } from '../translate';
import { archiveLabel, dockerfileOf, versionLabel } from './dockerfile';

/**
 * Name of our ImageStream and BuildConfig. Never `vddk`: MTV's operator owns both of that name and merges its own content into
 * them (docs/facts/forklift.md §3).
 */
export const buildName = 'migration-prep-vddk';

/** An image to be built from an uploaded archive. */
export interface BuildWish {
  /** The project that keeps image and builds. */
  readonly project: string;
  /** VDDK's version, such as 8.0.3: it becomes the image's tag. */
  readonly version: string;
  /** The archive's file name. */
  readonly archive: string;
  readonly baseImage: string;
}

/** `Taken`: somebody else's object has our name. `RegistryMissing`: the cluster has nowhere to keep images. */
export type BuildPlanProblem =
  | { readonly code: 'Taken'; readonly kind: 'ImageStream' | 'BuildConfig'; readonly project: string }
  | { readonly code: 'RegistryMissing' };

/** What `planBuild` looks at. */
export const buildNeeds = (project: string) =>
  ({
    stream: { kind: 'imageStreams', name: buildName, namespace: project },
    config: { kind: 'buildConfigs', name: buildName, namespace: project },
  }) as const satisfies Needs;

/** The ImageStream an image is pushed to. */
export const streamOf = (project: string): ImageStream => ({
  metadata: owned({ name: buildName, namespace: project }),
});

/** An ImageStream without repository: no internal registry is configured (sandbox/recorded/README.md). */
export const lacksRegistry = ({ status }: ImageStream): boolean => (status?.dockerImageRepository ?? '') === '';

/** ImageStream first, for its status says whether there is a registry; then the BuildConfig. Ours is brought up to date, another's left alone. */
export const planBuild =
  (wish: BuildWish) =>
  ({ stream, config }: Seen<ReturnType<typeof buildNeeds>>): Plan<BuildPlanProblem> => {
    const { project } = wish;
    if (stream && !isOurs(stream)) return err({ code: 'Taken', kind: 'ImageStream', project });
    if (config && !isOurs(config)) return err({ code: 'Taken', kind: 'BuildConfig', project });
    if (!stream) {
      const why: Text = (t) => t('The built image is stored here.');
      return ok([because(why, create('imageStreams', streamOf(project)))]);
    }
    if (lacksRegistry(stream)) return err({ code: 'RegistryMissing' });
    const spec = specOf(wish);
    if (!config) {
      const creation = create('buildConfigs', { metadata: owned({ name: buildName, namespace: project }), spec });
      return ok([because((t) => t('It builds an image from the uploaded archive.'), creation)]);
    }
    return ok(correct(config, spec));
  };

/**
 * No triggers: a change of configuration would start a build that has no archive. Parallel: with Serial, an upload queues behind
 * a running build while its five minutes pass (docs/facts/forklift.md §4). One successful build is kept: a browser sends an upload again by
 * itself when a connection that it had kept open is reset, and OpenShift makes a build of each; it removes the older one then.
 */
const specOf = (wish: BuildWish) => ({
  source: {
    type: 'Binary',
    binary: {},
    dockerfile: dockerfileOf({
      labels: { [versionLabel]: wish.version, [archiveLabel]: wish.archive },
      baseImage: wish.baseImage,
    }),
  },
  strategy: { type: 'Docker', dockerStrategy: {} },
  output: { to: { kind: 'ImageStreamTag', name: `${buildName}:${tagOf(wish.version)}` } },
  nodeSelector: { 'kubernetes.io/arch': 'amd64' },
  runPolicy: 'Parallel',
  successfulBuildsHistoryLimit: 1,
});

const tagOf = (version: string): string => version.replace(/[^\w.-]/g, '-').slice(0, 128);

/** What differs is set; what an administrator added beside it, such as a pull secret for the base image, stays. */
const correct = (present: BuildConfig, wanted: ReturnType<typeof specOf>): readonly Change[] => {
  const operations: PatchOperation[] = Object.entries(wanted)
    .filter(([field, value]) => !contains(present.spec?.[field as keyof typeof wanted], value))
    .map(([field, value]) => ({ op: 'add', path: `/spec/${field}`, value }));
  if (present.spec?.triggers !== undefined && present.spec.triggers.length > 0)
    operations.push({ op: 'remove', path: '/spec/triggers' });
  const why: Text = (t) => t('It was created for another archive or base image.');
  return operations.length === 0 ? [] : [because(why, patchOf('buildConfigs', present, operations))];
};

/** What to do about a cluster that keeps no images. */
export const registryMissingText = (t: Translate): string =>
  t(
    'The image registry of this cluster is not configured, so a built image could not be kept. Ask a cluster administrator to give it storage and to set managementState to Managed in configs.imageregistry.operator.openshift.io/cluster, or use an existing image.',
  );

/** Why nothing was prepared, and what to do. */
export const buildPlanProblemText = (t: Translate, problem: BuildPlanProblem): string =>
  problem.code === 'RegistryMissing'
    ? registryMissingText(t)
    : t(
        '{{kind}} {{name}} in {{project}} was not created by Migration Prep, so it is not changed. Choose another project for the image, or delete that object.',
        { kind: problem.kind, name: buildName, project: problem.project },
      );
