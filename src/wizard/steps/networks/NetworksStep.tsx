import { useMemo } from 'react';
import { Button, Content, FormGroup, Radio, Skeleton } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import { inventoryFailureText } from '../../../domain/networks/inventory';
import type { InventorySnapshot } from '../../../domain/networks/inventory';
import { readPortGroups } from '../../../domain/networks/port-groups';
import type { Provider } from '../../../domain/objects';
import { FailureAlert } from '../../parts/FailureAlert';
import { MtvAbsent } from '../../parts/MtvAbsent';
import { OnDemand } from '../../parts/OnDemand';
import { StepHeading } from '../../parts/StepHeading';
import { useGoToStep } from '../../parts/use-go-to-step';
import { useTranslate } from '../../../parts/use-translate';
import { NetworksForm } from './NetworksForm';
import { useInventory } from './use-inventory';
import { useSource } from './use-source';

const loadTrouble = async () => (await import('./SourceTrouble')).SourceTrouble;

/** Gives the port groups that VMs use a network in this cluster. */
export const NetworksStep = () => {
  const t = useTranslate();
  return (
    <>
      <StepHeading title={t('Networks')} help="networks">
        {t(
          'Each port group that virtual machines use needs a network in their target project: a NetworkAttachmentDefinition with the same VLAN.',
        )}
      </StepHeading>
      <OfProviders />
    </>
  );
};

const OfProviders = () => {
  const t = useTranslate();
  const goToStep = useGoToStep();
  const [source, choose] = useSource();
  switch (source.state) {
    case 'loading':
      return <Skeleton screenreaderText={t('Checking the cluster…')} />;
    case 'absent':
      return <MtvAbsent />;
    case 'failed':
      return <FailureAlert title={t('The providers cannot be shown')} text={failureText(t, source.failure)} />;
    case 'none':
      return (
        <>
          <Content component="p">{t('The port groups come from a vCenter. Connect one first.')}</Content>
          {/* A column stretches what is directly in it. */}
          <div>
            <Button
              variant="primary"
              onClick={() => {
                goToStep('connection');
              }}
            >
              {t('Connect a vCenter')}
            </Button>
          </div>
        </>
      );
    case 'connecting':
      return (
        <Content component="p" aria-live="polite">
          {t('MTV is restarting or connecting to {{provider}}. The port groups appear here as soon as it is ready.', {
            provider: source.provider.metadata.name,
          })}
        </Content>
      );
    case 'found': {
      const { provider, choices, trouble } = source;
      return (
        <>
          {choices.length > 1 && (
            <FormGroup role="radiogroup" label={t('vCenter')} fieldId="provider">
              {choices.map(({ metadata }) => (
                <Radio
                  key={metadata.uid}
                  id={`provider-${metadata.uid ?? ''}`}
                  name="provider"
                  label={metadata.name}
                  isChecked={metadata.uid === provider.metadata.uid}
                  onChange={() => {
                    choose(metadata.uid);
                  }}
                />
              ))}
            </FormGroup>
          )}
          {trouble && <OnDemand load={loadTrouble} props={{ provider: provider.metadata.name, trouble }} />}
          <OfInventory key={provider.metadata.uid} provider={provider} />
        </>
      );
    }
  }
};

const OfInventory = ({ provider }: { readonly provider: Provider }) => {
  const t = useTranslate();
  const [inventory, again] = useInventory(provider);
  switch (inventory.state) {
    case 'loading':
      return <Skeleton screenreaderText={t('Reading the inventory…')} />;
    case 'waiting':
      return (
        <Content component="p" aria-live="polite">
          {inventoryFailureText(t, inventory.failure)}
        </Content>
      );
    case 'failed':
      return (
        <FailureAlert
          title={t('The inventory cannot be read')}
          text={inventoryFailureText(t, inventory.failure)}
          onRetry={again}
        />
      );
    case 'loaded':
      return <OfPortGroups provider={provider} snapshot={inventory.snapshot} />;
  }
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
