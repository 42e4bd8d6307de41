import { blocked, defineCheck, ready, waiting } from './check';
import { isGone, providers, secretsOfProviders } from './mtv-needs';

/**
 * A vSphere Provider that MTV can use. Failures of a Provider are its conditions, save one: MTV keeps calling it Ready when its Secret is
 * gone (docs/facts/forklift.md §1). Without the right to look for Secrets its word counts.
 */
export const sourceProvider = defineCheck({
  id: 'source-provider',
  title: (t) => t('vSphere provider'),
  step: 'connection',
  needs: { providers, gone: secretsOfProviders },
  judge: ({ providers, gone }) => {
    const vsphere = providers.filter(({ spec }) => spec?.type === 'vsphere');
    const called = vsphere.filter(({ status }) => status?.phase === 'Ready');
    const usable = called.filter((provider) => !isGone(provider, gone));
    const [first] = vsphere;
    if (!first) return blocked('NoProvider');
    if (usable.length > 0) return ready('ProviderReady', { number: usable.length });
    if (called[0]) return blocked('SecretGone', { name: called[0].metadata.name });
    const failed = vsphere.find(({ status }) => (status?.phase ?? '').endsWith('Failed'));
    return failed
      ? blocked('ProviderFailed', { name: failed.metadata.name })
      : waiting('ProviderStaging', { name: first.metadata.name });
  },
  reasons: {
    NoProvider: (t) => t('No vSphere provider is connected.'),
    ProviderReady: (t, params) => t('Providers ready: {{number}}', params),
    SecretGone: (t, params) => t('The Secret with the credentials of provider {{name}} is gone.', params),
    ProviderFailed: (t, params) => t('Provider {{name}} cannot connect.', params),
    ProviderStaging: (t, params) => t('Provider {{name}} is connecting.', params),
  },
});
