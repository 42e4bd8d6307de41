import type { Write } from '../domain/change';
import { targetOf } from '../domain/change';
import type { Cluster, Many, One } from '../domain/cluster';
import { controllerRights } from '../domain/controller-rights';
import type { ControllerPart, ControllerRight } from '../domain/controller-rights';
import type { KindId } from '../domain/kinds';

/** A request as rights judge it. Without a namespace: in all of them. */
export interface Request {
  readonly verb: ControllerRight['verbs'][number];
  readonly kind: KindId;
  readonly subresource?: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

/** The release whose controller it is in these tests. */
export const release = { namespace: 'prep', name: 'mp' };

/** Where the places of rights are in these tests. */
const projects: Readonly<Record<ControllerRight['place'], readonly string[] | 'all'>> = {
  cluster: 'all',
  mtv: ['openshift-mtv'],
  providers: ['openshift-mtv', 'team'],
  networks: ['vms', 'new'],
  registry: ['openshift-image-registry'],
  trust: ['openshift-config-managed'],
  release: ['prep'],
};

/** What values name in the release's project: the chart writes these rules itself. */
export const declaredRights: readonly ControllerRight[] = [
  { kind: 'secrets', names: ['vcenter', 'esxi', 'mirror'], verbs: ['get'], place: 'release', why: '' },
  { kind: 'configMaps', names: ['ca'], verbs: ['get'], place: 'release', why: '' },
];

/** The rights of these parts. */
export const rightsOf = (...parts: readonly ControllerPart[]): readonly ControllerRight[] =>
  parts.flatMap((part): readonly ControllerRight[] => controllerRights[part]);

const named = (names: ControllerRight['names']): readonly string[] | undefined =>
  names === 'credentials' ? ['vc-credentials'] : names?.map((name) => name.replace('{release}', release.name));

/** Whether a right permits a request. */
export const covers = (right: ControllerRight, { verb, kind, namespace, name, subresource }: Request): boolean => {
  const places = projects[right.place];
  const isThere = places === 'all' || (namespace !== undefined && places.includes(namespace));
  const names = named(right.names);
  return (
    right.kind === kind &&
    right.subresource === subresource &&
    right.verbs.includes(verb) &&
    isThere &&
    (names === undefined || (name !== undefined && names.includes(name)))
  );
};

/** A cluster that notes what is asked of it. */
export const listening = (cluster: Cluster): { readonly cluster: Cluster; readonly asked: Request[] } => {
  const asked: Request[] = [];
  return {
    asked,
    cluster: {
      ...cluster,
      get: <K extends KindId>(one: One<K>) => {
        asked.push({ verb: 'get', kind: one.kind, namespace: one.namespace, name: one.name });
        return cluster.get(one);
      },
      list: <K extends KindId>(many: Many<K>) => {
        asked.push({ verb: 'list', kind: many.list, namespace: many.namespace });
        return cluster.list(many);
      },
      apply: (write: Write, how) => {
        const { kind, namespace, name } = targetOf(write);
        asked.push({ verb: write.verb, kind, namespace, ...(write.verb !== 'create' && { name }) });
        return cluster.apply(write, how);
      },
    },
  };
};
