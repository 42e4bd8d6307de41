import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** The project that keeps the image, in the page's address, so that a tab opened again finds the build; empty means MTV's. */
export const useImageProject = (): [project: string, choose: (name: string) => void] => {
  const [search, setSearch] = useSearchParams();
  const choose = useCallback(
    (name: string) => {
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (name === '') next.delete('image-project');
          else next.set('image-project', name);
          return next;
        },
        { replace: true },
      );
    },
    [setSearch],
  );
  return [search.get('image-project') ?? '', choose];
};
