import type { ServerCertificate } from '../../../domain/connection/certificate';
import type { Provider } from '../../../domain/objects';
import type { Result } from '../../../domain/result';
import type { ConnectFailure, Tested } from '../../../work/connect';
import { useKept } from '../../DraftsContext';
import { useServices } from '../../ServicesContext';
import { useConnecting } from './connecting';

/** How far a test of a Provider is. `asking`: whether it shall be made, because the last try was rejected. */
export type Test =
  | { readonly state: 'resting' | 'asking' | 'unloaded' }
  | { readonly state: 'busy'; readonly cancel: () => void }
  | { readonly state: 'done'; readonly outcome: Result<Tested, ConnectFailure> };

const resting: Test = { state: 'resting' };

/** The test of one Provider, which goes on when the step is left: each try of a wrong password counts. */
export const useTest = (
  provider: Provider,
  onCertificate: (certificate: ServerCertificate) => void,
): {
  readonly test: Test;
  readonly ask: () => void;
  readonly run: () => Promise<void>;
  readonly dismiss: () => void;
} => {
  const services = useServices();
  const [{ rejections }, note] = useConnecting();
  const [test, update] = useKept<Test>(`test ${provider.metadata.uid ?? ''}`, resting);
  const show = (next: Test): void => {
    update(() => next);
  };
  const run = async (): Promise<void> => {
    if (test.state === 'busy') return;
    const control = new AbortController();
    show({
      state: 'busy',
      cancel: () => {
        control.abort();
      },
    });
    const useCase = await import('../../../work/connect').catch(() => undefined);
    if (!useCase) {
      show({ state: 'unloaded' });
      return;
    }
    const submission = crypto.randomUUID();
    const outcome = await useCase.testConnection(services, provider, { signal: control.signal, submission });
    show({ state: 'done', outcome });
    if (outcome.ok) {
      if (outcome.value.certificate) onCertificate(outcome.value.certificate);
    } else if (outcome.error.code === 'NotStored' && outcome.error.refusal.code === 'WrongCredentials') {
      note({ rejections: rejections + 1 });
    }
  };
  return {
    test,
    run,
    ask: () => {
      show({ state: 'asking' });
    },
    dismiss: () => {
      show(resting);
    },
  };
};
