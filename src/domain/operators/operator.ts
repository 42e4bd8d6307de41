import type { ClusterVersion } from '../platform-objects';

/** The operators that a migration needs: LVM Storage, Migration Toolkit for Virtualization, NMState and OpenShift Virtualization. */
export type OperatorId = 'lvms' | 'mtv' | 'nmstate' | 'cnv';

/** An operator that a migration needs. Names are those that the Assisted Installer uses, so that both meet in one object. */
export interface Operator {
  readonly id: OperatorId;
  /** The product's name, the same in every language. */
  readonly name: string;
  /** What it is installed as. */
  readonly package: string;
  /** What the same operator is called in other catalogs and releases. */
  readonly otherPackages: readonly string[];
  readonly operatorGroup: string;
  readonly subscription: string;
  /** Works only with an OperatorGroup that selects its own project. */
  readonly ownNamespaceOnly: boolean;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly operand: {
    readonly kind: 'lvmClusters' | 'forkliftControllers' | 'nmStates' | 'hyperConvergeds';
    readonly name: string;
  };
}

const monitored = { 'openshift.io/cluster-monitoring': 'true' } as const;

/** docs/facts/platform.md §1: packages and install modes from the operators' sources, names from assisted-service. */
export const operators: Readonly<Record<OperatorId, Operator>> = {
  lvms: {
    id: 'lvms',
    name: 'LVM Storage',
    package: 'lvms-operator',
    // Up to OpenShift 4.11.
    otherPackages: ['odf-lvm-operator'],
    operatorGroup: 'openshift-storage-operatorgroup',
    subscription: 'lvms-operator',
    ownNamespaceOnly: true,
    namespaceLabels: { ...monitored, 'pod-security.kubernetes.io/enforce': 'privileged' },
    operand: { kind: 'lvmClusters', name: 'lvmcluster-sample' },
  },
  mtv: {
    id: 'mtv',
    name: 'Migration Toolkit for Virtualization',
    package: 'mtv-operator',
    // Upstream Forklift, now and in its first releases.
    otherPackages: ['forklift-operator', 'konveyor-forklift-operator'],
    operatorGroup: 'migration',
    subscription: 'mtv-operator',
    ownNamespaceOnly: true,
    namespaceLabels: {},
    operand: { kind: 'forkliftControllers', name: 'forklift-controller' },
  },
  nmstate: {
    id: 'nmstate',
    name: 'NMState',
    package: 'kubernetes-nmstate-operator',
    otherPackages: [],
    operatorGroup: 'openshift-nmstate',
    subscription: 'kubernetes-nmstate-operator',
    ownNamespaceOnly: false,
    namespaceLabels: {},
    operand: { kind: 'nmStates', name: 'nmstate' },
  },
  cnv: {
    id: 'cnv',
    name: 'OpenShift Virtualization',
    package: 'kubevirt-hyperconverged',
    otherPackages: ['community-kubevirt-hyperconverged'],
    operatorGroup: 'kubevirt-hyperconverged-group',
    subscription: 'hco-operatorhub',
    ownNamespaceOnly: false,
    namespaceLabels: monitored,
    operand: { kind: 'hyperConvergeds', name: 'kubevirt-hyperconverged' },
  },
};

/** In the order in which they are made and shown. */
export const operatorIds = ['lvms', 'mtv', 'nmstate', 'cnv'] as const satisfies readonly OperatorId[];

const suggested: Readonly<Record<OperatorId, string>> = {
  lvms: 'openshift-lvm-storage',
  mtv: 'openshift-mtv',
  nmstate: 'openshift-nmstate',
  cnv: 'openshift-cnv',
};

/** The project an operator suggests for itself. LVM Storage has another one up to OpenShift 4.19. */
export const suggestedNamespace = ({ id }: Operator, version: ClusterVersion | undefined): string => {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(version?.status?.desired?.version ?? '') ?? [];
  const isBefore420 = Number(major) < 4 || (Number(major) === 4 && Number(minor) < 20);
  return id === 'lvms' && isBefore420 ? 'openshift-storage' : suggested[id];
};

/** Whether a package is this operator, by any of its names. */
export const isPackageOf = ({ package: own, otherPackages }: Operator, name = ''): boolean =>
  name === own || otherPackages.includes(name);

/** `namespace/name` of each, for a sentence. */
export const listed = (
  objects: readonly { readonly metadata: { readonly name: string; readonly namespace?: string } }[],
): string =>
  objects
    .map(({ metadata: { name, namespace } }) => (namespace === undefined ? name : `${namespace}/${name}`))
    .join(', ');
