import { expect } from './test';
import type { KubeApi } from './test';
import type { SandboxInfo } from './sandbox';

export interface Provider {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly url: string; readonly secret: { readonly name: string } };
}

export interface Secret {
  readonly metadata: {
    readonly name: string;
    readonly ownerReferences?: readonly { readonly uid: string }[];
    readonly labels?: Record<string, string>;
  };
  readonly data: Readonly<Record<string, string>>;
}

const providersIn = (project: string) => `/apis/forklift.konveyor.io/v1beta1/namespaces/${project}/providers`;
const secretsIn = (project: string) => `/api/v1/namespaces/${project}/secrets`;
/** Where most scenarios have MTV. */
export const providers = providersIn('openshift-mtv');
export const secrets = secretsIn('openshift-mtv');

/** The Secrets beside MTV, save the two of SSH keys that MTV itself makes for every Provider. */
export const listSecrets = async (cluster: KubeApi, mtv = 'openshift-mtv'): Promise<readonly Secret[]> =>
  (await cluster.list<Secret>(secretsIn(mtv))).filter(({ metadata }) => !metadata.name.startsWith('offload-ssh-keys-'));

/** Exactly what a connected vCenter is on the server: one Provider, one Secret that it owns, and nothing left over. */
export const expectConnected = async (cluster: KubeApi, vcenter: SandboxInfo['vcenter'], mtv = 'openshift-mtv') => {
  const [providers, secrets] = [providersIn(mtv), secretsIn(mtv)];
  await expect
    .poll(async () => (await listSecrets(cluster, mtv)).map(({ metadata }) => metadata.ownerReferences?.length))
    .toEqual([1]);
  expect((await cluster.list<Provider>(providers)).map(({ metadata }) => metadata.name)).toEqual(['host', 'vcenter']);
  const provider = await cluster.get<Provider>(`${providers}/vcenter`);
  const secret = await cluster.get<Secret>(`${secrets}/${provider.spec.secret.name}`);
  expect(provider.spec.url).toBe(vcenter.url);
  expect(secret.metadata.ownerReferences?.[0]?.uid).toBe(provider.metadata.uid);
  expect(atob(secret.data.password ?? '')).toBe(vcenter.password);
  expect(secret.metadata.labels).toMatchObject({
    'app.kubernetes.io/managed-by': 'migration-prep',
    createdForProviderType: 'vsphere',
  });
};
