import type {
  Build,
  BuildConfig,
  ForkliftController,
  ImageStream,
  ImageStreamImport,
  Namespace,
  NetworkAttachmentDefinition,
  Provider,
  RoleBinding,
  Secret,
} from './objects';

export interface Kind {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The one table of the kinds we touch. */
export const kinds = {
  namespaces: { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
  secrets: { group: '', version: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true },
  roleBindings: {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    kind: 'RoleBinding',
    plural: 'rolebindings',
    namespaced: true,
  },
  providers: {
    group: 'forklift.konveyor.io',
    version: 'v1beta1',
    kind: 'Provider',
    plural: 'providers',
    namespaced: true,
  },
  forkliftControllers: {
    group: 'forklift.konveyor.io',
    version: 'v1beta1',
    kind: 'ForkliftController',
    plural: 'forkliftcontrollers',
    namespaced: true,
  },
  imageStreams: {
    group: 'image.openshift.io',
    version: 'v1',
    kind: 'ImageStream',
    plural: 'imagestreams',
    namespaced: true,
  },
  imageStreamImports: {
    group: 'image.openshift.io',
    version: 'v1',
    kind: 'ImageStreamImport',
    plural: 'imagestreamimports',
    namespaced: true,
  },
  buildConfigs: {
    group: 'build.openshift.io',
    version: 'v1',
    kind: 'BuildConfig',
    plural: 'buildconfigs',
    namespaced: true,
  },
  builds: { group: 'build.openshift.io', version: 'v1', kind: 'Build', plural: 'builds', namespaced: true },
  networkAttachmentDefinitions: {
    group: 'k8s.cni.cncf.io',
    version: 'v1',
    kind: 'NetworkAttachmentDefinition',
    plural: 'network-attachment-definitions',
    namespaced: true,
  },
} as const satisfies Record<string, Kind>;

export type KindId = keyof typeof kinds;

/** The object type behind each kind of the table. */
export interface ObjectOf {
  namespaces: Namespace;
  secrets: Secret;
  roleBindings: RoleBinding;
  providers: Provider;
  forkliftControllers: ForkliftController;
  imageStreams: ImageStream;
  imageStreamImports: ImageStreamImport;
  buildConfigs: BuildConfig;
  builds: Build;
  networkAttachmentDefinitions: NetworkAttachmentDefinition;
}

/** `group/version`, or `v1` for the core group: what an object's `apiVersion` says. */
export const apiVersionOf = ({ group, version }: Kind): string => (group ? `${group}/${version}` : version);
