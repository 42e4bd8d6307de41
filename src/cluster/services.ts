import type { Watched } from '../domain/checks/check';
import type { Cluster, Many, One } from '../domain/cluster';
import type { ClusterFailure } from '../domain/failure';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { Archive } from '../domain/vddk/archive';
import type { ArchiveProblem } from '../domain/vddk/archive-problem';
import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import type { CertificateFailure } from '../domain/connection/certificate';
import type { Build, Provider } from '../domain/objects';
import type { Result } from '../domain/result';

/** Follows objects as they change; `undefined` rests. A React hook: call it unconditionally. */
export type UseWatch = <K extends KindId>(query: One<K> | Many<K> | undefined) => Watched<ObjectOf[K]>;

/** How far an upload is, in bytes. */
export interface UploadProgress {
  readonly sentBytes: number;
  readonly totalBytes: number;
}

export interface Upload {
  /** The Build that OpenShift made of it. Answers only after the whole body was consumed; the build goes on afterwards. */
  readonly build: Promise<Result<Build, ClusterFailure>>;
  /** Breaks the request off; OpenShift then cancels the build (recorded/README.md). */
  readonly cancel: () => void;
}

export interface UploadRequest {
  readonly namespace: string;
  readonly buildConfig: string;
  readonly archive: Blob;
  readonly onProgress: (progress: UploadProgress) => void;
}

/** Inspects an archive as a stream, in constant memory, without uploading anything. */
export type InspectArchive = (
  file: Blob & { readonly name?: string },
  /** Called with the bytes of the file read so far. */
  onInspected: (readBytes: number) => void,
  signal: AbortSignal,
) => Promise<Result<Archive, ArchiveProblem>>;

/** Everything the wizard asks of the world outside. One implementation for the console, one in memory for specs. */
export interface Services {
  readonly cluster: Cluster;
  readonly useWatch: UseWatch;
  /** The leaf certificate a server presents, PEM, fetched by MTV from inside the cluster. */
  readonly fetchCertificate: (url: string) => Promise<Result<string, CertificateFailure>>;
  /** Networks, hosts and VMs of a Provider, from MTV's inventory. */
  readonly readInventory: (provider: Provider) => Promise<Result<InventorySnapshot, InventoryFailure>>;
  readonly inspectArchive: InspectArchive;
  readonly upload: (request: UploadRequest) => Upload;
  /** Streams a build's log; calls back with each piece of text. Ends with the log, a failure, or when `signal` aborts. */
  readonly followBuildLog: (
    build: { readonly namespace: string; readonly name: string },
    onText: (text: string) => void,
    signal: AbortSignal,
  ) => Promise<Result<undefined, ClusterFailure>>;
}
