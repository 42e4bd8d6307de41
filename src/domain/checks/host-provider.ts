import { isHost } from '../connection/host';
import { blocked, defineCheck, ready, unknown, waiting } from './check';
import { providers } from './mtv-needs';

/** The Provider of this cluster itself, the target of migrations. MTV makes it once OpenShift Virtualization is there (docs/facts/forklift.md §1). */
export const hostProvider = defineCheck({
  id: 'host-provider',
  title: (t) => t('This cluster as target'),
  step: 'prerequisites',
  needs: { providers },
  judge: ({ providers }, _, isPartial) => {
    const host = providers.find(isHost);
    // It is in MTV's project, which not everybody may look into.
    if (!host) return isPartial('providers') ? unknown('Forbidden') : blocked('NoHost');
    const { phase = '', conditions = [] } = host.status ?? {};
    if (phase === 'Ready') return ready('HostReady');
    const message = conditions.find(({ category }) => category === 'Critical')?.message ?? '';
    return phase.endsWith('Failed') ? blocked('HostFailed', { message }) : waiting('HostStaging');
  },
  reasons: {
    Forbidden: (t) => t('You are not permitted to check this.'),
    NoHost: (t) =>
      t('MTV has no provider for this cluster itself. It creates one when OpenShift Virtualization is installed.'),
    HostReady: (t) => t('MTV can create virtual machines here.'),
    HostFailed: (t, params) => t("MTV's provider for this cluster does not work: {{message}}", params),
    HostStaging: (t) => t("MTV's provider for this cluster is being set up."),
  },
});
