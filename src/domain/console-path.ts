import type { KindId } from './kinds';
import { kinds } from './kinds';
import type { Metadata } from './objects';

/** API groups whose kinds the console has built in: it addresses them by their plural, and those of CRDs by group, version and kind. */
const builtIn = ['', 'apps', 'rbac.authorization.k8s.io', 'storage.k8s.io', 'build.openshift.io', 'image.openshift.io'];

/** The console's own page for an object, as a path inside the console (docs/facts/console-host.md, "Pages of objects"). */
export const consolePathOf = (kind: KindId, { name, namespace }: Pick<Metadata, 'name' | 'namespace'>): string => {
  const { group, version, kind: singular, plural } = kinds[kind];
  const type = builtIn.includes(group) ? plural : `${group}~${version}~${singular}`;
  const place = namespace === undefined ? 'cluster' : `ns/${namespace}`;
  return `/k8s/${place}/${type}/${encodeURIComponent(name)}`;
};

/** MTV's own page for a new migration plan: of one project, or for all that the user sees. */
export const newPlanPath = (project?: string): string =>
  `/k8s/${project === undefined ? 'all-namespaces' : `ns/${project}`}/forklift.konveyor.io~v1beta1~Plan/~new`;
