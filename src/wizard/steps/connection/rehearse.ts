import type { Change } from '../../../domain/change';
import type { Cluster, Right } from '../../../domain/cluster';
import { planProvider, providerNeeds } from '../../../domain/connection/plan-provider';
import type { ProviderProblem, ProviderWish } from '../../../domain/connection/plan-provider';
import { observe } from '../../../domain/converge';
import type { ClusterFailure } from '../../../domain/failure';

/** Why nothing was stored. */
export type Refusal =
  | { readonly code: 'WrongCredentials' }
  | { readonly code: 'Taken'; readonly problem: ProviderProblem }
  | { readonly code: 'Failed'; readonly failure: ClusterFailure };

/**
 * Goes through what connecting will do without storing anything: names, rights, and a dry run of every write. So a password is
 * not left behind in a Secret whose Provider cannot be made. The dry run of the Secret makes MTV's webhook log in to vCenter
 * (recorded: 403 "Invalid credentials"); that proves credentials only, and only when vCenter was reached.
 */
export const rehearse = async (cluster: Cluster, wish: ProviderWish): Promise<Refusal | undefined> => {
  const seen = await observe(cluster, providerNeeds(wish));
  if (!seen.ok) return { code: 'Failed', failure: seen.error };
  const planned = planProvider(wish, seen.value);
  if (!planned.ok) return { code: 'Taken', problem: planned.error };
  return (await missingRight(cluster, wish, planned.value)) ?? (await dryRun(cluster, planned.value));
};

const missingRight = async (cluster: Cluster, { namespace }: ProviderWish, changes: readonly Change[]): Promise<Refusal | undefined> => {
  const rights: readonly Right[] = [
    ...changes.map(({ kind, verb }) => ({ kind, verb, namespace })),
    // The Provider becomes owner of the Secret in a later pass.
    { kind: 'secrets', verb: 'patch', namespace },
  ];
  for (const right of rights) {
    const allowed = await cluster.can(right);
    // A failed review proves nothing: the server decides when the write comes.
    if (allowed.ok && !allowed.value) {
      return { code: 'Failed', failure: { code: 'Forbidden', message: '', kind: right.kind, verb: right.verb, namespace } };
    }
  }
  return undefined;
};

const dryRun = async (cluster: Cluster, changes: readonly Change[]): Promise<Refusal | undefined> => {
  for (const change of changes) {
    const tried = await cluster.apply(change, { dryRun: true });
    if (tried.ok || !final.includes(tried.error.code)) continue;
    const isSecret = change.kind === 'secrets';
    return isSecret && tried.error.code === 'Rejected' && /invalid credentials/i.test(tried.error.message)
      ? { code: 'WrongCredentials' }
      : { code: 'Failed', failure: tried.error };
  }
  return undefined;
};

/**
 * Refusals that the write itself would meet as well. Not among them: what may pass by itself, and `Invalid`, which is also what
 * a webhook without dry run answers.
 */
const final: readonly ClusterFailure['code'][] = ['Rejected', 'Forbidden', 'SessionExpired', 'Terminating', 'NotFound', 'KindAbsent'];
