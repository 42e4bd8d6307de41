import type { KubeApi } from './test';

/** A NetworkAttachmentDefinition, as far as tests look at it. */
interface Nad {
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
  readonly spec: { readonly config: string };
}

/** Where the virtual machines go in every scenario. */
export const nads = '/apis/k8s.cni.cncf.io/v1/namespaces/migration-target/network-attachment-definitions';
export const networksStep = '/migration-prep?step=networks&project=migration-target';
/** What the step says when all is there. */
export const networksExist = 'The networks exist. Migration plans can use them.';

/** The configurations of what we made there, by name. */
export const madeNetworks = async (cluster: KubeApi): Promise<Readonly<Record<string, Record<string, unknown>>>> =>
  Object.fromEntries(
    (await cluster.list<Nad>(nads))
      .filter(({ metadata }) => metadata.labels)
      .map(({ metadata, spec }) => [metadata.name, JSON.parse(spec.config) as Record<string, unknown>]),
  );
