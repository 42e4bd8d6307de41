import type { Step } from '../../step';

/** The vSphere source: Secret and Provider. */
export const connectionStep: Step<'connection'> = {
  id: 'connection',
  name: (t) => t('Connection'),
  load: async () => (await import('./ConnectionStep')).ConnectionStep,
};
