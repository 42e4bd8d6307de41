import type { WithConditions } from './conditions';
import type { KubeObject, ObjectReference } from './objects';

/** The parts of MTV's plans, of virtual machines and of events that we read or write; Providers are in objects.ts. */

/** What a Plan or a NetworkMap refers to: both ends of a migration, as far as they are named. */
export interface ProviderPair {
  readonly source?: Partial<ObjectReference>;
  readonly destination?: Partial<ObjectReference>;
}

/**
 * Where a network of the source goes (docs/facts/forklift.md §7). `multus` names a NetworkAttachmentDefinition. MTV knows the types
 * `pod`, `multus` and `ignored`.
 */
export interface NetworkDestination {
  readonly type?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** A network of the source. MTV looks for the id and, only without one, for the name, which may be a path. */
export interface NetworkSource {
  /** moRef, for vSphere. */
  readonly id?: string;
  readonly name?: string;
  /** Other than empty only where a name needs it, as `pod` does of an openshift source. */
  readonly type?: string;
}

/** One entry of a NetworkMap. Several NICs on one network have an entry each. */
export interface NetworkMapEntry {
  readonly source?: NetworkSource;
  readonly destination?: NetworkDestination;
}

/** forklift.konveyor.io/v1beta1 NetworkMap. */
export interface NetworkMap extends KubeObject {
  readonly spec?: { readonly provider?: ProviderPair; readonly map?: readonly NetworkMapEntry[] };
  /** Absent until MTV has looked at the map. */
  readonly status?: WithConditions & { readonly observedGeneration?: number };
}

/** forklift.konveyor.io/v1beta1 Plan. */
export interface MigrationPlan extends KubeObject {
  readonly spec?: {
    readonly provider?: ProviderPair;
    readonly map?: { readonly network?: Partial<ObjectReference> };
    readonly targetNamespace?: string;
    /** A NetworkAttachmentDefinition through which disks are copied. */
    readonly transferNetwork?: Partial<ObjectReference>;
    readonly vms?: readonly { readonly id?: string }[];
    /** It is kept to be looked at, and is not run again. */
    readonly archived?: boolean;
  };
  readonly status?: WithConditions;
}

/** A network of a virtual machine. `networkName` is `<namespace>/<name>`, or a name in the machine's own namespace. */
export interface VmNetwork {
  readonly name?: string;
  readonly multus?: { readonly networkName?: string };
}

/** kubevirt.io/v1 VirtualMachine. */
export interface VirtualMachine extends KubeObject {
  readonly spec?: { readonly template?: { readonly spec?: { readonly networks?: readonly VmNetwork[] } } };
}

/** kubevirt.io/v1 VirtualMachineInstance: a virtual machine that runs. */
export interface VirtualMachineInstance extends KubeObject {
  readonly spec?: { readonly networks?: readonly VmNetwork[] };
}

/** v1 Event. The API server keeps it for an hour or so (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/). */
export interface ClusterEvent extends KubeObject {
  /** What it is about. */
  readonly involvedObject: ObjectReference & {
    readonly apiVersion?: string;
    readonly kind?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
  };
  /** In camel case, for programs. */
  readonly reason?: string;
  /** At most 1,024 bytes. */
  readonly message?: string;
  readonly type?: 'Normal' | 'Warning';
  /** How often it happened. */
  readonly count?: number;
  /** RFC 3339 in UTC. */
  readonly firstTimestamp?: string;
  /** RFC 3339 in UTC. */
  readonly lastTimestamp?: string;
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
  readonly reportingInstance?: string;
}
