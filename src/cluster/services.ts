import type { Watched } from '../domain/watched';
import type { Cluster, Many, One } from '../domain/cluster';
import type { CertificateFailure, ServerCertificate, TrustedCertificates } from '../domain/connection/certificate';
import type { PemProblem } from '../domain/connection/pem';
import type { EsxiHost } from '../domain/hosts/esxi-host';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import type { Result } from '../domain/result';
import type { InspectionFailure, VddkArchive } from '../domain/vddk/archive';
import type { FollowLog } from './build-log';
import type { UploadArchive } from './upload-archive';

/** Follows objects as they change; `undefined` rests. A React hook: call it unconditionally. */
export type UseWatch = <K extends KindId>(query: One<K> | Many<K> | undefined) => Watched<ObjectOf[K]>;

/** `onProgress`: how many bytes of the file have been read, a few times a second. */
export interface InspectionOptions {
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Everything the wizard asks of the world outside. One implementation for the console, one in memory for specs. */
export interface Services {
  readonly cluster: Cluster;
  readonly useWatch: UseWatch;
  /** The user, or who they act as; `undefined` where that is not known. */
  readonly userName?: string | undefined;
  /** What the chart serves beside the plugin; `undefined` when there is nothing to be had. */
  readonly fetchSettings: () => Promise<unknown>;
  /** The certificate a server shows, fetched by MTV from inside the cluster. */
  readonly fetchCertificate: (
    url: string,
    signal?: AbortSignal,
  ) => Promise<Result<ServerCertificate, CertificateFailure>>;
  /** The certificates in a text or file, written so that MTV reads them. In the browser alone. */
  readonly readCertificates: (
    source: string | Uint8Array<ArrayBuffer>,
  ) => Promise<Result<TrustedCertificates, PemProblem>>;
  /** Networks, hosts and VMs of the vSphere Provider with this UID, from MTV's inventory. */
  readonly fetchInventory: (uid: string) => Promise<Result<InventorySnapshot, InventoryFailure>>;
  /** Only its ESXi hosts. */
  readonly fetchHosts: (uid: string) => Promise<Result<readonly EsxiHost[], InventoryFailure>>;
  /** The version of the vCenter or ESXi host behind the vSphere Provider with this UID, from MTV's inventory; `undefined`: it does not tell. */
  readonly fetchVsphereVersion: (uid: string) => Promise<string | undefined>;
  /** Looks through a VDDK archive in the browser, off the main thread. Nothing leaves the browser. */
  readonly inspectArchive: (file: File, how: InspectionOptions) => Promise<Result<VddkArchive, InspectionFailure>>;
  /** Sends an archive to a build. */
  readonly uploadArchive: UploadArchive;
  /** A build's log, as it is written. */
  readonly followBuildLog: FollowLog;
}
