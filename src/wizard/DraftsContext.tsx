import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useState, useSyncExternalStore } from 'react';

/** What outlives a step that is left, by key, and who shows it. */
interface Kept {
  readonly values: Map<string, object>;
  readonly listeners: Set<() => void>;
}

const Context = createContext<Kept | undefined>(undefined);

/** Holds what is typed and under way in all steps for as long as the page is open. */
export const DraftsProvider = ({ children }: { readonly children: ReactNode }) => {
  const [kept] = useState<Kept>(() => ({ values: new Map(), listeners: new Set() }));
  return <Context.Provider value={kept}>{children}</Context.Provider>;
};

/**
 * State of the page instead of the step: a step that is left and visited again finds it as it is by then. `update` gets the
 * present value; `undefined` forgets it. It lives in memory only: a draft may hold a password.
 */
export const useKept = <T extends object>(
  key: string,
  initial: T,
): [value: T, update: (next: (present: T) => T | undefined) => void] => {
  const kept = useContext(Context);
  if (!kept) throw new Error('useKept needs a DraftsProvider');
  const { values, listeners } = kept;
  const subscribe = useCallback(
    (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [listeners],
  );
  const read = (): T => (values.get(key) as T | undefined) ?? initial;
  const value = useSyncExternalStore(subscribe, read);
  const update = useCallback(
    (next: (present: T) => T | undefined) => {
      const changed = next((values.get(key) as T | undefined) ?? initial);
      if (changed === undefined) values.delete(key);
      else values.set(key, changed);
      for (const listener of listeners) listener();
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- an initial value is a constant of its step
    [key, values, listeners],
  );
  return [value, update];
};
