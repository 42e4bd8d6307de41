import { readVirtDefault, virtDefaultTexts } from '../storage/virt-default';
import { blocked, defineCheck, ready, warning } from './check';

/** The storage class that disks of virtual machines get when nobody names one. */
export const virtDefaultClass = defineCheck({
  id: 'virt-default-class',
  title: (t) => t('Storage for virtual machines'),
  step: 'prerequisites',
  needs: ['storageClasses'],
  judge: ({ storageClasses }) => {
    const { state, reason, params } = readVirtDefault(storageClasses);
    if (reason === 'BetaDefaultUsed') return warning(reason, params);
    return state === 'one' || state === 'fallback' ? ready(reason, params) : blocked(reason, params);
  },
  reasons: virtDefaultTexts,
});
