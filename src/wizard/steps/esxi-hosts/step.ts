import type { Step } from '../../step';

/** Which network disks are copied over. Optional: nothing waits for it. */
export const esxiHostsStep: Step<'esxi-hosts'> = {
  id: 'esxi-hosts',
  after: ['connection'],
  isOptional: true,
  name: (t) => t('ESXi hosts'),
  load: async () => (await import('./EsxiHostsStep')).EsxiHostsStep,
  loadFacts: async () => (await import('./EsxiHostsFacts')).EsxiHostsFacts,
};
