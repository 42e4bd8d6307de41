import type { Step } from '../../step';
import { NetworksStep } from './NetworksStep';

export const networksStep: Step = { id: 'networks', name: (t) => t('Networks'), Body: NetworksStep };
