import type { Watched } from '../domain/checks/check';
import type { Cluster, Many, One } from '../domain/cluster';
import type { CertificateFailure, ServerCertificate } from '../domain/connection/certificate';
import type { KindId, ObjectOf } from '../domain/kinds';
import type { Result } from '../domain/result';

/** Follows objects as they change; `undefined` rests. A React hook: call it unconditionally. */
export type UseWatch = <K extends KindId>(query: One<K> | Many<K> | undefined) => Watched<ObjectOf[K]>;

/** Everything the wizard asks of the world outside. One implementation for the console, one in memory for specs. */
export interface Services {
  readonly cluster: Cluster;
  readonly useWatch: UseWatch;
  /** The certificate a server shows, fetched by MTV from inside the cluster. */
  readonly fetchCertificate: (url: string) => Promise<Result<ServerCertificate, CertificateFailure>>;
}
