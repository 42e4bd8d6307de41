import type {
  ClusterEvent,
  MigrationPlan,
  NetworkMap,
  VirtualMachine,
  VirtualMachineInstance,
} from './migration-objects';
import type {
  Build,
  BuildConfig,
  ForkliftController,
  Host,
  ImageStream,
  ImageStreamImport,
  KubeObject,
  Namespace,
  NetworkAttachmentDefinition,
  Provider,
  RoleBinding,
  Secret,
} from './objects';
import type {
  Application,
  ArgoCd,
  ClusterExtension,
  ClusterProxy,
  ClusterServiceVersion,
  ClusterVersion,
  ConfigMap,
  ConsoleConfig,
  ConsolePlugin,
  CustomResourceDefinition,
  DaemonSet,
  Deployment,
  HyperConverged,
  ImageConfig,
  ImageRegistryConfig,
  LvmCluster,
  NmState,
  NodeNetworkState,
  OperatorGroup,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
  Subscription,
} from './platform-objects';

/** A kind of object as the API server addresses it: `/apis/<group>/<version>/<plural>`. */
export interface Kind {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

const ofMtv = { group: 'forklift.konveyor.io', version: 'v1beta1', namespaced: true } as const;
const ofKubeVirt = { group: 'kubevirt.io', version: 'v1', namespaced: true } as const;

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
  providers: { ...ofMtv, kind: 'Provider', plural: 'providers' },
  hosts: { ...ofMtv, kind: 'Host', plural: 'hosts' },
  forkliftControllers: { ...ofMtv, kind: 'ForkliftController', plural: 'forkliftcontrollers' },
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
  subscriptions: {
    group: 'operators.coreos.com',
    version: 'v1alpha1',
    kind: 'Subscription',
    plural: 'subscriptions',
    namespaced: true,
  },
  operatorGroups: {
    group: 'operators.coreos.com',
    version: 'v1',
    kind: 'OperatorGroup',
    plural: 'operatorgroups',
    namespaced: true,
  },
  clusterServiceVersions: {
    group: 'operators.coreos.com',
    version: 'v1alpha1',
    kind: 'ClusterServiceVersion',
    plural: 'clusterserviceversions',
    namespaced: true,
  },
  clusterExtensions: {
    group: 'olm.operatorframework.io',
    version: 'v1',
    kind: 'ClusterExtension',
    plural: 'clusterextensions',
    namespaced: false,
  },
  customResourceDefinitions: {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    namespaced: false,
  },
  clusterVersions: {
    group: 'config.openshift.io',
    version: 'v1',
    kind: 'ClusterVersion',
    plural: 'clusterversions',
    namespaced: false,
  },
  nmStates: { group: 'nmstate.io', version: 'v1', kind: 'NMState', plural: 'nmstates', namespaced: false },
  hyperConvergeds: {
    group: 'hco.kubevirt.io',
    version: 'v1beta1',
    kind: 'HyperConverged',
    plural: 'hyperconvergeds',
    namespaced: true,
  },
  lvmClusters: {
    group: 'lvm.topolvm.io',
    version: 'v1alpha1',
    kind: 'LVMCluster',
    plural: 'lvmclusters',
    namespaced: true,
  },
  daemonSets: { group: 'apps', version: 'v1', kind: 'DaemonSet', plural: 'daemonsets', namespaced: true },
  deployments: { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true },
  storageClasses: {
    group: 'storage.k8s.io',
    version: 'v1',
    kind: 'StorageClass',
    plural: 'storageclasses',
    namespaced: false,
  },
  persistentVolumeClaims: {
    group: '',
    version: 'v1',
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
    namespaced: true,
  },
  persistentVolumes: {
    group: '',
    version: 'v1',
    kind: 'PersistentVolume',
    plural: 'persistentvolumes',
    namespaced: false,
  },
  imageRegistryConfigs: {
    group: 'imageregistry.operator.openshift.io',
    version: 'v1',
    kind: 'Config',
    plural: 'configs',
    namespaced: false,
  },
  imageConfigs: { group: 'config.openshift.io', version: 'v1', kind: 'Image', plural: 'images', namespaced: false },
  proxies: { group: 'config.openshift.io', version: 'v1', kind: 'Proxy', plural: 'proxies', namespaced: false },
  consoleConfigs: {
    group: 'operator.openshift.io',
    version: 'v1',
    kind: 'Console',
    plural: 'consoles',
    namespaced: false,
  },
  consolePlugins: {
    group: 'console.openshift.io',
    version: 'v1',
    kind: 'ConsolePlugin',
    plural: 'consoleplugins',
    namespaced: false,
  },
  configMaps: { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true },
  applications: {
    group: 'argoproj.io',
    version: 'v1alpha1',
    kind: 'Application',
    plural: 'applications',
    namespaced: true,
  },
  argoCds: { group: 'argoproj.io', version: 'v1beta1', kind: 'ArgoCD', plural: 'argocds', namespaced: true },
  pods: { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
  plans: { ...ofMtv, kind: 'Plan', plural: 'plans' },
  networkMaps: { ...ofMtv, kind: 'NetworkMap', plural: 'networkmaps' },
  virtualMachines: { ...ofKubeVirt, kind: 'VirtualMachine', plural: 'virtualmachines' },
  virtualMachineInstances: { ...ofKubeVirt, kind: 'VirtualMachineInstance', plural: 'virtualmachineinstances' },
  events: { group: '', version: 'v1', kind: 'Event', plural: 'events', namespaced: true },
  nodeNetworkConfigurationPolicies: {
    group: 'nmstate.io',
    version: 'v1',
    kind: 'NodeNetworkConfigurationPolicy',
    plural: 'nodenetworkconfigurationpolicies',
    namespaced: false,
  },
  nodeNetworkStates: {
    group: 'nmstate.io',
    version: 'v1beta1',
    kind: 'NodeNetworkState',
    plural: 'nodenetworkstates',
    namespaced: false,
  },
} as const satisfies Record<string, Kind>;

/** A kind in our table, by its plural in camel case. */
export type KindId = keyof typeof kinds;

/** The object type behind each kind of the table. */
export interface ObjectOf {
  namespaces: Namespace;
  secrets: Secret;
  roleBindings: RoleBinding;
  providers: Provider;
  hosts: Host;
  forkliftControllers: ForkliftController;
  imageStreams: ImageStream;
  imageStreamImports: ImageStreamImport;
  buildConfigs: BuildConfig;
  builds: Build;
  networkAttachmentDefinitions: NetworkAttachmentDefinition;
  subscriptions: Subscription;
  operatorGroups: OperatorGroup;
  clusterServiceVersions: ClusterServiceVersion;
  clusterExtensions: ClusterExtension;
  customResourceDefinitions: CustomResourceDefinition;
  clusterVersions: ClusterVersion;
  nmStates: NmState;
  hyperConvergeds: HyperConverged;
  lvmClusters: LvmCluster;
  daemonSets: DaemonSet;
  deployments: Deployment;
  storageClasses: StorageClass;
  persistentVolumeClaims: PersistentVolumeClaim;
  persistentVolumes: PersistentVolume;
  imageRegistryConfigs: ImageRegistryConfig;
  imageConfigs: ImageConfig;
  proxies: ClusterProxy;
  consoleConfigs: ConsoleConfig;
  consolePlugins: ConsolePlugin;
  configMaps: ConfigMap;
  applications: Application;
  argoCds: ArgoCd;
  pods: KubeObject;
  plans: MigrationPlan;
  networkMaps: NetworkMap;
  virtualMachines: VirtualMachine;
  virtualMachineInstances: VirtualMachineInstance;
  events: ClusterEvent;
  nodeNetworkConfigurationPolicies: KubeObject;
  nodeNetworkStates: NodeNetworkState;
}

/** `group/version`, or `v1` for the core group: what an object's `apiVersion` says. */
export const apiVersionOf = ({ group, version }: Kind): string => (group ? `${group}/${version}` : version);
