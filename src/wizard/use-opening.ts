import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { stepToOpen } from '../domain/checks/step-state';
import type { StepState } from '../domain/checks/step-state';
import { steps } from './registry';

/** How long it may take to find out which step to open, in milliseconds. */
const patience = 3000;

/**
 * Opens a step where the page's address names none: the one where something is to be done. It then stands in the address, as if it had been there. Whether
 * a step is open.
 */
export const useOpening = (states: ReadonlyMap<string, StepState>): boolean => {
  const [search, setSearch] = useSearchParams();
  const [isLate, setLate] = useState(false);
  const isOpen = steps.some(({ id }) => id === search.get('step'));
  const step = isOpen ? undefined : (stepToOpen(steps, states) ?? (isLate ? steps[0].id : undefined));

  useEffect(() => {
    if (isOpen) return;
    const timer = setTimeout(() => {
      setLate(true);
    }, patience);
    return () => {
      clearTimeout(timer);
    };
  }, [isOpen]);

  useEffect(() => {
    // Whoever chose a step meanwhile is ahead of what was drawn: the browser's address has it already.
    if (step === undefined || new URLSearchParams(window.location.search).has('step')) return;
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        next.set('step', step);
        return next;
      },
      { replace: true },
    );
  }, [step, setSearch]);
  return isOpen;
};
