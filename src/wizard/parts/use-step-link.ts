import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** Where a step is, as a link: the page's address with everything else it says. */
export const useStepLink = (): ((step: string) => string) => {
  const [search] = useSearchParams();
  return useCallback(
    (step) => {
      const next = new URLSearchParams(search);
      next.set('step', step);
      return `?${next.toString()}`;
    },
    [search],
  );
};
