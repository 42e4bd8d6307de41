import type { Step } from '../../step';
import { ConnectionStep } from './ConnectionStep';

/** The vSphere source: Secret and Provider. */
export const connectionStep: Step = { id: 'connection', name: (t) => t('Connection'), Body: ConnectionStep };
