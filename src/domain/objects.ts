/** The parts of Kubernetes objects that we read or write. Fields we do not touch are not listed; the server keeps them. */

/** meta/v1 OwnerReference: with the last of its owners an object is deleted. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** meta/v1 ObjectMeta. Times are RFC 3339 in UTC, as the server writes them. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** Rises with every change of the spec. */
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  /** Who has to do something before a deleted object is gone. */
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  /** Who wrote which field last. */
  readonly managedFields?: readonly { readonly manager?: string; readonly fieldsV1?: unknown }[];
}

/** What every object has. `apiVersion` and `kind` are absent on items of a list. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: Metadata;
}

/** A condition. Forklift removes a condition instead of setting it to "False": absence is the negative (docs/facts/forklift.md §1). */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly category?: string;
  readonly message?: string;
  readonly items?: readonly string[];
  readonly lastTransitionTime?: string;
}

/** v1 Secret. Of a list only the metadata come (`Cluster.list`). */
export interface Secret extends KubeObject {
  readonly type?: string;
  /** base64, as the server returns it. Nothing of it is shown; only what a declaration copies is compared (plan-declared-provider.ts). */
  readonly data?: Readonly<Record<string, string>>;
  /** Write-only plain text. */
  readonly stringData?: Readonly<Record<string, string>>;
}

/** v1 ObjectReference, as far as Providers use it to name their Secret. */
export interface ObjectReference {
  readonly name: string;
  readonly namespace?: string;
}

/** forklift.konveyor.io/v1beta1 Provider. */
export interface Provider extends KubeObject {
  readonly spec?: {
    readonly type?: string;
    readonly url?: string;
    readonly secret?: Partial<ObjectReference>;
    readonly settings?: Readonly<Record<string, string>>;
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly Condition[];
    readonly observedGeneration?: number;
    /** Version of the Secret that MTV reached vCenter with; absent while it did not (recorded). */
    readonly secretResourceVersion?: string;
    /** SHA-1 of the server's certificate, upper-case hex with colons. */
    readonly fingerprint?: string;
  };
}

/** forklift.konveyor.io/v1beta1 Host: an ESXi host that disks are copied from directly. */
export interface Host extends KubeObject {
  readonly spec?: {
    /** moRef, such as "host-24". */
    readonly id?: string;
    readonly ipAddress?: string;
    readonly provider?: Partial<ObjectReference>;
    readonly secret?: Partial<ObjectReference>;
  };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** forklift.konveyor.io/v1beta1 ForkliftController. Flags are the strings "true" and "false". */
export interface ForkliftController extends KubeObject {
  readonly spec?: { readonly vddk_image?: string; readonly [setting: string]: string | number | undefined };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** k8s.cni.cncf.io/v1 NetworkAttachmentDefinition; `config` is JSON in a string. */
export interface NetworkAttachmentDefinition extends KubeObject {
  readonly spec?: { readonly config?: string };
}

/** image.openshift.io/v1 ImageStream. An empty `dockerImageRepository` means: no internal registry is configured. */
export interface ImageStream extends KubeObject {
  readonly spec?: { readonly lookupPolicy?: { readonly local: boolean } };
  readonly status?: {
    readonly dockerImageRepository?: string;
    readonly tags?: readonly {
      readonly tag: string;
      /** Newest first. `image` is the digest; `created` is when it was pushed or imported. */
      readonly items?:
        readonly { readonly dockerImageReference: string; readonly image: string; readonly created?: string }[] | null;
    }[];
  };
}

/** image.openshift.io/v1 ImageStreamTag, named `<stream>:<tag>`: the newest image of a tag. */
export interface ImageStreamTag extends KubeObject {
  readonly image?: {
    /** Its name is the digest. */
    readonly metadata?: { readonly name?: string };
    /** A JSON object, as the registry has it. */
    readonly dockerImageMetadata?: unknown;
  };
}

/** image.openshift.io/v1 ImageStreamImport. With `import: false` it stores nothing; its answer tells what the registry has. */
export interface ImageStreamImport extends KubeObject {
  readonly spec: {
    readonly import: boolean;
    readonly images: readonly {
      readonly from: { readonly kind: 'DockerImage'; readonly name: string };
      /** What becomes of a list of images: `Legacy` takes one of them without saying so. */
      readonly importPolicy?: { readonly importMode?: 'PreserveOriginal' | 'Legacy' };
    }[];
  };
  readonly status?: { readonly images?: readonly ImportedImage[] };
}

/** What an ImageStreamImport's status tells about one image (recorded in build-api.json, "import probe"). */
export interface ImportedImage {
  readonly status?: { readonly status?: string; readonly reason?: string; readonly message?: string };
  readonly image?: {
    readonly dockerImageReference?: string;
    /** A JSON object, or absent when the registry's answer was not understood. */
    readonly dockerImageMetadata?: unknown;
    /** The entries of a list; then the metadata tell nothing. */
    readonly dockerImageManifests?: readonly {
      readonly digest: string;
      readonly architecture?: string;
      readonly os?: string;
    }[];
  };
}

/** build.openshift.io/v1 BuildConfig. */
export interface BuildConfig extends KubeObject {
  readonly spec?: {
    readonly source?: { readonly type?: string; readonly binary?: object; readonly dockerfile?: string };
    readonly strategy?: { readonly type?: string; readonly dockerStrategy?: object };
    readonly output?: { readonly to?: { readonly kind?: string; readonly name?: string } };
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly triggers?: readonly object[];
    readonly runPolicy?: string;
    readonly successfulBuildsHistoryLimit?: number;
    readonly failedBuildsHistoryLimit?: number;
  };
}

/** build.openshift.io/v1 Build. */
export interface Build extends KubeObject {
  readonly spec?: {
    readonly output?: { readonly to?: { readonly kind?: string; readonly name?: string } };
    readonly revision?: { readonly git?: { readonly commit?: string } };
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly logSnippet?: string;
    readonly cancelled?: boolean;
    readonly outputDockerImageReference?: string;
    readonly output?: { readonly to?: { readonly imageDigest?: string } };
    readonly startTimestamp?: string;
    readonly completionTimestamp?: string;
  };
}

/** rbac.authorization.k8s.io/v1 RoleBinding. */
export interface RoleBinding extends KubeObject {
  readonly subjects?: readonly {
    readonly apiGroup?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
  readonly roleRef: { readonly apiGroup: string; readonly kind: string; readonly name: string };
}

/** v1 Namespace: a project. `phase` is Active or Terminating. */
export interface Namespace extends KubeObject {
  readonly status?: { readonly phase?: string };
}
