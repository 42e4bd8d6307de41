import { useMemo } from 'react';
import type { Facts, Watched } from '../domain/checks/check';
import type { KindId, ObjectOf } from '../domain/kinds';
import { watchedControllers } from '../domain/mtv-project';
import type { Provider } from '../domain/objects';
import { useMtvProject } from './MtvProjectContext';
import { useProject } from './parts/use-address';
import { useServices } from './ServicesContext';

/** The whole cluster when the user may list it, otherwise the one namespace where they may; `undefined`: not known yet. */
export const useWidest = <K extends KindId>(
  list: K,
  namespace: string | undefined,
  labelSelector?: string,
): Watched<ObjectOf[K]> => {
  const { useWatch } = useServices();
  const selected = { list, ...(labelSelector !== undefined && { labelSelector }) };
  const wide = useWatch(selected);
  const isForbidden = wide.state === 'failed' && wide.failure.code === 'Forbidden';
  const narrow = useWatch(isForbidden && namespace !== undefined ? { ...selected, namespace } : undefined);
  return isForbidden ? narrow : wide;
};

/** Of two projects what can be seen: who may not look in one of them, works with the other. */
const joined = <T>(one: Watched<T>, other: Watched<T>): Watched<T> => {
  if (one.state === 'loaded' && other.state === 'loaded')
    return { state: 'loaded', items: [...one.items, ...other.items] };
  if (one.state === 'loading' || other.state === 'loading') return { state: 'loading' };
  return one.state === 'loaded' ? one : other;
};

/**
 * The Providers that the user may see: all of them, otherwise those of MTV's project and of the chosen one. `home` is where this user
 * keeps a Provider of their own: MTV's project, or the chosen one when MTV's is closed to them; empty while none is chosen.
 */
export const useProviders = (): { readonly providers: Watched<Provider>; readonly home: string } => {
  const { useWatch } = useServices();
  const { name: mtv, source } = useMtvProject();
  const [project] = useProject();
  const wide = useWatch({ list: 'providers' });
  const isConfined = wide.state === 'failed' && wide.failure.code === 'Forbidden';
  const beside = useWatch(isConfined && source !== 'looking' ? { list: 'providers', namespace: mtv } : undefined);
  const isOwn = isConfined && project !== '' && project !== mtv;
  const own = useWatch(isOwn ? { list: 'providers', namespace: project } : undefined);
  const narrow = useMemo(() => (isOwn ? joined(beside, own) : beside), [isOwn, beside, own]);
  const isClosed = isConfined && beside.state === 'failed' && beside.failure.code === 'Forbidden';
  return { providers: isConfined ? narrow : wide, home: isClosed ? project : mtv };
};

/** Everything the checks look at, live. Who has no rights in the whole cluster has their networks and Providers in the chosen project. */
export const useFacts = (): Facts => {
  const { name, source } = useMtvProject();
  const [project] = useProject();
  const mtv = source === 'looking' ? undefined : name;
  const controllers = useWidest('forkliftControllers', mtv);
  const forkliftControllers = useMemo(() => watchedControllers(controllers, mtv), [controllers, mtv]);
  const { providers } = useProviders();
  const networkAttachmentDefinitions = useWidest('networkAttachmentDefinitions', project);
  return useMemo(
    () => ({ forkliftControllers, providers, networkAttachmentDefinitions }),
    [forkliftControllers, providers, networkAttachmentDefinitions],
  );
};
