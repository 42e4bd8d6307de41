import type { ComponentType } from 'react';
import { useCallback, useEffect, useState } from 'react';
import type { Step } from './step';

/** What a step shows, as far as it has come. */
export type StepBodyState =
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly Body: ComponentType }
  | { readonly state: 'failed' };

const loading = { state: 'loading' } as const;

/** Bodies that this tab has, so that a step visited again is there at once. */
const fetched = new WeakMap<Step, ComponentType>();

const fetchBody = async (step: Step): Promise<ComponentType> => {
  const Body = await step.load();
  fetched.set(step, Body);
  return Body;
};

const present = (step: Step): StepBodyState => {
  const Body = fetched.get(step);
  return Body ? { state: 'loaded', Body } : loading;
};

/** Calls `run` when the browser has nothing better to do. Safari cannot tell: there it waits a second. */
const whenIdle = (run: () => void): (() => void) => {
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
 * The body of `step`, and how to try again when it could not be fetched. Once it is there, that of `next` is fetched as soon as the
 * browser is idle. `step` is the same for as long as the component that calls this lives.
 */
export const useStepBody = (step: Step, next: Step | undefined): [body: StepBodyState, again: () => void] => {
  const [body, setBody] = useState(() => present(step));
  const { state } = body;

  useEffect(() => {
    if (state !== 'loading') return;
    let isShown = true;
    fetchBody(step).then(
      (Body) => {
        if (isShown) setBody({ state: 'loaded', Body });
      },
      () => {
        if (isShown) setBody({ state: 'failed' });
      },
    );
    return () => {
      isShown = false;
    };
  }, [step, state]);

  useEffect(() => {
    if (state !== 'loaded' || !next || fetched.has(next)) return;
    // What cannot be fetched ahead is fetched again, and complained about, when it is wanted.
    return whenIdle(() => void fetchBody(next).catch(() => undefined));
  }, [state, next]);

  const again = useCallback(() => {
    setBody(loading);
  }, []);
  return [body, again];
};
