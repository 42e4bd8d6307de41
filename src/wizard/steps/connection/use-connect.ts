import { useState } from 'react';
import { planProvider, providerNeeds } from '../../../domain/connection/plan-provider';
import type { ProviderProblem, ProviderWish } from '../../../domain/connection/plan-provider';
import { useServices } from '../../ServicesContext';
import { useConverge } from '../../use-converge';
import type { Run } from '../../use-converge';
import { rehearse } from './rehearse';
import type { Refusal } from './rehearse';

export interface Connect {
  readonly run: Run<ProviderProblem>;
  /** From the press of the button to the end: a second press would try the credentials again, and tries are counted. */
  readonly isBusy: boolean;
  readonly refusal: Refusal | undefined;
  /** Rehearses everything without storing anything, then makes Secret and Provider. */
  readonly connect: (wish: ProviderWish) => Promise<'Stored' | 'WrongCredentials' | 'Stopped'>;
  /** Forgets the refusal: what it was about is being typed anew. */
  readonly forgive: () => void;
}

/** Connecting a vCenter. */
export const useConnect = (): Connect => {
  const { cluster } = useServices();
  const { run, start, reset } = useConverge<ProviderProblem>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);

  const attempt: Connect['connect'] = async (wish) => {
    const refused = await rehearse(cluster, wish);
    setRefusal(refused);
    if (refused) return refused.code === 'WrongCredentials' ? 'WrongCredentials' : 'Stopped';
    const outcome = await start(providerNeeds(wish), (seen) => planProvider(wish, seen));
    return outcome.ok ? 'Stored' : 'Stopped';
  };
  const connect: Connect['connect'] = async (wish) => {
    reset();
    setRefusal(undefined);
    setBusy(true);
    const outcome = await attempt(wish);
    setBusy(false);
    return outcome;
  };
  const forgive = (): void => {
    setRefusal(undefined);
  };
  return { run, isBusy, refusal, connect, forgive };
};
