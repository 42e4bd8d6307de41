import { createContext, useContext } from 'react';
import type { Services } from '../cluster/services';

const Context = createContext<Services | undefined>(undefined);

/** Gives everything below it the world outside: the console, or a cluster in memory. */
export const ServicesProvider = Context.Provider;

/** The world outside, as the page or a spec provides it. */
export const useServices = (): Services => {
  const services = useContext(Context);
  if (!services) throw new Error('useServices needs a ServicesProvider');
  return services;
};
