import { createContext, useContext, useEffect, useId, useRef } from 'react';
import type { Store } from '../../domain/store';

/** The one thing that a step does when its user says so. The footer shows it as a button that submits a form. */
export interface StepAction {
  readonly label: string;
  /** The id of the form that it submits. */
  readonly form: string;
  /** It is under way. */
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  /** Ends what is under way; only while that is possible. */
  readonly onCancel?: (() => void) | undefined;
}

/** What the footer shows, and which component asked for it. */
export interface ShownAction extends StepAction {
  readonly owner: string;
}

/** Where the step that is shown leaves its action for the footer. */
export const StepActionContext = createContext<Store<ShownAction | undefined> | undefined>(undefined);

/** Names the primary action of the step for as long as the component that calls this is shown; `undefined`: there is none just now. */
export const useStepAction = (action: StepAction | undefined): void => {
  const store = useContext(StepActionContext);
  if (!store) throw new Error('useStepAction needs a StepActionProvider');
  const owner = useId();
  const { label, form, isBusy = false, isDisabled = false, onCancel } = action ?? {};
  const canCancel = onCancel !== undefined;
  // The footer's button calls what was given last.
  const cancel = useRef(onCancel);
  useEffect(() => {
    cancel.current = onCancel;
  });
  useEffect(() => {
    if (label === undefined || form === undefined) return;
    store.update(() => ({
      owner,
      label,
      form,
      isBusy,
      isDisabled,
      ...(canCancel && { onCancel: () => cancel.current?.() }),
    }));
    return () => {
      store.update((shown) => (shown?.owner === owner ? undefined : shown));
    };
  }, [store, owner, label, form, isBusy, isDisabled, canCancel]);
};
