import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { Services } from '../cluster/services';
import { needsInstallers, readMtvProject, readServedProject } from '../domain/mtv-project';
import type { MtvProject, ServedProject } from '../domain/mtv-project';
import { notCopied } from '../domain/operators/installation';
import { useServices } from './ServicesContext';

const Context = createContext<MtvProject | undefined>(undefined);

/** Finds out where MTV is, for all steps. */
export const MtvProjectProvider = ({ children }: { readonly children: ReactNode }) => {
  const { useWatch, fetchSettings } = useServices();
  const controllers = useWatch({ list: 'forkliftControllers' });
  const isAsked = needsInstallers(controllers);
  const subscriptions = useWatch(isAsked ? { list: 'subscriptions' } : undefined);
  const csvs = useWatch(isAsked ? { list: 'clusterServiceVersions', labelSelector: notCopied } : undefined);
  const clusterExtensions = useWatch(isAsked ? { list: 'clusterExtensions' } : undefined);
  const served = useServedProject(fetchSettings);
  const project = useMemo(
    () => readMtvProject({ controllers, subscriptions, csvs, clusterExtensions, served }),
    [controllers, subscriptions, csvs, clusterExtensions, served],
  );
  return <Context.Provider value={project}>{children}</Context.Provider>;
};

/** The project that MTV is installed in, and how that is known. */
export const useMtvProject = (): MtvProject => {
  const project = useContext(Context);
  if (!project) throw new Error('useMtvProject needs an MtvProjectProvider');
  return project;
};

const useServedProject = (fetchSettings: Services['fetchSettings']): ServedProject => {
  const [served, setServed] = useState<ServedProject>({ state: 'loading' });
  useEffect(() => {
    let isShown = true;
    void fetchSettings().then((content) => {
      if (isShown) setServed({ state: 'loaded', project: readServedProject(content) });
    });
    return () => {
      isShown = false;
    };
  }, [fetchSettings]);
  return served;
};
