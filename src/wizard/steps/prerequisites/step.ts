import type { Step } from '../../step';

/** What a migration needs of the cluster: operators, storage, registry, and the rights to set them up. */
export const prerequisitesStep: Step<'prerequisites'> = {
  id: 'prerequisites',
  isOfAdministrators: true,
  name: (t) => t('Prerequisites'),
  load: async () => (await import('./PrerequisitesStep')).PrerequisitesStep,
  loadFacts: async () => (await import('./PrerequisiteFacts')).PrerequisiteFacts,
};
