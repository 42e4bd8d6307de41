import { isForVms } from '../networks/nad-flaw';
import { blocked, defineCheck, ready } from './check';

/** NetworkAttachmentDefinitions that migration plans can map port groups to. What is there is not enough: VMs must be able to use it. */
export const networks = defineCheck({
  id: 'networks',
  title: (t) => t('Networks'),
  step: 'networks',
  needs: {
    nads: {
      list: 'networkAttachmentDefinitions',
      absent: (t) => t('Multus is not installed.'),
      narrower: ['chosen'],
    },
  },
  judge: ({ nads }) => {
    const theirs = nads.filter(({ metadata }) => !/^(openshift|kube)-/.test(metadata.namespace ?? ''));
    const number = theirs.filter(isForVms).length;
    if (number > 0) return ready('NetworksReady', { number });
    return theirs.length > 0 ? blocked('NoneUsable', { number: theirs.length }) : blocked('NoNetworks');
  },
  reasons: {
    NetworksReady: (t, params) => t('Networks ready: {{number}}', params),
    NoneUsable: (t, params) =>
      t('No network for virtual machines is set up. Networks that they cannot use: {{number}}', params),
    NoNetworks: (t) => t('No network for virtual machines is set up.'),
  },
});
