import { credentialsOf, credentialsTemplate } from './connection/plan-provider';
import type { KindId } from './kinds';
import { apiVersionOf, kinds } from './kinds';
import type { KubeObject, Provider } from './objects';
import { declaredByAnnotation, isOurs } from './ownership';
import { undoAnnotation } from './undo';
import { buildName } from './vddk/plan-build';
import { yamlOf } from './yaml';
import type { FolderFile } from './zip';

/** What belongs to the cluster that an object was read from. */
const notesOfThisCluster = [
  'kubectl.kubernetes.io/last-applied-configuration',
  // By which Argo CD knows that an object belongs to an Application of this cluster.
  'argocd.argoproj.io/tracking-id',
  undoAnnotation,
  declaredByAnnotation,
];

/** Kinds whose CRD an operator brings: Argo CD must not refuse the whole folder because of them. */
const broughtByOperators = [
  'forklift.konveyor.io',
  'k8s.cni.cncf.io',
  'nmstate.io',
  'hco.kubevirt.io',
  'lvm.topolvm.io',
];

/** An object as it can be declared for another cluster: without status, without what the server set, and without an image that only this cluster has. */
export const declarationOf = (kind: KindId, object: KubeObject): object => {
  const { metadata, ...others } = object;
  const content = Object.fromEntries(
    Object.entries(others).filter(([key]) => !['apiVersion', 'kind', 'status'].includes(key)),
  );
  const { name, namespace, labels, annotations = {} } = metadata;
  const { group } = kinds[kind];
  const kept = {
    ...Object.fromEntries(Object.entries(annotations).filter(([key]) => !notesOfThisCluster.includes(key))),
    ...(broughtByOperators.includes(group) && {
      'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
    }),
  };
  return {
    apiVersion: apiVersionOf(kinds[kind]),
    kind: kinds[kind].kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(labels && { labels: sorted(labels) }),
      ...(Object.keys(kept).length > 0 && { annotations: sorted(kept) }),
    },
    ...content,
    ...('spec' in content && { spec: withoutBuiltImage(content.spec) }),
  };
};

/** In one order, whoever wrote it: an export that changes nothing changes no line. */
const sorted = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A spec without an image that was built here: its digest is nowhere else. */
const withoutBuiltImage = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .filter(([, each]) => typeof each !== 'string' || !each.includes(`/${buildName}`))
          .map(([key, each]) => [key, key === 'settings' ? withoutBuiltImage(each) : each]),
      );

/** One file for each of these objects that is ours, in a folder for its project. */
export const declarationFiles = (kind: KindId, objects: readonly KubeObject[]): readonly FolderFile[] =>
  objects.filter(isOurs).map((object) => {
    const { name, namespace = 'cluster' } = object.metadata;
    return {
      path: `objects/${namespace}/${kinds[kind].plural}-${name}.yaml`,
      content: yamlOf(declarationOf(kind, object)),
    };
  });

/** The projects of these files, which another cluster may lack. Argo CD makes them and never removes them: what is in them is not ours. */
export const projectFiles = (files: readonly FolderFile[]): readonly FolderFile[] =>
  [...new Set(files.map(({ path }) => path.split('/')[1] ?? ''))]
    .filter((name) => !['cluster', 'default', ''].includes(name))
    .sort()
    .map((name) => ({
      // The first in the order in which kubectl walks a folder.
      path: `objects/0-projects/${name}.yaml`,
      content: yamlOf({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
      }),
    }));

/** A Secret for each of our Providers, to be filled in: never with a value of the one that is there. */
export const secretFiles = (providers: readonly Provider[]): readonly FolderFile[] =>
  providers.filter(isOurs).map((provider) => {
    const { name, namespace = '' } = provider.metadata;
    return {
      path: `secrets/${namespace}/${credentialsOf(name)}.yaml`,
      content: yamlOf(declarationOf('secrets', credentialsTemplate(provider))),
    };
  });
