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
  ImageStreamTag,
  KubeObject,
  Namespace,
  NetworkAttachmentDefinition,
  Provider,
  RoleBinding,
  Secret,
} from './objects';
import type { InstallPlan, PackageManifest } from './olm-objects';
import type {
  ClusterNode,
  NodeNetworkConfigurationEnactment,
  NodeNetworkConfigurationPolicy,
  NodeNetworkState,
} from './nmstate-objects';
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
  LocalVolumeDiscoveryResult,
  LvmCluster,
  NmState,
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
  /** How many the console's watch asks for at once; left out: its own 250, after which it already calls the list loaded. */
  readonly atOnce?: number;
}

const ofCore = { group: '', version: 'v1', namespaced: false } as const;
const ofConfig = { group: 'config.openshift.io', version: 'v1', namespaced: false } as const;
const ofMtv = { group: 'forklift.konveyor.io', version: 'v1beta1', namespaced: true } as const;
const ofOlm = { group: 'operators.coreos.com', version: 'v1alpha1', namespaced: true } as const;
const ofKubeVirt = { group: 'kubevirt.io', version: 'v1', namespaced: true } as const;
const ofImages = { group: 'image.openshift.io', version: 'v1', namespaced: true } as const;
const ofBuilds = { group: 'build.openshift.io', version: 'v1', namespaced: true } as const;
const ofNmState = { group: 'nmstate.io', version: 'v1beta1', namespaced: false } as const;
const ofProjects = { group: 'project.openshift.io', version: 'v1', namespaced: false } as const;

/** The one table of the kinds we touch. */
export const kinds = {
  namespaces: { ...ofCore, kind: 'Namespace', plural: 'namespaces' },
  projects: { ...ofProjects, kind: 'Project', plural: 'projects' },
  projectRequests: { ...ofProjects, kind: 'ProjectRequest', plural: 'projectrequests' },
  secrets: { ...ofCore, kind: 'Secret', plural: 'secrets', namespaced: true },
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
  imageStreams: { ...ofImages, kind: 'ImageStream', plural: 'imagestreams' },
  imageStreamTags: { ...ofImages, kind: 'ImageStreamTag', plural: 'imagestreamtags' },
  imageStreamImports: { ...ofImages, kind: 'ImageStreamImport', plural: 'imagestreamimports' },
  buildConfigs: { ...ofBuilds, kind: 'BuildConfig', plural: 'buildconfigs' },
  builds: { ...ofBuilds, kind: 'Build', plural: 'builds' },
  networkAttachmentDefinitions: {
    group: 'k8s.cni.cncf.io',
    version: 'v1',
    kind: 'NetworkAttachmentDefinition',
    plural: 'network-attachment-definitions',
    namespaced: true,
    // One for each network of each project: thousands on a large cluster.
    atOnce: 5000,
  },
  subscriptions: { ...ofOlm, kind: 'Subscription', plural: 'subscriptions' },
  operatorGroups: {
    group: 'operators.coreos.com',
    version: 'v1',
    kind: 'OperatorGroup',
    plural: 'operatorgroups',
    namespaced: true,
  },
  clusterServiceVersions: { ...ofOlm, kind: 'ClusterServiceVersion', plural: 'clusterserviceversions' },
  installPlans: { ...ofOlm, kind: 'InstallPlan', plural: 'installplans' },
  packageManifests: {
    group: 'packages.operators.coreos.com',
    version: 'v1',
    kind: 'PackageManifest',
    plural: 'packagemanifests',
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
  clusterVersions: { ...ofConfig, kind: 'ClusterVersion', plural: 'clusterversions' },
  nmStates: { ...ofNmState, version: 'v1', kind: 'NMState', plural: 'nmstates' },
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
  localVolumeDiscoveryResults: {
    group: 'local.storage.openshift.io',
    version: 'v1alpha1',
    kind: 'LocalVolumeDiscoveryResult',
    plural: 'localvolumediscoveryresults',
    namespaced: true,
  },
  nodeHealthChecks: {
    group: 'remediation.medik8s.io',
    version: 'v1alpha1',
    kind: 'NodeHealthCheck',
    plural: 'nodehealthchecks',
    namespaced: false,
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
    ...ofCore,
    kind: 'PersistentVolumeClaim',
    plural: 'persistentvolumeclaims',
    namespaced: true,
  },
  persistentVolumes: { ...ofCore, kind: 'PersistentVolume', plural: 'persistentvolumes' },
  imageRegistryConfigs: {
    group: 'imageregistry.operator.openshift.io',
    version: 'v1',
    kind: 'Config',
    plural: 'configs',
    namespaced: false,
  },
  imageConfigs: { ...ofConfig, kind: 'Image', plural: 'images' },
  proxies: { ...ofConfig, kind: 'Proxy', plural: 'proxies' },
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
  configMaps: { ...ofCore, kind: 'ConfigMap', plural: 'configmaps', namespaced: true },
  applications: {
    group: 'argoproj.io',
    version: 'v1alpha1',
    kind: 'Application',
    plural: 'applications',
    namespaced: true,
  },
  argoCds: { group: 'argoproj.io', version: 'v1beta1', kind: 'ArgoCD', plural: 'argocds', namespaced: true },
  pods: { ...ofCore, kind: 'Pod', plural: 'pods', namespaced: true },
  plans: { ...ofMtv, kind: 'Plan', plural: 'plans' },
  networkMaps: { ...ofMtv, kind: 'NetworkMap', plural: 'networkmaps' },
  virtualMachines: { ...ofKubeVirt, kind: 'VirtualMachine', plural: 'virtualmachines' },
  virtualMachineInstances: { ...ofKubeVirt, kind: 'VirtualMachineInstance', plural: 'virtualmachineinstances' },
  events: { ...ofCore, kind: 'Event', plural: 'events', namespaced: true },
  nodeNetworkConfigurationPolicies: {
    ...ofNmState,
    version: 'v1',
    kind: 'NodeNetworkConfigurationPolicy',
    plural: 'nodenetworkconfigurationpolicies',
  },
  nodeNetworkConfigurationEnactments: {
    ...ofNmState,
    kind: 'NodeNetworkConfigurationEnactment',
    plural: 'nodenetworkconfigurationenactments',
  },
  nodes: { ...ofCore, kind: 'Node', plural: 'nodes' },
  nodeNetworkStates: { ...ofNmState, kind: 'NodeNetworkState', plural: 'nodenetworkstates' },
} as const satisfies Record<string, Kind>;

/** A kind in our table, by its plural in camel case. */
export type KindId = keyof typeof kinds;

/** The object type behind each kind of the table. */
export interface ObjectOf {
  namespaces: Namespace;
  projects: Namespace;
  projectRequests: KubeObject;
  secrets: Secret;
  roleBindings: RoleBinding;
  providers: Provider;
  hosts: Host;
  forkliftControllers: ForkliftController;
  imageStreams: ImageStream;
  imageStreamTags: ImageStreamTag;
  imageStreamImports: ImageStreamImport;
  buildConfigs: BuildConfig;
  builds: Build;
  networkAttachmentDefinitions: NetworkAttachmentDefinition;
  subscriptions: Subscription;
  operatorGroups: OperatorGroup;
  clusterServiceVersions: ClusterServiceVersion;
  installPlans: InstallPlan;
  packageManifests: PackageManifest;
  clusterExtensions: ClusterExtension;
  customResourceDefinitions: CustomResourceDefinition;
  clusterVersions: ClusterVersion;
  nmStates: NmState;
  hyperConvergeds: HyperConverged;
  lvmClusters: LvmCluster;
  localVolumeDiscoveryResults: LocalVolumeDiscoveryResult;
  nodeHealthChecks: KubeObject;
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
  nodeNetworkConfigurationPolicies: NodeNetworkConfigurationPolicy;
  nodeNetworkConfigurationEnactments: NodeNetworkConfigurationEnactment;
  nodes: ClusterNode;
  nodeNetworkStates: NodeNetworkState;
}

/** `group/version`, or `v1` for the core group: what an object's `apiVersion` says. */
export const apiVersionOf = ({ group, version }: Kind): string => (group ? `${group}/${version}` : version);
