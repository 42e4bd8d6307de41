import type { Watched } from '../domain/checks/check';
import type { Cluster, Many, One } from '../domain/cluster';
import type { CertificateFailure, ServerCertificate } from '../domain/connection/certificate';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import type { Result } from '../domain/result';

/** Follows objects as they change; `undefined` rests. A React hook: call it unconditionally. */
export type UseWatch = <K extends KindId>(query: One<K> | Many<K> | undefined) => Watched<ObjectOf[K]>;

/** Everything the wizard asks of the world outside. One implementation for the console, one in memory for specs. */
export interface Services {
  readonly cluster: Cluster;
  readonly useWatch: UseWatch;
  /** The certificate a server shows, fetched by MTV from inside the cluster. */
  readonly fetchCertificate: (url: string) => Promise<Result<ServerCertificate, CertificateFailure>>;
  /** Networks, hosts and VMs of the vSphere Provider with this UID, from MTV's inventory. */
  readonly readInventory: (uid: string) => Promise<Result<InventorySnapshot, InventoryFailure>>;
}
