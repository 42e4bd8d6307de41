import { useCallback } from 'react';
import { credentialsOf, planProvider, planWithdrawal, providerNeeds } from '../../../domain/connection/plan-provider';
import type { ProviderProblem, ProviderSeen, ProviderWish } from '../../../domain/connection/plan-provider';
import { converge } from '../../../domain/converge';
import type { Metadata } from '../../../domain/objects';
import { useKept } from '../../DraftsContext';
import { useServices } from '../../ServicesContext';
import { useConverge } from '../../use-converge';
import type { Run } from '../../use-converge';
import { rehearse } from './rehearse';
import type { Refusal } from './rehearse';

/** What was stored for a Provider that had been there before: MTV needs a moment to look at it. */
export interface Corrected {
  readonly uid: string | undefined;
  /** Milliseconds. */
  readonly at: number;
  readonly providerVersion: Metadata['resourceVersion'];
  readonly secretVersion: Metadata['resourceVersion'];
}

/** What connecting has come to, whether the step is shown or not. */
interface Connecting {
  readonly isBusy: boolean;
  /** As long as nothing is written yet: ends the waiting, and nothing will be written. */
  readonly cancel?: (() => void) | undefined;
  readonly refusal?: Refusal | undefined;
  /** After a run that failed: the Secret it had made, and whether it could be deleted again. */
  readonly withdrawal?: { readonly secret: string; readonly isDone: boolean } | undefined;
  readonly corrected?: Corrected | undefined;
}

export interface Connect extends Connecting {
  readonly run: Run<ProviderProblem>;
  /** Rehearses everything without storing anything, then makes Secret and Provider. */
  readonly connect: (wish: ProviderWish) => Promise<'Stored' | 'WrongCredentials' | 'Stopped'>;
  /** Forgets the refusal: what it was about is being typed anew. */
  readonly forgive: () => void;
}

const resting: Connecting = { isBusy: false };

/** Connecting a vCenter. It goes on when the step is left: a second press would try the credentials again, and tries are counted. */
export const useConnect = (): Connect => {
  const services = useServices();
  const { cluster } = services;
  const { run, start, reset } = useConverge<ProviderProblem>('connection');
  const [connecting, update] = useKept('connecting', resting);
  const note = useCallback(
    (patch: Partial<Connecting>) => {
      update((present) => ({ ...present, ...patch }));
    },
    [update],
  );

  const attempt: Connect['connect'] = async (wish) => {
    const control = new AbortController();
    note({
      cancel: () => {
        control.abort();
      },
    });
    const rehearsed = await rehearse(services, wish, control.signal);
    note({ cancel: undefined });
    if (!rehearsed.ok) {
      note({ refusal: rehearsed.error });
      return rehearsed.error.code === 'WrongCredentials' ? 'WrongCredentials' : 'Stopped';
    }
    const needs = providerNeeds(wish);
    const outcome = await start(needs, (seen) => planProvider(wish, seen));
    if (outcome.ok) {
      note({ corrected: correctionOf(rehearsed.value, outcome.value) });
      return 'Stored';
    }
    if (
      outcome.error.code === 'WriteFailed' &&
      outcome.error.change.verb === 'create' &&
      outcome.error.change.kind === 'providers'
    ) {
      const withdrawn = await converge({ cluster, needs, plan: (seen) => planWithdrawal(wish, seen) });
      // A Secret that is still there after an empty plan belongs to a Provider: its answer was lost, and a retry finds it.
      const isKept = withdrawn.ok && withdrawn.value.secret !== undefined;
      if (!isKept) note({ withdrawal: { secret: credentialsOf(wish.name), isDone: withdrawn.ok } });
    }
    return 'Stopped';
  };
  const connect: Connect['connect'] = async (wish) => {
    reset();
    note({ isBusy: true, refusal: undefined, withdrawal: undefined });
    const outcome = await attempt(wish);
    note({ isBusy: false });
    return outcome;
  };
  const forgive = (): void => {
    note({ refusal: undefined });
  };
  return { run, ...connecting, connect, forgive };
};

const correctionOf = (before: ProviderSeen, { secret, provider }: ProviderSeen): Corrected | undefined =>
  before.provider && {
    uid: provider?.metadata.uid,
    at: Date.now(),
    providerVersion: before.provider.metadata.resourceVersion,
    secretVersion: secret?.metadata.resourceVersion,
  };
