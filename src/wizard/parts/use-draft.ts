import { useCallback, useState } from 'react';
import { useDrafts } from '../DraftsContext';

/**
 * What is being typed in a step, kept while the page is open, so that going to another step and back loses nothing. It lives in
 * memory only: a draft may hold a password.
 */
export const useDraft = <T extends object>(
  key: string,
  initial: T,
): [draft: T, change: (patch: Partial<T>) => void, clear: () => void] => {
  const drafts = useDrafts();
  const [draft, setDraft] = useState<T>(() => (drafts.get(key) as T | undefined) ?? initial);

  const change = useCallback(
    (patch: Partial<T>) => {
      setDraft((before) => {
        const next = { ...before, ...patch };
        drafts.set(key, next);
        return next;
      });
    },
    [drafts, key],
  );
  const clear = useCallback(() => {
    drafts.delete(key);
    setDraft(initial);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- an initial draft is a constant of its step
  }, [drafts, key]);
  return [draft, change, clear];
};
