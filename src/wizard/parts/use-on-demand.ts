import type { ComponentType } from 'react';
import { useCallback, useEffect, useState } from 'react';

/** Fetches a component: a chunk of its own. It rejects when the chunk cannot be had; called again, it tries again. */
export type Load<P = object> = () => Promise<ComponentType<P>>;

/** A component that is fetched, as far as it has come. */
export type Fetched<P> =
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly Body: ComponentType<P> }
  | { readonly state: 'failed' };

const loading = { state: 'loading' } as const;

/** What this tab has, so that what is shown again is there at once. */
const fetched = new WeakMap<object, unknown>();

/** Fetches a component before it is to be shown; then it is there at once. */
export const fetchAhead = async <P>(load: Load<P>): Promise<ComponentType<P>> => {
  const Body = await load();
  fetched.set(load, Body);
  return Body;
};

const present = <P>(load: Load<P>): Fetched<P> => {
  const Body = fetched.get(load) as ComponentType<P> | undefined;
  return Body ? { state: 'loaded', Body } : loading;
};

/** Calls `run` when the browser has nothing better to do. Safari cannot tell: there it waits a second. */
export const whenIdle = (run: () => void): (() => void) => {
  if ('requestIdleCallback' in window) {
    const request = window.requestIdleCallback(run);
    return () => {
      window.cancelIdleCallback(request);
    };
  }
  const timer = setTimeout(run, 1000);
  return () => {
    clearTimeout(timer);
  };
};

/**
 * The component that `load` fetches, and how to try again when it could not be fetched. Once it is there, that of `next` is fetched as
 * soon as the browser is idle.
 */
export const useOnDemand = <P>(load: Load<P>, next: Load | undefined): [body: Fetched<P>, again: () => void] => {
  const [last, setLast] = useState<{ readonly of: Load<P>; readonly body: Fetched<P> }>();
  const body = last?.of === load ? last.body : present(load);
  const { state } = body;

  useEffect(() => {
    if (state !== 'loading') return;
    let isShown = true;
    fetchAhead(load).then(
      (Body) => {
        if (isShown) setLast({ of: load, body: { state: 'loaded', Body } });
      },
      () => {
        if (isShown) setLast({ of: load, body: { state: 'failed' } });
      },
    );
    return () => {
      isShown = false;
    };
  }, [load, state]);

  useEffect(() => {
    if (state !== 'loaded' || !next || fetched.has(next)) return;
    // What cannot be fetched ahead is fetched again, and complained about, when it is wanted.
    return whenIdle(() => void fetchAhead(next).catch(() => undefined));
  }, [state, next]);

  const again = useCallback(() => {
    setLast({ of: load, body: loading });
  }, [load]);
  return [body, again];
};
