import type { ConnectWish } from '../../../domain/connection/connect-wish';
import type { ChangeProgress } from '../../../domain/converge';
import type { Connected } from '../../../work/connect';
import { useServices } from '../../ServicesContext';
import { useConnecting } from './connecting';
import type { Connecting, Corrected } from './connecting';

/** The state of connecting, and what can be done about it. */
interface Connect extends Connecting {
  /** Tries everything out without storing anything, then makes or changes Secret and Provider. */
  readonly connect: (wish: ConnectWish) => Promise<'Stored' | 'WrongCredentials' | 'Stopped'>;
  /** Forgets the refusal: what it was about is being typed anew. */
  readonly forgive: () => void;
  /** Forgets what has not worked: it is not wanted any more. */
  readonly dismiss: () => void;
}

/** Fetched when it is wanted: who only looks at the step loads nothing of it. */
const loadUseCase = () => import('../../../work/connect');

/** Connecting a vCenter. It goes on when the step is left: a second press would try the credentials again, and tries are counted. */
export const useConnect = (): Connect => {
  const services = useServices();
  const [connecting, note] = useConnecting();

  const connect: Connect['connect'] = async (wish) => {
    const control = new AbortController();
    note({
      isBusy: true,
      run: { state: 'idle' },
      isSaved: false,
      isUnloaded: false,
      refusal: undefined,
      withdrawal: undefined,
      cancel: () => {
        control.abort();
      },
    });
    const useCase = await loadUseCase().catch(() => undefined);
    if (!useCase) {
      note({ isBusy: false, cancel: undefined, isUnloaded: true });
      return 'Stopped';
    }
    let changes: readonly ChangeProgress[] = [];
    const outcome = await useCase.connect(services, wish, {
      signal: control.signal,
      onTriedOut: () => {
        note({ cancel: undefined });
      },
      onProgress: (progress) => {
        changes = progress;
        note({ run: { state: 'running', changes } });
      },
    });
    if (outcome.ok) {
      // What succeeded folds up.
      note({ isBusy: false, cancel: undefined, run: { state: 'idle' }, isSaved: true, rejections: 0 });
      note({ corrected: correctionOf(outcome.value) });
      return 'Stored';
    }
    note({ isBusy: false, cancel: undefined });
    if (outcome.error.code === 'NotStored') {
      const { refusal } = outcome.error;
      note({ refusal });
      if (refusal.code !== 'WrongCredentials') return 'Stopped';
      note({ rejections: connecting.rejections + 1 });
      return 'WrongCredentials';
    }
    const { failure, withdrawal } = outcome.error;
    note({ run: { state: 'failed', changes, failure }, withdrawal });
    return 'Stopped';
  };
  const forgive = (): void => {
    note({ refusal: undefined });
  };
  const dismiss = (): void => {
    note({ run: { state: 'idle' }, refusal: undefined, withdrawal: undefined, isUnloaded: false, rejections: 0 });
  };
  return { ...connecting, connect, forgive, dismiss };
};

const correctionOf = ({ before, after: { secret, provider } }: Connected): Corrected | undefined =>
  before.provider && {
    uid: provider?.metadata.uid,
    at: Date.now(),
    providerVersion: before.provider.metadata.resourceVersion,
    secretVersion: secret?.metadata.resourceVersion,
  };
