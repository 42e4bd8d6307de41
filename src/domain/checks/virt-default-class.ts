import { readVirtDefault, virtDefaultTexts } from '../storage/virt-default';
import { defineCheck } from './check';

/** The storage class that disks of virtual machines get when nobody names one. */
export const virtDefaultClass = defineCheck({
  id: 'virt-default-class',
  title: (t) => t('Storage for virtual machines'),
  step: 'prerequisites',
  needs: { storageClasses: { list: 'storageClasses' } },
  judge: ({ storageClasses }) => readVirtDefault(storageClasses),
  reasons: virtDefaultTexts,
});
