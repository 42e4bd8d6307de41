import { useMemo } from 'react';
import { Content, Skeleton } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import { rowsOf } from '../../../domain/hosts/draft';
import type { EsxiHost } from '../../../domain/hosts/esxi-host';
import type { Provider } from '../../../domain/objects';
import { FailureAlert } from '../../parts/FailureAlert';
import { FromInventory } from '../../parts/FromInventory';
import { MtvAbsent } from '../../parts/MtvAbsent';
import { StepHeading } from '../../parts/StepHeading';
import { useServices } from '../../ServicesContext';
import { useTranslate } from '../../../parts/use-translate';
import { HostsForm } from './HostsForm';

/** Lets MTV copy disks from ESXi hosts directly, over a network of the user's choice. */
export const EsxiHostsStep = () => {
  const t = useTranslate();
  const { fetchHosts } = useServices();
  return (
    <>
      <StepHeading title={t('ESXi hosts')} help="esxi-hosts">
        {t(
          'Optional. Without it, MTV copies disks over the management network. Set a host to copy from it directly, over a faster network.',
        )}
      </StepHeading>
      <FromInventory
        fetch={fetchHosts}
        none={t('The ESXi hosts come from a vCenter. Connect one first.')}
        connecting={(provider) =>
          t('MTV is restarting or connecting to {{provider}}. The ESXi hosts appear here as soon as it is ready.', {
            provider,
          })
        }
      >
        {(provider, inventory) => <OfHosts provider={provider} inventory={inventory} />}
      </FromInventory>
    </>
  );
};

interface OfHostsProps {
  readonly provider: Provider;
  readonly inventory: readonly EsxiHost[];
}

const OfHosts = ({ provider, inventory }: OfHostsProps) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const { name, namespace = '' } = provider.metadata;
  const isEsxi = provider.spec?.settings?.sdkEndpoint === 'esxi';
  const hosts = useWatch(isEsxi ? undefined : { list: 'hosts', namespace });
  const rows = useMemo(
    () => (hosts.state === 'loaded' ? rowsOf(inventory, hosts.items, provider) : []),
    [hosts, inventory, provider],
  );
  if (isEsxi)
    return (
      <Content component="p">
        {t('{{provider}} is an ESXi host itself, from which MTV copies directly. There is nothing to set.', {
          provider: name,
        })}
      </Content>
    );
  if (inventory.length === 0) return <Content component="p">{t('This vCenter has no ESXi hosts.')}</Content>;
  switch (hosts.state) {
    case 'loading':
      return <Skeleton screenreaderText={t('Checking the cluster…')} />;
    case 'absent':
      return <MtvAbsent />;
    case 'failed':
      return <FailureAlert title={t('What is set cannot be shown')} text={failureText(t, hosts.failure)} />;
    case 'loaded':
      return <HostsForm provider={provider} rows={rows} />;
  }
};
