import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** The project that migrated VMs go to, kept in the page's address; empty while none is chosen. */
export const useProject = (): [project: string, choose: (name: string) => void] => {
  const [search, setSearch] = useSearchParams();
  const choose = useCallback(
    (name: string) => {
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (name === '') next.delete('project');
          else next.set('project', name);
          return next;
        },
        { replace: true },
      );
    },
    [setSearch],
  );
  return [search.get('project') ?? '', choose];
};
