import type { WantedHost } from '../../../domain/hosts/draft';
import type { HostProgress } from '../../../work/set-hosts';
import { useKept } from '../../DraftsContext';
import { useServices } from '../../ServicesContext';

/** What setting hosts has come to, by moRef. `isUnloaded`: what sets them could not be fetched, so nothing was tried. */
export interface Setting {
  readonly isBusy: boolean;
  readonly isUnloaded: boolean;
  readonly progress: Readonly<Record<string, HostProgress>>;
}

const resting: Setting = { isBusy: false, isUnloaded: false, progress: {} };

/** Setting hosts of a Provider. It goes on when the step is left: a second press would try the credentials again, and tries are counted. */
export const useSetting = (
  uid: string,
): {
  readonly setting: Setting;
  /** Sets them all; answers with those that are set, or with nothing where it could not begin. */
  readonly set: (wanted: readonly WantedHost[]) => Promise<readonly string[] | undefined>;
  /** Forgets what came of hosts: something else is wanted of them. */
  readonly forget: () => void;
} => {
  const services = useServices();
  const [setting, update] = useKept<Setting>(`setting ${uid}`, resting);
  const set = async (wanted: readonly WantedHost[]): Promise<readonly string[] | undefined> => {
    update(() => ({ ...resting, isBusy: true }));
    const useCase = await import('../../../work/set-hosts').catch(() => undefined);
    if (!useCase) {
      update(() => ({ ...resting, isUnloaded: true }));
      return undefined;
    }
    const done: string[] = [];
    await useCase.setHosts(services, wanted, crypto.randomUUID(), (id, progress) => {
      if (progress.state === 'done') done.push(id);
      update((present) => ({ ...present, progress: { ...present.progress, [id]: progress } }));
    });
    update((present) => ({ ...present, isBusy: false }));
    return done;
  };
  return {
    setting,
    set,
    forget: () => {
      update((present) => (present.isBusy ? present : undefined));
    },
  };
};
