import type { WithConditions } from './conditions';
import type { KubeObject } from './objects';

/** The parts of OpenShift's own objects and of operators' that we read or write; migration's are in objects.ts. */

/** operators.coreos.com/v1alpha1 Subscription. Its name is free: the package is in the spec. */
export interface Subscription extends KubeObject {
  readonly spec?: {
    /** The package. */
    readonly name?: string;
    readonly source?: string;
    readonly sourceNamespace?: string;
    /** Left out: the catalog's default. */
    readonly channel?: string;
    readonly installPlanApproval?: string;
    readonly startingCSV?: string;
    readonly config?: {
      readonly nodeSelector?: Readonly<Record<string, string>>;
      readonly tolerations?: readonly Toleration[];
    };
  };
  readonly status?: WithConditions & {
    readonly state?: string;
    readonly currentCSV?: string;
    readonly installedCSV?: string;
    readonly installPlanRef?: { readonly name?: string };
    /** Every catalog that the Subscription's project sees, not only its own. */
    readonly catalogHealth?: readonly {
      readonly healthy?: boolean;
      readonly catalogSourceRef?: { readonly name?: string; readonly namespace?: string };
    }[];
  };
}

/** v1 Toleration, as a pod has it. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

/** operators.coreos.com/v1 OperatorGroup. Without namespaces and selector it selects the whole cluster. */
export interface OperatorGroup extends KubeObject {
  readonly spec?: { readonly targetNamespaces?: readonly string[]; readonly selector?: object };
}

/** operators.coreos.com/v1alpha1 ClusterServiceVersion: an installed version of an operator. */
export interface ClusterServiceVersion extends KubeObject {
  readonly spec?: { readonly customresourcedefinitions?: { readonly owned?: readonly { readonly name?: string }[] } };
  readonly status?: { readonly phase?: string; readonly reason?: string; readonly message?: string };
}

/** olm.operatorframework.io/v1 ClusterExtension: an operator as version 1 of OLM installs it, without Subscription and CSV. */
export interface ClusterExtension extends KubeObject {
  readonly spec?: {
    /** Where the operator runs. */
    readonly namespace?: string;
    readonly source?: { readonly catalog?: { readonly packageName?: string } };
  };
  readonly status?: WithConditions & { readonly install?: { readonly bundle?: { readonly name?: string } } };
}

/** apiextensions.k8s.io/v1 CustomResourceDefinition. Its API is served once it is Established. */
export interface CustomResourceDefinition extends KubeObject {
  readonly status?: WithConditions;
}

/** config.openshift.io/v1 ClusterVersion `version`. */
export interface ClusterVersion extends KubeObject {
  readonly status?: { readonly desired?: { readonly version?: string } };
}

/** nmstate.io/v1 NMState. Its operator writes a status only since 4.21 (docs/facts/platform.md §1). */
export interface NmState extends KubeObject {
  readonly spec?: object;
  readonly status?: WithConditions;
}

/** hco.kubevirt.io/v1beta1 HyperConverged. */
export interface HyperConverged extends KubeObject {
  readonly spec?: { readonly evictionStrategy?: string };
  readonly status?: WithConditions;
}

/** One of `spec.storage.deviceClasses` of an LVMCluster. `nodeSelector` is a v1 NodeSelector, which is compared and not read. */
export interface DeviceClass {
  readonly name?: string;
  readonly deviceSelector?: { readonly paths?: readonly string[]; readonly optionalPaths?: readonly string[] };
  readonly thinPoolConfig?: {
    readonly name?: string;
    readonly sizePercent?: number;
    readonly overprovisionRatio?: number;
  };
  readonly nodeSelector?: object;
  readonly fstype?: string;
}

/** lvm.topolvm.io/v1alpha1 LVMCluster: at most one in a cluster, in the operator's namespace. */
export interface LvmCluster extends KubeObject {
  readonly spec?: {
    readonly tolerations?: readonly Toleration[];
    readonly storage?: { readonly deviceClasses?: readonly DeviceClass[] };
  };
  readonly status?: WithConditions & {
    readonly state?: string;
    readonly ready?: boolean;
    readonly deviceClassStatuses?: readonly {
      readonly name?: string;
      readonly nodeStatus?: readonly {
        readonly node?: string;
        readonly status?: string;
        readonly reason?: string;
        /** Disks that were looked at and not taken. */
        readonly excluded?: readonly { readonly name?: string; readonly reasons?: readonly string[] }[];
      }[];
    }[];
  };
}

/**
 * local.storage.openshift.io/v1alpha1 LocalVolumeDiscoveryResult: the disks of one node that the Local Storage Operator found
 * (openshift/local-storage-operator, api/v1alpha1/localvolumediscoveryresult_types.go).
 */
export interface LocalVolumeDiscoveryResult extends KubeObject {
  readonly spec?: { readonly nodeName?: string };
  readonly status?: {
    readonly discoveredDevices?:
      | readonly {
          /** Below /dev/disk/by-id; empty if the disk has no such name. */
          readonly deviceID?: string;
          /** Such as /dev/sdb, which may be another disk after the next start. */
          readonly path?: string;
          readonly model?: string;
          readonly vendor?: string;
          readonly type?: string;
          /** In bytes. */
          readonly size?: number;
          readonly fstype?: string;
          /** Available, NotAvailable or Unknown. */
          readonly status?: { readonly state?: string };
        }[]
      | null;
  };
}

/** apps/v1 DaemonSet. */
export interface DaemonSet extends KubeObject {
  readonly status?: {
    readonly observedGeneration?: number;
    readonly desiredNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberAvailable?: number;
  };
}

/** apps/v1 Deployment. */
export interface Deployment extends KubeObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
  };
}

/** storage.k8s.io/v1 StorageClass. */
export interface StorageClass extends KubeObject {
  readonly provisioner?: string;
  readonly volumeBindingMode?: string;
}

/** v1 PersistentVolumeClaim. `storage` is a Kubernetes quantity. */
export interface PersistentVolumeClaim extends KubeObject {
  readonly spec?: {
    readonly accessModes?: readonly string[];
    readonly resources?: { readonly requests?: { readonly storage?: string } };
    readonly storageClassName?: string;
  };
  readonly status?: { readonly phase?: string };
}

/** v1 PersistentVolume. `claimRef` stays when its claim is gone. */
export interface PersistentVolume extends KubeObject {
  readonly spec?: {
    readonly storageClassName?: string;
    readonly persistentVolumeReclaimPolicy?: string;
    readonly claimRef?: { readonly uid?: string };
    readonly csi?: { readonly driver?: string };
  };
  readonly status?: { readonly phase?: string };
}

/** imageregistry.operator.openshift.io/v1 Config `cluster`. */
export interface ImageRegistryConfig extends KubeObject {
  readonly spec?: {
    readonly managementState?: string;
    readonly replicas?: number;
    readonly rolloutStrategy?: string;
    /** Images can be pulled, not pushed. */
    readonly readOnly?: boolean;
    /** One key names the kind of storage: pvc, s3, emptyDir and so on; `managementState` may stand beside it. */
    readonly storage?: { readonly pvc?: { readonly claim?: string }; readonly emptyDir?: object };
  };
  readonly status?: WithConditions;
}

/** config.openshift.io/v1 Image `cluster`. */
export interface ImageConfig extends KubeObject {
  readonly status?: { readonly internalRegistryHostname?: string };
}

/** config.openshift.io/v1 Proxy `cluster`. Its status is what the cluster's own programs use; it names no user's secret but that of a URL. */
export interface ClusterProxy extends KubeObject {
  readonly status?: { readonly httpProxy?: string; readonly httpsProxy?: string; readonly noProxy?: string };
}

/** operator.openshift.io/v1 Console `cluster`. The list of plugins is shared with everybody who adds one. */
export interface ConsoleConfig extends KubeObject {
  readonly spec?: { readonly managementState?: string; readonly plugins?: readonly string[] };
  readonly status?: WithConditions;
}

/** console.openshift.io/v1 ConsolePlugin. A proxy leads to one service, in whatever project. */
export interface ConsolePlugin extends KubeObject {
  readonly spec?: {
    readonly proxy?: readonly {
      readonly alias: string;
      readonly endpoint?: { readonly service?: { readonly name?: string; readonly namespace?: string } };
    }[];
  };
}

/** v1 ConfigMap. */
export interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** argoproj.io/v1alpha1 Application. */
export interface Application extends KubeObject {
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** argoproj.io/v1beta1 ArgoCD: an instance of OpenShift GitOps. */
export interface ArgoCd extends KubeObject {
  readonly status?: { readonly phase?: string };
}
