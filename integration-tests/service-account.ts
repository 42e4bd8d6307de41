import { stringify } from 'yaml';

/** A rule of a role, and the project in which it holds: without one, in the whole cluster. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
  readonly namespace?: string;
}

/** How an API server is reached: its address, and its authority as base64. */
export interface Reached {
  readonly server: string;
  readonly authority: string;
}

/** The projects of some rules; `undefined` is the whole cluster. */
const projectsOf = (rules: readonly Rule[]): readonly (string | undefined)[] => [
  ...new Set(rules.map(({ namespace }) => namespace)),
];

/** The kubeconfig of who shows this token. Without a project of its own it is in `default`. */
export const kubeconfigWith = ({ server, authority }: Reached, token: string, namespace = 'default'): string =>
  stringify({
    clusters: [{ name: 'c', cluster: { server, 'certificate-authority-data': authority } }],
    users: [{ name: 'u', user: { token } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', namespace } }],
    'current-context': 'x',
  });

/** Makes a ServiceAccount with these rights and no others, and answers with its kubeconfig. The projects of the rules must be there. */
export const serviceAccount = async (
  post: (path: string, body: unknown) => Promise<unknown>,
  reached: Reached,
  {
    name,
    namespace = 'default',
    rules,
  }: { readonly name: string; readonly namespace?: string; readonly rules: readonly Rule[] },
): Promise<string> => {
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await post(accounts, { metadata: { name } });
  for (const project of projectsOf(rules)) {
    const [home, prefix] =
      project === undefined
        ? ['/apis/rbac.authorization.k8s.io/v1', 'Cluster']
        : [`/apis/rbac.authorization.k8s.io/v1/namespaces/${project}`, ''];
    const here = rules
      .filter((rule) => rule.namespace === project)
      .map(({ apiGroups, resources, resourceNames, verbs }) => ({ apiGroups, resources, resourceNames, verbs }));
    await post(`${home}/${prefix.toLowerCase()}roles`, { metadata: { name }, rules: here });
    await post(`${home}/${prefix.toLowerCase()}rolebindings`, {
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: `${prefix}Role`, name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    });
  }
  const issued = (await post(`${accounts}/${name}/token`, { spec: {} })) as {
    readonly status: { readonly token: string };
  };
  return kubeconfigWith(reached, issued.status.token, namespace);
};
