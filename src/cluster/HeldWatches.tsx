import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useK8sWatchResource } from '@openshift-console/dynamic-plugin-sdk';
import type { K8sResourceCommon, WatchK8sResource } from '@openshift-console/dynamic-plugin-sdk';

// A step that is left ends its watches. The console does not break off the list that such a watch waits for: asked for again meanwhile,
// it makes a second list and then complains of two websockets (docs/facts/console-host.md, "Watches"). So every list is held here, above
// the steps, until it has come.

/** How long a list is held after its first page, in milliseconds: the next pages come after it. */
const grace = 10_000;

const Hold = createContext<(key: string) => void>(() => undefined);

/** The SDK gives the error no type. */
const useConsole = (watch: WatchK8sResource | null): readonly [unknown, boolean, unknown] =>
  useK8sWatchResource<K8sResourceCommon>(watch);

/** Holds the watches below it, so that none is ended and begun again before its list has come. */
export const HeldWatches = ({ children }: { readonly children: ReactNode }) => {
  const [held, setHeld] = useState<readonly string[]>([]);
  const hold = useCallback((key: string) => {
    setHeld((before) => (before.includes(key) ? before : [...before, key]));
  }, []);
  const release = useCallback((key: string) => {
    setHeld((before) => before.filter((each) => each !== key));
  }, []);
  return (
    <Hold.Provider value={hold}>
      {held.map((key) => (
        <HeldWatch key={key} watch={key} onCome={release} />
      ))}
      {children}
    </Hold.Provider>
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
  const hold = useContext(Hold);
  const key = watch?.isList ? JSON.stringify(watch) : undefined;
  useEffect(() => {
    if (key !== undefined) hold(key);
  }, [hold, key]);
  return useConsole(watch);
};
