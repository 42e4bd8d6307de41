import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useK8sWatchResource } from '@openshift-console/dynamic-plugin-sdk';
import type { K8sResourceCommon, WatchK8sResource } from '@openshift-console/dynamic-plugin-sdk';
import { createStore } from '../domain/store';
import type { Store } from '../domain/store';

// A step that is left ends its watches. The console does not break off the list that such a watch waits for: asked for again meanwhile,
// it makes a second list and then complains of two websockets (docs/facts/console-host.md, "Watches"). So every list is held here, above
// the steps, until it has come.

/** How long a list is held after its first page, in milliseconds: the next pages come after it. */
const grace = 10_000;

/** The console's options of the watches that are held, as JSON. */
type Held = Store<readonly string[]>;

const Context = createContext<Held | undefined>(undefined);

/** The SDK gives the error no type. */
const useConsole = (watch: WatchK8sResource | null): readonly [unknown, boolean, unknown] =>
  useK8sWatchResource<K8sResourceCommon>(watch);

/** Holds the watches below it, so that none is ended and begun again before its list has come. */
export const HeldWatches = ({ children }: { readonly children: ReactNode }) => {
  const [held] = useState((): Held => createStore<readonly string[]>([]));
  const release = useCallback(
    (watch: string) => {
      held.update((watches) => watches.filter((each) => each !== watch));
    },
    [held],
  );
  return (
    <Context.Provider value={held}>
      {useSyncExternalStore(held.subscribe, held.read).map((watch) => (
        <HeldWatch key={watch} watch={watch} onCome={release} />
      ))}
      {children}
    </Context.Provider>
  );
};

interface HeldWatchProps {
  /** The console's options of the watch, as JSON. */
  readonly watch: string;
  readonly onCome: (watch: string) => void;
}

const HeldWatch = ({ watch, onCome }: HeldWatchProps) => {
  const [, loaded, error] = useConsole(JSON.parse(watch) as WatchK8sResource);
  // A list that failed is not kept: the next visitor asks again, and may have the right by then.
  const wait = error ? 0 : loaded ? grace : undefined;
  useEffect(() => {
    if (wait === undefined) return;
    const timer = setTimeout(() => {
      onCome(watch);
    }, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [wait, watch, onCome]);
  return null;
};

/** The console's watch, held if it is of a list; `null` rests. */
export const useHeldWatch = (watch: WatchK8sResource | null): readonly [unknown, boolean, unknown] => {
  const held = useContext(Context);
  const key = watch?.isList ? JSON.stringify(watch) : undefined;
  useEffect(() => {
    if (key !== undefined) held?.update((watches) => (watches.includes(key) ? watches : [...watches, key]));
  }, [held, key]);
  return useConsole(watch);
};
