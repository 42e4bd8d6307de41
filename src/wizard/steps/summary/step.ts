import type { Step } from '../../step';

/** What is ready, what is missing, and everything we created. */
export const summaryStep: Step<'summary'> = {
  id: 'summary',
  isOfAll: true,
  name: (t) => t('Summary'),
  load: async () => (await import('./SummaryStep')).SummaryStep,
};
