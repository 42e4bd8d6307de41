import type { Right } from './cluster';
import { kinds } from './kinds';
import type { KubeObject } from './objects';

/** rbac.authorization.k8s.io/v1 PolicyRule. */
interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** A role, or the binding of one. */
export interface RoleObject extends KubeObject {
  readonly rules?: readonly PolicyRule[];
  readonly roleRef?: { readonly apiGroup: string; readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly apiGroup: string; readonly kind: string; readonly name: string }[];
}

const group = 'rbac.authorization.k8s.io';
const name = 'migration-prep-user';

/** Stands for the user where their name is not known: no name of a user begins so, and the API server accepts it as one. */
export const unnamedUser = 'NAME-OF-THE-USER';

/**
 * The roles that grant rights to a user, and their bindings: one Role for each project, and a ClusterRole for what belongs to the whole cluster. Nothing
 * more than these rights. A role may name the object of a right, except to `create`.
 */
export const rightsObjects = (rights: readonly Right[], user: string): readonly RoleObject[] => {
  // What belongs to the cluster comes first, such as the right to make a project.
  const places = [...new Set(rights.map(({ namespace = '' }) => namespace))].sort();
  return places.flatMap((place) => {
    const namespace = place === '' ? undefined : place;
    const kind = namespace === undefined ? 'ClusterRole' : 'Role';
    const metadata = { name, ...(namespace !== undefined && { namespace }) };
    const head = { apiVersion: `${group}/v1` } as const;
    return [
      { ...head, kind, metadata, rules: rulesOf(rights.filter((right) => right.namespace === namespace)) },
      {
        ...head,
        kind: `${kind}Binding`,
        metadata,
        roleRef: { apiGroup: group, kind, name },
        subjects: [{ apiGroup: group, kind: 'User', name: user }],
      },
    ];
  });
};

/** One rule for each resource and object, with all verbs. */
const rulesOf = (rights: readonly Right[]): readonly PolicyRule[] => {
  const rules = new Map<string, PolicyRule>();
  for (const { kind, verb, subresource, name: object } of rights) {
    const { group: apiGroup, plural } = kinds[kind];
    const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
    const key = `${apiGroup}/${resource} ${object ?? ''}`;
    const before = rules.get(key)?.verbs ?? [];
    rules.set(key, {
      apiGroups: [apiGroup],
      resources: [resource],
      ...(object !== undefined && { resourceNames: [object] }),
      verbs: before.includes(verb) ? before : [...before, verb],
    });
  }
  return [...rules.values()];
};
