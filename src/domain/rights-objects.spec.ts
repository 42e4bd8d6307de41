import type { Right } from './cluster';
import { rightsObjects } from './rights-objects';

test('rights become a ClusterRole for the cluster and a Role for each project, each with its binding, and nothing more', () => {
  const rights: readonly Right[] = [
    { kind: 'subscriptions', verb: 'create', namespace: 'openshift-mtv' },
    { kind: 'operatorGroups', verb: 'create', namespace: 'openshift-mtv' },
    { kind: 'installPlans', verb: 'patch', name: 'install-1', namespace: 'openshift-cnv' },
    { kind: 'namespaces', verb: 'create' },
    { kind: 'storageClasses', verb: 'patch', name: 'fast' },
    { kind: 'storageClasses', verb: 'get', name: 'fast' },
    { kind: 'builds', verb: 'get', subresource: 'log', namespace: 'openshift-mtv' },
  ];
  const objects = rightsObjects(rights, 'prep');
  expect(objects.map(({ kind, metadata }) => `${kind ?? ''} ${metadata.namespace ?? '-'}`)).toEqual([
    'ClusterRole -',
    'ClusterRoleBinding -',
    'Role openshift-cnv',
    'RoleBinding openshift-cnv',
    'Role openshift-mtv',
    'RoleBinding openshift-mtv',
  ]);
  expect(objects[0]).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'migration-prep-user' },
    rules: [
      { apiGroups: [''], resources: ['namespaces'], verbs: ['create'] },
      {
        apiGroups: ['storage.k8s.io'],
        resources: ['storageclasses'],
        resourceNames: ['fast'],
        verbs: ['patch', 'get'],
      },
    ],
  });
  expect(objects[3]).toMatchObject({
    roleRef: { kind: 'Role', name: 'migration-prep-user' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'prep' }],
  });
  expect(objects[4]?.rules).toEqual([
    { apiGroups: ['operators.coreos.com'], resources: ['subscriptions'], verbs: ['create'] },
    { apiGroups: ['operators.coreos.com'], resources: ['operatorgroups'], verbs: ['create'] },
    { apiGroups: ['build.openshift.io'], resources: ['builds/log'], verbs: ['get'] },
  ]);
});

test('no rights are no objects', () => {
  expect(rightsObjects([], 'prep')).toEqual([]);
});
