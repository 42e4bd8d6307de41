import type { Step } from '../../step';

export const networksStep: Step<'networks'> = {
  id: 'networks',
  name: (t) => t('Networks'),
  load: async () => (await import('./NetworksStep')).NetworksStep,
};
