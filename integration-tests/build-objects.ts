import { expect } from './test';
import type { KubeApi } from './test';

/** Where everything about an image is, when it is kept beside MTV. */
const pathsIn = (mtv: string) => ({
  controller: `/apis/forklift.konveyor.io/v1beta1/namespaces/${mtv}/forkliftcontrollers/forklift-controller`,
  builds: `/apis/build.openshift.io/v1/namespaces/${mtv}/builds`,
  buildConfigs: `/apis/build.openshift.io/v1/namespaces/${mtv}/buildconfigs`,
  imageStreams: `/apis/image.openshift.io/v1/namespaces/${mtv}/imagestreams`,
  roleBindings: `/apis/rbac.authorization.k8s.io/v1/namespaces/${mtv}/rolebindings`,
});
/** Where most scenarios have MTV. */
const usual = pathsIn('openshift-mtv');
export const { controller, builds } = usual;

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

export const imageOf = async (cluster: KubeApi, path = controller) =>
  (await cluster.get<Controller>(path)).spec.vddk_image;

const ours = async (cluster: KubeApi, path: string) =>
  (await cluster.list<Named>(path))
    .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/managed-by'] === 'migration-prep')
    .map(({ metadata }) => metadata.name);

/** That nothing of ours is on the cluster. */
export const expectNothing = async (cluster: KubeApi) => {
  const { imageStreams, buildConfigs, roleBindings } = usual;
  for (const path of [imageStreams, buildConfigs, builds, roleBindings])
    expect(await ours(cluster, path), path).toEqual([]);
  expect(await imageOf(cluster)).toBeUndefined();
};

/** Exactly what a built image is on the server: one ImageStream, one BuildConfig, one build, one right, and its digest in MTV. */
export const expectBuilt = async (cluster: KubeApi, mtv = 'openshift-mtv') => {
  const { controller, builds, imageStreams, buildConfigs, roleBindings } = pathsIn(mtv);
  const all = () => cluster.list<Build>(builds);
  const repository = `image-registry.openshift-image-registry.svc:5000/${mtv}/migration-prep-vddk`;
  await expect(async () => {
    const complete = (await all()).filter(({ status }) => status.phase === 'Complete');
    const images = complete.map(({ status }) => `${repository}@${status.output?.to?.imageDigest ?? 'no digest'}`);
    expect(images).toEqual([await imageOf(cluster, controller)]);
    // No other build is left under way.
    const others = (await all())
      .map(({ status }) => status.phase)
      .filter((phase) => !['Complete', 'Cancelled', 'Failed'].includes(phase));
    expect(others).toEqual([]);
  }).toPass({ timeout: 30_000 });
  expect(await ours(cluster, imageStreams)).toEqual(['migration-prep-vddk']);
  expect(await ours(cluster, buildConfigs)).toEqual(['migration-prep-vddk']);
  expect(await ours(cluster, roleBindings)).toEqual(['migration-prep-vddk-migration-target']);
};
