import type { Step } from '../../step';

/** VMware's library for fast transfers: an image that has it, or the choice to do without. */
export const vddkStep: Step<'vddk'> = {
  id: 'vddk',
  name: (t) => t('VDDK'),
  load: async () => (await import('./VddkStep')).VddkStep,
};
