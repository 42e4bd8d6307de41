import { Button, Content, List, ListItem, Skeleton } from '@patternfly/react-core';
import { isGone, secretOf } from '../../../domain/checks/mtv-needs';
import { lastWordOf, readProvider } from '../../../domain/connection/provider-status';
import type { ProviderReading, Waiting } from '../../../domain/connection/provider-status';
import { providerTexts } from '../../../domain/connection/provider-texts';
import { failureText } from '../../../domain/failure';
import type { Provider } from '../../../domain/objects';
import { isOurs, releaseOf } from '../../../domain/ownership';
import { FailureAlert } from '../../parts/FailureAlert';
import { ManagedByValues } from '../../parts/ManagedByValues';
import { StateIcon } from '../../../parts/StateIcon';
import { useMtvProject } from '../../MtvProjectContext';
import { useProviders } from '../../use-facts';
import { useGone } from '../../use-gone';
import { useTranslate } from '../../../parts/use-translate';
import type { Corrected } from './use-connect';
import { useNow } from './use-now';

interface ProviderListProps {
  /** What was corrected last, which MTV may not have looked at yet. */
  readonly corrected: Corrected | undefined;
  readonly onCorrect: (provider: Provider) => void;
}

/** The vSphere Providers that the user may see, in whatever project, as MTV sees them right now. */
export const ProviderList = ({ corrected, onCorrect }: ProviderListProps) => {
  const t = useTranslate();
  const { providers } = useProviders();
  const now = useNow();
  const vsphere = providers.state === 'loaded' ? providers.items.filter(({ spec }) => spec?.type === 'vsphere') : [];
  const gone = useGone(
    vsphere.flatMap((provider) => secretOf(provider) ?? []),
    corrected?.at,
  );
  switch (providers.state) {
    case 'loading':
      return <Skeleton screenreaderText={t('Checking the cluster…')} />;
    case 'absent':
      return (
        <FailureAlert
          title={t('Migration Toolkit for Virtualization is not installed')}
          text={t('Install its operator from the software catalog. This page notices when it is there.')}
        />
      );
    case 'failed':
      return <FailureAlert title={t('The providers cannot be shown')} text={failureText(t, providers.failure)} />;
    case 'loaded': {
      if (vsphere.length === 0) return <Content component="p">{t('No vSphere provider is connected.')}</Content>;
      return (
        <List isPlain aria-label={t('vSphere providers')} aria-live="polite">
          {vsphere.map((provider) => (
            <ListItem key={provider.metadata.uid}>
              <ProviderItem
                provider={provider}
                reading={readProvider(provider, {
                  ...waitingFor(provider, corrected, now),
                  isSecretGone: gone.state === 'loaded' && isGone(provider, gone.items),
                })}
                onCorrect={onCorrect}
              />
            </ListItem>
          ))}
        </List>
      );
    }
  }
};

interface ProviderItemProps extends Pick<ProviderListProps, 'onCorrect'> {
  readonly provider: Provider;
  readonly reading: ProviderReading;
}

const ProviderItem = ({ provider, reading, onCorrect }: ProviderItemProps) => {
  const t = useTranslate();
  const { name, namespace = '' } = provider.metadata;
  const { name: mtv } = useMtvProject();
  const { text, remedy } = providerTexts[reading.reason];
  const release = releaseOf(provider);
  return (
    <>
      <StateIcon state={reading.state} /> <strong>{name}</strong>{' '}
      {namespace !== mtv && t('(project {{project}})', { project: namespace })} {text(t, reading.params)}{' '}
      {/* What is declared is corrected where it is declared. */}
      {release === undefined && remedy?.(t, reading.params, mtv)}
      {reading.isInsecure && ` ${t('The certificate is not verified.')}`}{' '}
      {release && <ManagedByValues release={release} />}
      {isOurs(provider) && release === undefined && (
        <Button
          variant="link"
          isInline
          onClick={() => {
            onCorrect(provider);
          }}
        >
          {t('Correct {{name}}', { name })}
        </Button>
      )}
    </>
  );
};

const waitingFor = (provider: Provider, corrected: Corrected | undefined, now: number): Waiting => {
  const since = (time: number): number => Math.max(0, (now - time) / 1000);
  const lastWord = lastWordOf(provider);
  const seconds = lastWord === undefined ? 0 : since(Date.parse(lastWord));
  if (corrected?.uid !== provider.metadata.uid || !corrected) return { seconds };
  const secondsAgo = since(corrected.at);
  return { seconds: Math.min(seconds, secondsAgo), correction: { ...corrected, secondsAgo } };
};
