import type { Step } from '../../step';

/** Maps port groups to networks for virtual machines. */
export const networksStep: Step<'networks'> = {
  id: 'networks',
  after: ['connection'],
  name: (t) => t('Networks'),
  load: async () => (await import('./NetworksStep')).NetworksStep,
};
