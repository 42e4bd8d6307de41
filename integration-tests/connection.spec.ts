import { ConnectionPage } from './pages/connection-page';
import { expect, test } from './test';

interface Provider {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly url: string; readonly secret: { readonly name: string } };
}
interface Secret {
  readonly metadata: { readonly name: string; readonly ownerReferences?: readonly { readonly uid: string }[]; readonly labels?: Record<string, string> };
  readonly data: Readonly<Record<string, string>>;
}

const providers = '/apis/forklift.konveyor.io/v1beta1/namespaces/openshift-mtv/providers';
const secrets = '/api/v1/namespaces/openshift-mtv/secrets';

for (const user of ['kubeadmin', 'prep']) {
  test(`${user} connects a vCenter: a Secret, a Provider, and the one owns the other`, async ({
    page,
    signIn,
    cluster,
    sandbox,
    accessibilityProblems,
  }) => {
    await signIn(user);
    const step = new ConnectionPage(page);
    await expect(step.address).toBeVisible();
    expect(await accessibilityProblems()).toEqual([]);
    await step.fill(sandbox.info.vcenter);
    await step.connect.click();
    await expect.poll(async () => (await cluster.list<Provider>(providers)).map(({ metadata }) => metadata.name)).toEqual(['host', 'vcenter']);
    await expect.poll(async () => (await cluster.list<Secret>(secrets)).map(({ metadata }) => metadata.ownerReferences?.length)).toEqual([1]);
    const provider = await cluster.get<Provider>(`${providers}/vcenter`);
    const secret = await cluster.get<Secret>(`${secrets}/${provider.spec.secret.name}`);
    expect(provider.spec.url).toBe(sandbox.info.vcenter.url);
    expect(secret.metadata.ownerReferences?.[0]?.uid).toBe(provider.metadata.uid);
    expect(atob(secret.data.password ?? '')).toBe(sandbox.info.vcenter.password);
    expect(secret.metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'migration-prep', createdForProviderType: 'vsphere' });
  });
}
