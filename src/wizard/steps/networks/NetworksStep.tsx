import { useMemo } from 'react';
import { Content } from '@patternfly/react-core';
import type { InventorySnapshot } from '../../../domain/networks/inventory';
import { readPortGroups } from '../../../domain/networks/port-groups';
import type { Provider } from '../../../domain/objects';
import { FromInventory } from '../../parts/FromInventory';
import { StepHeading } from '../../parts/StepHeading';
import { useServices } from '../../ServicesContext';
import { useTranslate } from '../../../parts/use-translate';
import { NetworksForm } from './NetworksForm';

/** Gives the port groups that VMs use a network in this cluster. */
export const NetworksStep = () => {
  const t = useTranslate();
  const { fetchInventory } = useServices();
  return (
    <>
      <StepHeading title={t('Networks')} help="networks">
        {t(
          'Each port group that virtual machines use needs a network in their target project: a NetworkAttachmentDefinition with the same VLAN.',
        )}
      </StepHeading>
      <FromInventory
        fetch={fetchInventory}
        none={t('The port groups come from a vCenter. Connect one first.')}
        connecting={(provider) =>
          t('MTV is restarting or connecting to {{provider}}. The port groups appear here as soon as it is ready.', {
            provider,
          })
        }
      >
        {(provider, snapshot) => <OfPortGroups provider={provider} snapshot={snapshot} />}
      </FromInventory>
    </>
  );
};

const OfPortGroups = ({
  provider,
  snapshot,
}: {
  readonly provider: Provider;
  readonly snapshot: InventorySnapshot;
}) => {
  const t = useTranslate();
  const portGroups = useMemo(() => readPortGroups(snapshot), [snapshot]);
  return portGroups.length === 0 ? (
    <Content component="p">{t('This vCenter has no port groups.')}</Content>
  ) : (
    <NetworksForm provider={provider} portGroups={portGroups} />
  );
};
