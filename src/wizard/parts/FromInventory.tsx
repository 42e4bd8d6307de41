import type { ReactNode } from 'react';
import { Button, Content, FormGroup, Radio, Skeleton } from '@patternfly/react-core';
import { failureText } from '../../domain/failure';
import { inventoryFailureText } from '../../domain/networks/inventory';
import type { InventoryFailure } from '../../domain/networks/inventory';
import type { Provider } from '../../domain/objects';
import type { Result } from '../../domain/result';
import { useTranslate } from '../../parts/use-translate';
import { FailureAlert } from './FailureAlert';
import { MtvAbsent } from './MtvAbsent';
import { OnDemand } from './OnDemand';
import { useGoToStep } from './use-go-to-step';
import { useInventory } from './use-inventory';
import { useSource } from './use-source';

interface FromInventoryProps<T> {
  /** Reads of the Provider with this UID what is shown. Always the same function. */
  readonly fetch: (uid: string) => Promise<Result<T, InventoryFailure>>;
  /** What is said where no vCenter is connected. */
  readonly none: string;
  /** What is said while MTV connects to the only one. */
  readonly connecting: (provider: string) => string;
  /** What is shown of a Provider, by what was read. */
  readonly children: (provider: Provider, snapshot: T) => ReactNode;
}

const loadTrouble = async () => (await import('./SourceTrouble')).SourceTrouble;

/** Shows what MTV's inventory has of a vCenter, of several the one that the user chooses; or why there is nothing to show. */
export const FromInventory = <T,>(props: FromInventoryProps<T>) => {
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
          <Content component="p">{props.none}</Content>
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
          {props.connecting(source.provider.metadata.name)}
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
          <OfInventory key={provider.metadata.uid} provider={provider} {...props} />
        </>
      );
    }
  }
};

const OfInventory = <T,>({
  provider,
  fetch,
  children,
}: Pick<FromInventoryProps<T>, 'fetch' | 'children'> & { readonly provider: Provider }) => {
  const t = useTranslate();
  const [inventory, again] = useInventory(provider, fetch);
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
      return children(provider, inventory.snapshot);
  }
};
