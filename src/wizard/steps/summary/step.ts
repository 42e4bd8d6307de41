import type { Step } from '../../step';
import { SummaryStep } from './SummaryStep';

/** What is ready, what is missing, and everything we created. */
export const summaryStep: Step = { id: 'summary', name: (t) => t('Summary'), Body: SummaryStep };
