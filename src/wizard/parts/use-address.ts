import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { checkName } from '../../domain/names';

/** A value kept in the page's address, so that a tab opened again has it; empty while none is chosen. */
const useAddress = (key: string): [value: string, choose: (value: string) => void] => {
  const [search, setSearch] = useSearchParams();
  const choose = useCallback(
    (value: string) => {
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === '') next.delete(key);
          else next.set(key, value);
          return next;
        },
        { replace: true },
      );
    },
    [key, setSearch],
  );
  return [search.get(key) ?? '', choose];
};

/** The project that migrated VMs go to. */
export const useProject = () => useAddress('project');

/** Further projects that migrated VMs go to. What cannot be the name of a project is left out. */
export const useMoreProjects = (): [projects: readonly string[], choose: (projects: readonly string[]) => void] => {
  const [value, choose] = useAddress('more-projects');
  const take = (projects: readonly string[]): void => {
    choose(projects.join(','));
  };
  return [value.split(',').filter((name) => checkName(name) === undefined), take];
};

/** The project that keeps the image of VDDK; empty means MTV's. */
export const useImageProject = () => useAddress('image-project');
