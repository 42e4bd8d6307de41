import type { Services } from '../../../cluster/services';
import type { Change } from '../../../domain/change';
import type { Cluster, Right } from '../../../domain/cluster';
import { certificateFailureText, noAnswerText } from '../../../domain/connection/certificate';
import type { CertificateFailure } from '../../../domain/connection/certificate';
import { planProvider, providerNeeds, providerProblemText } from '../../../domain/connection/plan-provider';
import type { ProviderProblem, ProviderSeen, ProviderWish } from '../../../domain/connection/plan-provider';
import { observe } from '../../../domain/converge';
import type { ClusterFailure } from '../../../domain/failure';
import { failureText } from '../../../domain/failure';
import type { Result } from '../../../domain/result';
import { err, ok } from '../../../domain/result';
import type { Translate } from '../../../domain/translate';

/** Why nothing was stored. */
export type Refusal =
  | { readonly code: 'WrongCredentials' }
  | { readonly code: 'Taken'; readonly problem: ProviderProblem }
  | { readonly code: 'OutOfReach'; readonly failure: CertificateFailure }
  | { readonly code: 'NoAnswer'; readonly seconds: number }
  | { readonly code: 'Cancelled' }
  | { readonly code: 'Failed'; readonly failure: ClusterFailure };

/** Why nothing was stored, and what to do. */
export const refusalText = (t: Translate, refusal: Refusal): string => {
  switch (refusal.code) {
    case 'WrongCredentials':
      return t('vCenter rejected the user or the password.');
    case 'Taken':
      return providerProblemText(t, refusal.problem);
    case 'OutOfReach':
      return certificateFailureText(t, refusal.failure);
    case 'NoAnswer':
      return noAnswerText(t, refusal.seconds);
    case 'Cancelled':
      return t('You cancelled it. Nothing was stored.');
    case 'Failed':
      return failureText(t, refusal.failure);
  }
};

/**
 * Goes through what connecting will do without storing anything: names, rights, whether a server answers, and a dry run of every
 * write. So a password is not left behind in a Secret whose Provider cannot be made. The dry run of the Secret makes MTV's webhook
 * log in to vCenter (recorded: 403 "Invalid credentials"); that proves credentials only, and only when vCenter was reached.
 * Ends within 35 s when vCenter gives no answer: the certificate is waited for 25 s, the webhook 30 s, both at the same time.
 * Answers with what the cluster held before.
 */
export const rehearse = async (
  services: Pick<Services, 'cluster' | 'fetchCertificate'>,
  wish: ProviderWish,
  signal: AbortSignal,
): Promise<Result<ProviderSeen, Refusal>> => Promise.race([goThrough(services, wish, signal), cancelled(signal)]);

/** A dry run cannot be called back, but nobody has to wait for it: whatever it answers, nothing is stored. */
const cancelled = (signal: AbortSignal): Promise<Result<never, Refusal>> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(err({ code: 'Cancelled' }));
    });
  });

const goThrough = async (
  { cluster, fetchCertificate }: Pick<Services, 'cluster' | 'fetchCertificate'>,
  wish: ProviderWish,
  signal: AbortSignal,
): Promise<Result<ProviderSeen, Refusal>> => {
  const seen = await observe(cluster, providerNeeds(wish));
  if (!seen.ok) return err({ code: 'Failed', failure: seen.error });
  const planned = planProvider(wish, seen.value);
  if (!planned.ok) return err({ code: 'Taken', problem: planned.error });
  const missing = await missingRight(cluster, wish, planned.value);
  if (missing || signal.aborted) return err(missing ?? { code: 'Cancelled' });
  const trial = dryRun(cluster, planned.value);
  const refusal = (await outOfReach(fetchCertificate, wish, signal)) ?? (await trial);
  return refusal ? err(refusal) : ok(seen.value);
};

const missingRight = async (
  cluster: Cluster,
  { namespace }: ProviderWish,
  changes: readonly Change[],
): Promise<Refusal | undefined> => {
  const rights: readonly Right[] = [
    ...changes.map(({ kind, verb }) => ({ kind, verb, namespace })),
    // The Provider becomes owner of the Secret in a later pass.
    { kind: 'secrets', verb: 'patch', namespace },
  ];
  for (const right of rights) {
    const allowed = await cluster.can(right);
    // A failed review proves nothing: the server decides when the write comes.
    if (allowed.ok && !allowed.value) {
      return {
        code: 'Failed',
        failure: { code: 'Forbidden', message: '', kind: right.kind, verb: right.verb, namespace },
      };
    }
  }
  return undefined;
};

/** MTV dials before it logs in, from the same project: what its service cannot reach now, its controller will not either. */
const outOfReach = async (
  fetchCertificate: Services['fetchCertificate'],
  { url }: ProviderWish,
  signal: AbortSignal,
): Promise<Refusal | undefined> => {
  const fetched = await fetchCertificate(url, signal);
  // Where the service cannot be asked or does not answer, the webhook and MTV itself find out what is wrong.
  return fetched.ok || fetched.error.code !== 'ServerFailed'
    ? undefined
    : { code: 'OutOfReach', failure: fetched.error };
};

const dryRun = async (cluster: Cluster, changes: readonly Change[]): Promise<Refusal | undefined> => {
  for (const change of changes) {
    const tried = await cluster.apply(change, { dryRun: true });
    if (tried.ok || !isFinal(tried.error)) continue;
    const isSecret = change.kind === 'secrets';
    if (isSecret && isTryOfMtv(tried.error)) return { code: 'NoAnswer', seconds: webhookSeconds };
    return isSecret && tried.error.code === 'Rejected' && /invalid credentials/i.test(tried.error.message)
      ? { code: 'WrongCredentials' }
      : { code: 'Failed', failure: tried.error };
  }
  return undefined;
};

/** For how long the API server waits for a webhook of MTV (docs/facts/forklift.md §2). */
const webhookSeconds = 30;

/** MTV's own webhook did not end: it logs in to vCenter, and dials without any limit (docs/facts/forklift.md, corrections). */
const isTryOfMtv = ({ code, message }: ClusterFailure): boolean =>
  code === 'WebhookTimeout' && /webhook "[^"]*forklift/.test(message);

/** Refusals that the write itself would meet as well: not what may pass by itself, and not a webhook that knows no dry runs. */
const isFinal = ({ code, message }: ClusterFailure): boolean =>
  ['Rejected', 'WebhookTimeout', 'Forbidden', 'SessionExpired', 'Terminating', 'NotFound', 'KindAbsent'].includes(
    code,
  ) ||
  (code === 'Invalid' && !/dry.?run/i.test(message));
