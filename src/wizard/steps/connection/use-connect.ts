import { useCallback } from 'react';
import type { ProviderProblem, ProviderWish } from '../../../domain/connection/plan-provider';
import type { Refusal } from '../../../domain/connection/refusal';
import type { ChangeProgress } from '../../../domain/converge';
import type { Metadata } from '../../../domain/objects';
import { connect as connectVCenter } from '../../../work/connect';
import type { Connected, ConnectFailure } from '../../../work/connect';
import { useKept } from '../../DraftsContext';
import { useServices } from '../../ServicesContext';
import { useConverge } from '../../use-converge';
import type { Run } from '../../use-converge';

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
  readonly withdrawal?: Extract<ConnectFailure, { code: 'Unfinished' }>['withdrawal'];
  readonly corrected?: Corrected | undefined;
}

/** The state of connecting, and what can be done about it. */
export interface Connect extends Connecting {
  readonly run: Run<ProviderProblem>;
  /** Tries everything out without storing anything, then makes Secret and Provider. */
  readonly connect: (wish: ProviderWish) => Promise<'Stored' | 'WrongCredentials' | 'Stopped'>;
  /** Forgets the refusal: what it was about is being typed anew. */
  readonly forgive: () => void;
}

const resting: Connecting = { isBusy: false };

/** Connecting a vCenter. It goes on when the step is left: a second press would try the credentials again, and tries are counted. */
export const useConnect = (): Connect => {
  const services = useServices();
  const { run, show, reset } = useConverge<ProviderProblem>('connection');
  const [connecting, update] = useKept('connecting', resting);
  const note = useCallback(
    (patch: Partial<Connecting>) => {
      update((present) => ({ ...present, ...patch }));
    },
    [update],
  );

  const connect: Connect['connect'] = async (wish) => {
    const control = new AbortController();
    reset();
    note({
      isBusy: true,
      refusal: undefined,
      withdrawal: undefined,
      cancel: () => {
        control.abort();
      },
    });
    let changes: readonly ChangeProgress[] = [];
    const outcome = await connectVCenter(services, wish, {
      signal: control.signal,
      onTriedOut: () => {
        note({ cancel: undefined });
      },
      onProgress: (progress) => {
        changes = progress;
        show({ state: 'running', changes });
      },
    });
    note({ isBusy: false, cancel: undefined });
    if (outcome.ok) {
      show({ state: 'done', changes });
      note({ corrected: correctionOf(outcome.value) });
      return 'Stored';
    }
    if (outcome.error.code === 'NotStored') {
      const { refusal } = outcome.error;
      note({ refusal });
      return refusal.code === 'WrongCredentials' ? 'WrongCredentials' : 'Stopped';
    }
    const { failure, withdrawal } = outcome.error;
    show({ state: 'failed', changes, failure });
    note({ withdrawal });
    return 'Stopped';
  };
  const forgive = (): void => {
    note({ refusal: undefined });
  };
  return { run, ...connecting, connect, forgive };
};

const correctionOf = ({ before, after: { secret, provider } }: Connected): Corrected | undefined =>
  before.provider && {
    uid: provider?.metadata.uid,
    at: Date.now(),
    providerVersion: before.provider.metadata.resourceVersion,
    secretVersion: secret?.metadata.resourceVersion,
  };
