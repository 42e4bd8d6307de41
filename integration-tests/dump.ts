import type { KubeApi } from './test';

/** An object as the API server lists it. */
export interface Item {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: { readonly settings?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

const serversOwn = ['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields'];

/** What OLM notes on an OperatorGroup of the operators in its project. */
const olmsOwn = 'olm.providedAPIs';

/** An object less what the server and OLM manage. */
const shown = ({ metadata, ...object }: Item): object => {
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => key !== olmsOwn);
  const kept = Object.entries(metadata).filter(([key]) => key !== 'annotations' && !serversOwn.includes(key));
  return {
    ...Object.fromEntries(Object.entries(object).filter(([key]) => key !== 'status')),
    metadata: { ...Object.fromEntries(kept), annotations: Object.fromEntries(annotations) },
  };
};

/** All objects of these kinds, by the path of the kind, project and name. Nothing of a kind that is not there. */
export const dump = async (cluster: KubeApi, paths: readonly string[]): Promise<Readonly<Record<string, object>>> => {
  const { groups } = await cluster.get<{ groups: readonly { versions: readonly { groupVersion: string }[] }[] }>(
    '/apis',
  );
  const served = new Set(groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => `/apis/${groupVersion}`)));
  const isThere = async (path: string): Promise<boolean> => {
    const [group = ''] = /^.*(?=\/)/.exec(path) ?? [];
    if (group !== '/api/v1' && !served.has(group)) return false;
    const { resources } = await cluster.get<{ resources: readonly { name: string }[] }>(group);
    return resources.some(({ name }) => path.endsWith(`/${name}`));
  };
  const lists = await Promise.all(paths.map(async (path) => ((await isThere(path)) ? cluster.list<Item>(path) : [])));
  return Object.fromEntries(
    paths.flatMap((path, at) =>
      (lists[at] ?? []).map((item) => [`${path} ${item.metadata.namespace ?? ''}/${item.metadata.name}`, shown(item)]),
    ),
  );
};
