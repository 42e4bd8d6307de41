import { blocked, defineCheck, ready, waiting } from './check';

/** A vSphere Provider that MTV can use. Failures of a Provider are its conditions (docs/facts/forklift.md §1). */
export const sourceProvider = defineCheck({
  id: 'source-provider',
  title: (t) => t('vSphere provider'),
  step: 'connection',
  needs: ['providers'],
  judge: ({ providers }) => {
    const vsphere = providers.filter(({ spec }) => spec?.type === 'vsphere');
    const usable = vsphere.filter(({ status }) => status?.phase === 'Ready');
    const [first] = vsphere;
    if (!first) return blocked('NoProvider');
    if (usable.length > 0) return ready('ProviderReady', { number: usable.length });
    const failed = vsphere.find(({ status }) => (status?.phase ?? '').endsWith('Failed'));
    return failed
      ? blocked('ProviderFailed', { name: failed.metadata.name })
      : waiting('ProviderStaging', { name: first.metadata.name });
  },
  reasons: {
    NoProvider: (t) => t('No vSphere provider is connected.'),
    ProviderReady: (t, params) => t('Providers ready: {{number}}', params),
    ProviderFailed: (t, params) => t('Provider {{name}} cannot connect.', params),
    ProviderStaging: (t, params) => t('Provider {{name}} is connecting.', params),
  },
});
