import type { Cluster } from '../domain/cluster';
import type { CertificateFailure, ServerCertificate } from '../domain/connection/certificate';
import { connectionOf } from '../domain/connection/connect-wish';
import type { ConnectProblem, ConnectWish } from '../domain/connection/connect-wish';
import { credentialsOf, mtvLabels, planWithdrawal, providerNeeds } from '../domain/connection/plan-provider';
import type { ProviderSeen } from '../domain/connection/plan-provider';
import type { Provider } from '../domain/objects';
import type { Refusal } from '../domain/connection/refusal';
import { readRefusal } from '../domain/connection/refusal';
import { converge } from '../domain/converge';
import type { ChangeProgress, ConvergeFailure } from '../domain/converge';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';

/** What connecting needs of the world outside. */
export interface ConnectWorld {
  readonly cluster: Cluster;
  /** The certificate that a server shows to MTV's service. */
  readonly fetchCertificate: (
    url: string,
    signal?: AbortSignal,
  ) => Promise<Result<ServerCertificate, CertificateFailure>>;
}

/** How the host follows it. */
export interface ConnectOptions {
  /** Ends the waiting, as long as nothing is written. */
  readonly signal: AbortSignal;
  /** Called when the dry run went well: from now on it is written, and cannot be cancelled. */
  readonly onTriedOut: () => void;
  /** Called with all changes so far, oldest first. */
  readonly onProgress: (changes: readonly ChangeProgress[]) => void;
}

/** Secret and Provider, before and after. */
export interface Connected {
  readonly before: ProviderSeen;
  readonly after: ProviderSeen;
}

/** `NotStored`: nothing was written. `Unfinished`: what is written stays, and another run continues. */
export type ConnectFailure =
  | { readonly code: 'NotStored'; readonly refusal: Refusal }
  | {
      readonly code: 'Unfinished';
      readonly failure: ConvergeFailure<ConnectProblem>;
      /** The Secret of a Provider that could not be made, and whether it could be deleted again. */
      readonly withdrawal?: { readonly secret: string; readonly isDone: boolean };
    };

/**
 * Connects a vCenter or an ESXi host, or gives one another password or certificate: a dry run of everything, then the same run for real. So a password is not left behind in a Secret whose Provider cannot be
 * made. The dry run of the Secret makes MTV's webhook log in to vCenter (recorded: 403 "Invalid credentials"); that proves credentials
 * only, and only when vCenter was reached. The dry run ends within 35 s when vCenter gives no answer: the certificate is waited for 25 s, the
 * webhook 30 s, both at the same time.
 */
export const connect = async (
  world: ConnectWorld,
  wish: ConnectWish,
  { signal, onTriedOut, onProgress }: ConnectOptions,
): Promise<Result<Connected, ConnectFailure>> => {
  const tried = await Promise.race([tryOut(world, wish, signal), cancelled(signal)]);
  if (!tried.ok) return err({ code: 'NotStored', refusal: tried.error });
  onTriedOut();
  const { cluster } = world;
  const stored = await converge({ cluster, ...connectionOf(wish), onProgress });
  if (stored.ok) return ok({ before: tried.value.seen, after: stored.value });
  const withdrawal = await withdraw(cluster, wish, stored.error);
  return err({ code: 'Unfinished', failure: stored.error, ...(withdrawal && { withdrawal }) });
};

/** What came of another try. */
export interface Tested {
  /** What the server shows; `undefined`: MTV's service could not be asked. */
  readonly certificate: ServerCertificate | undefined;
  /** Whether the credentials were tried, and not rejected: MTV's webhook looks at Secrets with MTV's labels only. */
  readonly isSignedIn: boolean;
}

/**
 * Tries a Provider that is there once more, with the credentials that its Secret holds: whether the server answers, and whether it takes them.
 * Nothing is written while MTV calls it Ready. Otherwise the Secret gets a new note, upon which MTV looks again.
 */
export const testConnection = async (
  world: ConnectWorld,
  provider: Provider,
  { signal, submission }: Pick<ConnectOptions, 'signal'> & Pick<ConnectWish, 'submission'>,
): Promise<Result<Tested, ConnectFailure>> => {
  const { name, namespace = '' } = provider.metadata;
  const { secret, url = '' } = provider.spec ?? {};
  const named = { name: secret?.name ?? '', namespace: secret?.namespace ?? namespace };
  const wish: ConnectWish = { name, namespace, url, secret: named, content: 'again', submission };
  const tried = await Promise.race([tryOut(world, wish, signal), cancelled(signal)]);
  if (!tried.ok) return err({ code: 'NotStored', refusal: tried.error });
  const { seen, certificate } = tried.value;
  const { labels = {} } = seen.secret?.metadata ?? {};
  const isLooked = Object.entries(mtvLabels).every(([key, value]) => labels[key] === value);
  const tested = ok({ certificate, isSignedIn: isLooked && certificate !== undefined });
  if (provider.status?.phase === 'Ready') return tested;
  const noted = await converge({ cluster: world.cluster, ...connectionOf(wish) });
  return noted.ok ? tested : err({ code: 'Unfinished', failure: noted.error });
};

/** What a try found out. */
interface TriedOut {
  readonly seen: ProviderSeen;
  readonly certificate: ServerCertificate | undefined;
}

/** A dry run cannot be called back, but nobody has to wait for it: whatever it answers, nothing is stored. */
const cancelled = (signal: AbortSignal): Promise<Result<never, Refusal>> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(err({ code: 'Cancelled' }));
    });
  });

const tryOut = async (
  { cluster, fetchCertificate }: ConnectWorld,
  wish: ConnectWish,
  signal: AbortSignal,
): Promise<Result<TriedOut, Refusal>> => {
  const fetched = fetchCertificate(wish.url, signal);
  const tried = await converge({
    cluster: until(signal, cluster),
    ...connectionOf(wish),
    mode: 'dry',
  });
  // Where nothing could be tried, how far the address is does not matter.
  if (!tried.ok && tried.error.code !== 'WriteFailed') return err(readRefusal(tried.error));
  // MTV dials before it logs in, from the same project: what its service cannot reach now, its controller will not either. Where the service
  // cannot be asked or does not answer, the webhook and MTV itself find out what is wrong.
  const reached = await fetched;
  if (!reached.ok && reached.error.code === 'ServerFailed') return err({ code: 'OutOfReach', failure: reached.error });
  if (!tried.ok) return err(readRefusal(tried.error));
  return ok({ seen: tried.value, certificate: reached.ok ? reached.value : undefined });
};

/** A cluster that is asked nothing more once somebody has cancelled. */
const until = (signal: AbortSignal, cluster: Cluster): Cluster => ({
  ...cluster,
  apply: (write, how) =>
    signal.aborted
      ? Promise.resolve(err({ code: 'Cancelled', message: '', kind: write.kind, verb: write.verb }))
      : cluster.apply(write, how),
});

/** Deletes the Secret of a Provider that could not be made; nothing where there is none to delete. */
const withdraw = async (
  cluster: Cluster,
  wish: ConnectWish,
  failure: ConvergeFailure<ConnectProblem>,
): Promise<{ secret: string; isDone: boolean } | undefined> => {
  if (failure.code !== 'WriteFailed' || failure.change.verb !== 'create' || failure.change.kind !== 'providers')
    return undefined;
  if ('content' in wish) return undefined;
  const withdrawn = await converge({
    cluster,
    needs: providerNeeds(wish),
    plan: planWithdrawal(wish),
  });
  // A Secret that is still there after an empty plan belongs to a Provider: its answer was lost, and a retry finds it.
  const isKept = withdrawn.ok && withdrawn.value.secret !== undefined;
  return isKept ? undefined : { secret: credentialsOf(wish.name), isDone: withdrawn.ok };
};
