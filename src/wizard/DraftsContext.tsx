import type { ReactNode } from 'react';
import { createContext, useContext, useState } from 'react';

const Context = createContext<Map<string, object> | undefined>(undefined);

/** Holds what is being typed in all steps for as long as the page is open. */
export const DraftsProvider = ({ children }: { readonly children: ReactNode }) => {
  const [drafts] = useState(() => new Map<string, object>());
  return <Context.Provider value={drafts}>{children}</Context.Provider>;
};

/** The page's drafts, by step. */
export const useDrafts = (): Map<string, object> => {
  const drafts = useContext(Context);
  if (!drafts) throw new Error('useDrafts needs a DraftsProvider');
  return drafts;
};
