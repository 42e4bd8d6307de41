import type { K8sModel } from '@openshift-console/dynamic-plugin-sdk';
import { watchK8sList } from '@openshift-console/dynamic-plugin-sdk/lib/app/k8s/actions/k8s';
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

const definitions: Model = {
  apiGroup: 'apiextensions.k8s.io',
  apiVersion: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
  crd: false,
  verbs: ['list', 'watch'],
  abbr: 'CRD',
  label: 'CustomResourceDefinition',
  labelPlural: 'CustomResourceDefinitions',
};

/** How often the console asks anew for a user who may not list CRDs, in milliseconds. */
const pollInterval = 60_000;

/**
 * Kinds that come and go while the page is open (openshift/console, release-4.22, public/actions/k8s.ts): whoever may list CRDs watches them, and every one
 * that comes or goes makes the console ask for all kinds; for others it asks every minute.
 */
export const followDiscovery = async (
  dispatch: (action: unknown) => unknown,
  onModels: (models: readonly Model[]) => void,
): Promise<void> => {
  const again = () => void discover().then(onModels);
  const { apiGroup: group, plural: resource } = definitions;
  const review = (await coFetchJSON.post('/api/kubernetes/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { group, resource, verb: 'list' } },
  })) as { readonly status?: { readonly allowed?: boolean } };
  if (review.status?.allowed !== true) {
    setInterval(again, pollInterval);
    return;
  }
  const refresh = (_id: string, events: readonly object[]) => () => {
    if (events.some((event) => 'type' in event && (event.type === 'ADDED' || event.type === 'DELETED'))) again();
  };
  dispatch(watchK8sList('customresourcedefinitions', {}, definitions, refresh, true));
};
