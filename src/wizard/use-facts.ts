import { useMemo } from 'react';
import type { Facts, Watched } from '../domain/checks/check';
import type { KindId, ObjectOf } from '../domain/kinds';
import { useServices } from './ServicesContext';

/** Where MTV is installed (docs/facts/platform.md §1); who may not list cluster-wide looks here. */
export const mtvNamespace = 'openshift-mtv';

/** The whole cluster when the user may list it, otherwise the one namespace where they may. */
export const useWidest = <K extends KindId>(list: K, namespace: string, labelSelector?: string): Watched<ObjectOf[K]> => {
  const { useWatch } = useServices();
  const selected = { list, ...(labelSelector !== undefined && { labelSelector }) };
  const wide = useWatch(selected);
  const isForbidden = wide.state === 'failed' && wide.failure.code === 'Forbidden';
  const narrow = useWatch(isForbidden ? { ...selected, namespace } : undefined);
  return isForbidden ? narrow : wide;
};

/** Everything the checks look at, live. `project` is where a user without cluster-wide rights keeps their networks. */
export const useFacts = (project: string): Facts => {
  const forkliftControllers = useWidest('forkliftControllers', mtvNamespace);
  const providers = useWidest('providers', mtvNamespace);
  const networkAttachmentDefinitions = useWidest('networkAttachmentDefinitions', project);
  return useMemo(
    () => ({ forkliftControllers, providers, networkAttachmentDefinitions }),
    [forkliftControllers, providers, networkAttachmentDefinitions],
  );
};
