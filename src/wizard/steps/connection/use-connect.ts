import { useState } from 'react';
import type { ClusterFailure } from '../../../domain/failure';
import { planProvider, providerNeeds } from '../../../domain/connection/plan-provider';
import type { ProviderProblem, ProviderWish } from '../../../domain/connection/plan-provider';
import type { Cluster, Right } from '../../../domain/cluster';
import { useServices } from '../../ServicesContext';
import { useConverge } from '../../use-converge';
import type { Run } from '../../use-converge';

/** What came of pressing Connect, apart from the run itself. */
export type Refusal =
  | { readonly code: 'WrongCredentials' }
  | { readonly code: 'NotPermitted'; readonly failure: ClusterFailure };

export interface Connect {
  readonly run: Run<ProviderProblem>;
  readonly refusal: Refusal | undefined;
  /** Tries the credentials without storing anything, then makes Secret and Provider. Answers whether everything is stored. */
  readonly connect: (wish: ProviderWish) => Promise<boolean>;
}

/** Connecting a vCenter. Nothing is written unless every right for the whole way is there and vCenter takes the credentials. */
export const useConnect = (): Connect => {
  const { cluster } = useServices();
  const { run, start, reset } = useConverge<ProviderProblem>();
  const [refusal, setRefusal] = useState<Refusal>();

  const connect = async (wish: ProviderWish): Promise<boolean> => {
    reset();
    setRefusal(undefined);
    const refused = (await missingRight(cluster, wish.namespace)) ?? (await tryCredentials(cluster, wish));
    if (refused) {
      setRefusal(refused);
      return false;
    }
    const outcome = await start(providerNeeds(wish), (seen) => planProvider(wish, seen));
    return outcome.ok;
  };
  return { run, refusal, connect };
};

const missingRight = async (cluster: Cluster, namespace: string): Promise<Refusal | undefined> => {
  const rights: readonly Right[] = [
    { kind: 'secrets', verb: 'create', namespace },
    { kind: 'secrets', verb: 'patch', namespace },
    { kind: 'providers', verb: 'create', namespace },
  ];
  for (const right of rights) {
    const allowed = await cluster.can(right);
    // A failed review proves nothing: the server decides when the write comes.
    if (allowed.ok && !allowed.value) {
      return { code: 'NotPermitted', failure: { code: 'Forbidden', message: '', kind: right.kind, verb: right.verb, namespace } };
    }
  }
  return undefined;
};

/**
 * A dry run of the Secret makes MTV's webhook log in to vCenter (recorded: 403 "Invalid credentials"). It proves credentials
 * only, and only when vCenter was reached: whatever else it answers, the run that follows will say.
 */
const tryCredentials = async (cluster: Cluster, wish: ProviderWish): Promise<Refusal | undefined> => {
  const planned = planProvider(wish, { secret: undefined, provider: undefined });
  const [secret] = planned.ok ? planned.value : [];
  if (!secret) return undefined;
  const tried = await cluster.apply(secret, { dryRun: true });
  return !tried.ok && tried.error.code === 'Rejected' ? { code: 'WrongCredentials' } : undefined;
};
