import { useState } from 'react';
import type { ReactNode } from 'react';
import { createStore } from '../domain/store';
import { StepActionContext } from './parts/use-step-action';
import type { ShownAction } from './parts/use-step-action';

/** Between a step and the footer, which shows the step's action (`parts/use-step-action.ts`). */
export const StepActionProvider = ({ children }: { readonly children: ReactNode }) => {
  const [store] = useState(() => createStore<ShownAction | undefined>(undefined));
  return <StepActionContext.Provider value={store}>{children}</StepActionContext.Provider>;
};
