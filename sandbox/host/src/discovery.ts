import type { K8sModel } from '@openshift-console/dynamic-plugin-sdk';
import { coFetchJSON } from './console/console-fetch';

export type Model = K8sModel;

interface ResourceList {
  readonly resources?: readonly {
    name: string;
    kind: string;
    namespaced: boolean;
    verbs?: NonNullable<K8sModel['verbs']>;
    shortNames?: string[];
  }[];
}

const modelsOf = (apiGroup: string | undefined, apiVersion: string, { resources = [] }: ResourceList): Model[] =>
  resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, kind, namespaced, verbs = [] }) => ({
      ...(apiGroup !== undefined && { apiGroup }),
      apiVersion,
      kind,
      plural: name,
      namespaced,
      verbs,
      abbr: kind.slice(0, 2).toUpperCase(),
      label: kind,
      labelPlural: `${kind}s`,
      crd: apiGroup?.includes('.') ?? false,
    }));

const get = async <T>(path: string): Promise<T> => (await coFetchJSON(`/api/kubernetes${path}`)) as T;

/** Every kind the API server serves, in each served version. A group that does not answer is left out, as in the console. */
export const discover = async (): Promise<Model[]> => {
  const { groups } = await get<{ groups: { name: string; versions: { version: string; groupVersion: string }[] }[] }>(
    '/apis',
  );
  const lists = groups.flatMap(({ name, versions }) =>
    versions.map(async ({ version, groupVersion }) =>
      modelsOf(name, version, await get<ResourceList>(`/apis/${groupVersion}`)),
    ),
  );
  const core = get<ResourceList>('/api/v1').then((list) => modelsOf(undefined, 'v1', list));
  const settled = await Promise.allSettled([core, ...lists]);
  return settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
};
