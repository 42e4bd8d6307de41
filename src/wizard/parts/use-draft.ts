import { useCallback } from 'react';
import { useKept } from '../DraftsContext';

/**
 * What is being typed in a step, kept while the page is open, so that going to another step and back loses nothing. `clear` forgets
 * what was submitted; when something was typed since, that stays.
 */
export const useDraft = <T extends object>(
  key: string,
  initial: T,
): [draft: T, change: (patch: Partial<T>) => void, clear: (submitted: T) => void] => {
  const [draft, update] = useKept(`draft ${key}`, initial);
  const change = useCallback(
    (patch: Partial<T>) => {
      update((present) => ({ ...present, ...patch }));
    },
    [update],
  );
  const clear = useCallback(
    (submitted: T) => {
      update((present) => (present === submitted ? undefined : present));
    },
    [update],
  );
  return [draft, change, clear];
};
