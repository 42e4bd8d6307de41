import { useMemo } from 'react';
import type { Facts, Watched } from '../domain/checks/check';
import type { KindId, ObjectOf } from '../domain/kinds';
import { watchedControllers } from '../domain/mtv-project';
import { useMtvProject } from './MtvProjectContext';
import { useServices } from './ServicesContext';

/** The whole cluster when the user may list it, otherwise the one namespace where they may; `undefined`: not known yet. */
export const useWidest = <K extends KindId>(list: K, namespace: string | undefined, labelSelector?: string): Watched<ObjectOf[K]> => {
  const { useWatch } = useServices();
  const selected = { list, ...(labelSelector !== undefined && { labelSelector }) };
  const wide = useWatch(selected);
  const isForbidden = wide.state === 'failed' && wide.failure.code === 'Forbidden';
  const narrow = useWatch(isForbidden && namespace !== undefined ? { ...selected, namespace } : undefined);
  return isForbidden ? narrow : wide;
};

/** Everything the checks look at, live. `project` is where a user without cluster-wide rights keeps their networks. */export const useFacts = (project: string): Facts => {
  const { name, source } = useMtvProject();
  const mtv = source === 'looking' ? undefined : name;
  const controllers = useWidest('forkliftControllers', mtv);
  const forkliftControllers = useMemo(() => watchedControllers(controllers, mtv), [controllers, mtv]);
  const providers = useWidest('providers', mtv);
  const networkAttachmentDefinitions = useWidest('networkAttachmentDefinitions', project);
  return useMemo(
    () => ({ forkliftControllers, providers, networkAttachmentDefinitions }),
    [forkliftControllers, providers, networkAttachmentDefinitions],
  );
};
