import { expect } from './test';
import type { KubeApi } from './test';

const project = '/namespaces/openshift-mtv';
export const controller = `/apis/forklift.konveyor.io/v1beta1${project}/forkliftcontrollers/forklift-controller`;
export const builds = `/apis/build.openshift.io/v1${project}/builds`;
const buildConfigs = `/apis/build.openshift.io/v1${project}/buildconfigs`;
const imageStreams = `/apis/image.openshift.io/v1${project}/imagestreams`;
const roleBindings = `/apis/rbac.authorization.k8s.io/v1${project}/rolebindings`;

export interface Controller {
  readonly spec: Readonly<Record<string, string>>;
}

export interface Build {
  readonly metadata: { readonly name: string };
  readonly status: { readonly phase: string; readonly output?: { readonly to?: { readonly imageDigest: string } } };
}

interface Named {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

export const imageOf = async (cluster: KubeApi) => (await cluster.get<Controller>(controller)).spec.vddk_image;

const ours = async (cluster: KubeApi, path: string) =>
  (await cluster.list<Named>(path))
    .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/managed-by'] === 'migration-prep')
    .map(({ metadata }) => metadata.name);

/** That nothing of ours is on the cluster. */
export const expectNothing = async (cluster: KubeApi) => {
  for (const path of [imageStreams, buildConfigs, builds, roleBindings]) expect(await ours(cluster, path), path).toEqual([]);
  expect(await imageOf(cluster)).toBeUndefined();
};

/** Exactly what a built image is on the server: one ImageStream, one BuildConfig, one build, one right, and its digest in MTV. */
export const expectBuilt = async (cluster: KubeApi) => {
  const all = () => cluster.list<Build>(builds);
  const repository = 'image-registry.openshift-image-registry.svc:5000/openshift-mtv/migration-prep-vddk';
  await expect(async () => {
    const complete = (await all()).filter(({ status }) => status.phase === 'Complete');
    const images = complete.map(({ status }) => `${repository}@${status.output?.to?.imageDigest ?? 'no digest'}`);
    expect(images).toEqual([await imageOf(cluster)]);
    // No other build is left under way.
    const others = (await all()).map(({ status }) => status.phase).filter((phase) => !['Complete', 'Cancelled', 'Failed'].includes(phase));
    expect(others).toEqual([]);
  }).toPass({ timeout: 30_000 });
  expect(await ours(cluster, imageStreams)).toEqual(['migration-prep-vddk']);
  expect(await ours(cluster, buildConfigs)).toEqual(['migration-prep-vddk']);
  expect(await ours(cluster, roleBindings)).toEqual(['migration-prep-vddk-migration-target']);
};
