import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { StepId } from '../registry';

/** Leads to another step by the page's address, so that the browser's Back button leads back. */
export const useGoToStep = (): ((step: StepId) => void) => {
  const [, setSearch] = useSearchParams();
  return useCallback(
    (step) => {
      setSearch((before) => {
        const next = new URLSearchParams(before);
        next.set('step', step);
        return next;
      });
    },
    [setSearch],
  );
};
