/** A value that changes, and tells whoever listens. */
export interface Readable<T> {
  readonly read: () => T;
  /** Calls `listener` after every change; answers with what ends that. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A value that whoever holds this may change. */
export interface Store<T> extends Readable<T> {
  /** Takes the present value to the next. The same value again is no change. */
  readonly update: (next: (present: T) => T) => void;
}

/** Keeps what outlives the component that shows it. React shows it with `useSyncExternalStore`; everything else just reads it. */
export const createStore = <T>(initial: T): Store<T> => {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    read: () => value,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    update: (next) => {
      const changed = next(value);
      if (Object.is(changed, value)) return;
      value = changed;
      for (const listener of [...listeners]) listener();
    },
  };
};
