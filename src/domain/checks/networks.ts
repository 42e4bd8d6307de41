import { blocked, defineCheck, ready } from './check';

/** NetworkAttachmentDefinitions that migration plans can map port groups to. */
export const networks = defineCheck({
  id: 'networks',
  title: (t) => t('Networks'),
  step: 'networks',
  needs: ['networkAttachmentDefinitions'],
  judge: ({ networkAttachmentDefinitions: nads }) => {
    const usable = nads.filter(({ metadata }) => !/^(openshift|kube)-/.test(metadata.namespace ?? ''));
    return usable.length > 0 ? ready('NetworksReady', { number: usable.length }) : blocked('NoNetworks');
  },
  reasons: {
    NetworksReady: (t, params) => t('Networks ready: {{number}}', params),
    NoNetworks: (t) => t('No network for virtual machines is set up.'),
  },
});
