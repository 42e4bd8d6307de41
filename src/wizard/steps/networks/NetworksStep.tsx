import { useState } from 'react';
import { Button, Content, FormGroup, Radio, Skeleton } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import { inventoryFailureText } from '../../../domain/networks/inventory';
import { readPortGroups } from '../../../domain/networks/port-groups';
import type { Provider } from '../../../domain/objects';
import { FailureAlert } from '../../parts/FailureAlert';
import { StepHeading } from '../../parts/StepHeading';
import { useGoToStep } from '../../parts/use-go-to-step';
import { useFacts } from '../../use-facts';
import { useTranslate } from '../../use-translate';
import { NetworksForm } from './NetworksForm';
import { useInventory } from './use-inventory';

/** Gives the port groups that VMs use a network in this cluster. */
export const NetworksStep = () => {
  const t = useTranslate();
  return (
    <>
      <StepHeading title={t('Networks')}>
        {t('Each port group that virtual machines use needs a network in the project they come to: a NetworkAttachmentDefinition with its VLAN.')}
      </StepHeading>
      <OfProviders />
    </>
  );
};

const OfProviders = () => {
  const t = useTranslate();
  const goToStep = useGoToStep();
  const { providers } = useFacts('');
  const [chosen, setChosen] = useState<string>();
  switch (providers?.state) {
    case undefined:
    case 'loading':
      return <Skeleton screenreaderText={t('Looking at the cluster…')} />;
    case 'absent':
      return (
        <FailureAlert
          title={t('Migration Toolkit for Virtualization is not installed')}
          text={t('Install its operator from the software catalog, then come back: this page notices it by itself.')}
        />
      );
    case 'failed':
      return <FailureAlert title={t('The providers cannot be shown')} text={failureText(t, providers.failure)} />;
    case 'loaded': {
      const vsphere = providers.items.filter(({ spec, status }) => spec?.type === 'vsphere' && status?.phase === 'Ready');
      const provider = vsphere.find(({ metadata }) => metadata.uid === chosen) ?? vsphere[0];
      if (!provider) {
        return (
          <>
            <Content component="p">{t('The port groups come from a vCenter. Connect one first.')}</Content>
            <Button
              variant="primary"
              onClick={() => {
                goToStep('connection');
              }}
            >
              {t('Connect a vCenter')}
            </Button>
          </>
        );
      }
      return (
        <>
          {vsphere.length > 1 && (
            <FormGroup role="radiogroup" label={t('vCenter')} fieldId="provider">
              {vsphere.map(({ metadata }) => (
                <Radio
                  key={metadata.uid}
                  id={`provider-${metadata.uid ?? ''}`}
                  name="provider"
                  label={metadata.name}
                  isChecked={metadata.uid === provider.metadata.uid}
                  onChange={() => {
                    setChosen(metadata.uid);
                  }}
                />
              ))}
            </FormGroup>
          )}
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
    case 'reading':
      return <Content component="p">{inventoryFailureText(t, { code: 'Loading' })}</Content>;
    case 'failed':
      return (
        <FailureAlert
          title={t('The inventory cannot be read')}
          text={inventoryFailureText(t, inventory.failure)}
          onRetry={again}
        />
      );
    case 'loaded': {
      const portGroups = readPortGroups(inventory.snapshot);
      return portGroups.length === 0 ? (
        <Content component="p">{t('This vCenter has no port groups.')}</Content>
      ) : (
        <NetworksForm provider={provider} portGroups={portGroups} />
      );
    }
  }
};
