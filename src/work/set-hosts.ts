import type { Cluster } from '../domain/cluster';
import type { CertificateFailure, ServerCertificate } from '../domain/connection/certificate';
import { converge } from '../domain/converge';
import type { HostTrust, WantedHost } from '../domain/hosts/draft';
import { readHostFailure } from '../domain/hosts/host-failure';
import type { HostFailure, HostTrustFailure } from '../domain/hosts/host-failure';
import { hostNeeds, hostSecretOf, planHost, planHostWithdrawal } from '../domain/hosts/plan-host';
import type { HostWish } from '../domain/hosts/plan-host';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';

/** What setting hosts needs of the world outside. */
export interface HostsWorld {
  readonly cluster: Cluster;
  /** The certificate that a server shows to MTV's service. */
  readonly fetchCertificate: (url: string) => Promise<Result<ServerCertificate, CertificateFailure>>;
}

/** How far a host is. `leftover`: a Secret with the password that could not be deleted again. */
export type HostProgress =
  | { readonly state: 'underway' | 'done' }
  | { readonly state: 'failed'; readonly failure: HostFailure; readonly leftover?: string };

/** How many hosts are tried at once: MTV waits up to ten seconds for each that does not answer (docs/facts/forklift.md §5). */
const atOnce = 4;

/**
 * Sets hosts, each for itself: what one of them comes to keeps no other from being set. MTV's webhook logs in to a host when its Secret is
 * stored, so each try of a wrong password counts, and none is made twice: the dry run, which finds missing rights before anything is
 * stored, leaves the Secret out. `submission` as in `HostWish`.
 */
export const setHosts = async (
  world: HostsWorld,
  wanted: readonly WantedHost[],
  submission: string,
  onProgress: (id: string, progress: HostProgress) => void,
): Promise<void> => {
  const queue = [...wanted];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      onProgress(next.id, { state: 'underway' });
      onProgress(next.id, await setHost(world, next, submission));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};

const setHost = async (world: HostsWorld, wanted: WantedHost, submission: string): Promise<HostProgress> => {
  const { cluster } = world;
  const certificate = await certificateFor(world, wanted);
  if (!certificate.ok) return { state: 'failed', failure: certificate.error };
  const wish: HostWish = { ...wanted, certificate: certificate.value, submission };
  const run = { cluster, needs: hostNeeds(wish), plan: planHost(wish) };
  const tried = await converge({ ...run, mode: 'dry', signsIn: ({ kind }) => kind === 'secrets' });
  if (!tried.ok) return { state: 'failed', failure: readHostFailure(tried.error) };
  const stored = await converge(run);
  if (stored.ok) return { state: 'done' };
  const failure = readHostFailure(stored.error);
  const withdrawn = await converge({ cluster, needs: hostNeeds(wish), plan: planHostWithdrawal(wish) });
  return {
    state: 'failed',
    failure,
    ...(!withdrawn.ok && tried.value.secret === undefined && { leftover: hostSecretOf(wish) }),
  };
};

/** By what MTV shall trust a host, PEM; `undefined` for nothing. vCenter vouches for the certificate that it knows of the host. */
const certificateFor = async (
  { fetchCertificate }: HostsWorld,
  { trust, ipAddress }: { readonly trust: HostTrust; readonly ipAddress: string },
): Promise<Result<string | undefined, HostTrustFailure>> => {
  if (trust.by === 'nothing') return ok(undefined);
  if (trust.by === 'certificate') return ok(trust.pem);
  const fetched = await fetchCertificate(`https://${ipAddress}/sdk`);
  if (!fetched.ok) return err({ code: 'CertificateFailed', failure: fetched.error });
  const { pem, sha1: shown } = fetched.value;
  if (trust.thumbprint === '') return err({ code: 'NotComparable', shown });
  return shown.toUpperCase() === trust.thumbprint.toUpperCase()
    ? ok(pem)
    : err({ code: 'OtherCertificate', shown, known: trust.thumbprint });
};
