import type { KindId } from '../kinds';
import { kinds } from '../kinds';
import { yamlOf } from '../yaml';
import type { FolderFile } from '../zip';

/** Where OpenShift GitOps runs its Argo CD, and the ServiceAccount that writes for it (docs/facts/platform.md §4). */
const home = 'openshift-gitops';
const writer = 'openshift-gitops-argocd-application-controller';

const name = 'migration-prep-objects';
const rbac = 'rbac.authorization.k8s.io';

/**
 * What OpenShift GitOps needs to take the objects of the folder: its Application, without pruning and without a finalizer, so that nothing of the
 * folder ever removes storage or networks; and the rights for these kinds, which its controller does not have by itself.
 */
export const applicationFiles = (written: readonly KindId[]): readonly FolderFile[] => {
  const rules = [...new Set(written.map((kind) => kinds[kind].group))].sort().map((group) => ({
    apiGroups: [group],
    resources: [...new Set(written.filter((kind) => kinds[kind].group === group).map((kind) => kinds[kind].plural))],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'],
  }));
  const role = { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name }, rules };
  const binding = {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: writer, namespace: home }],
  };
  return [
    { path: 'argocd/application.yaml', content: yamlOf(application) },
    { path: 'argocd/cluster-role.yaml', content: yamlOf(role) },
    { path: 'argocd/cluster-role-binding.yaml', content: yamlOf(binding) },
  ];
};

const application = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace: home },
  spec: {
    project: 'default',
    destination: { server: 'https://kubernetes.default.svc' },
    source: {
      repoURL: 'https://git.example.com/REPLACE-ME.git',
      targetRevision: 'HEAD',
      path: 'migration-prep/objects',
      directory: { recurse: true },
    },
    syncPolicy: {
      automated: { prune: false, selfHeal: true },
      // The kinds of operators come with the operators: OLM takes longer than Argo CD's own five tries.
      retry: { limit: -1, backoff: { duration: '30s', factor: 2, maxDuration: '5m' } },
    },
  },
};
