import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useState, useSyncExternalStore } from 'react';
import { createStore } from '../domain/store';
import type { Store } from '../domain/store';

/** What outlives a step that is left, by key. */
type Kept = Store<ReadonlyMap<string, object>>;

const Context = createContext<Kept | undefined>(undefined);

/** Holds what is typed and under way in all steps for as long as the page is open. */
export const DraftsProvider = ({ children }: { readonly children: ReactNode }) => {
  const [kept] = useState((): Kept => createStore<ReadonlyMap<string, object>>(new Map()));
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
  const read = (): T => (kept.read().get(key) as T | undefined) ?? initial;
  const value = useSyncExternalStore(kept.subscribe, read);
  const update = useCallback(
    (next: (present: T) => T | undefined) => {
      kept.update((values) => {
        const changed = next((values.get(key) as T | undefined) ?? initial);
        const others = [...values].filter(([each]) => each !== key);
        return new Map(changed === undefined ? others : [...others, [key, changed]]);
      });
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- an initial value is a constant of its step
    [key, kept],
  );
  return [value, update];
};
