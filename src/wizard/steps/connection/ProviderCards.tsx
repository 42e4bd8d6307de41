import { Content, List, ListItem, Skeleton } from '@patternfly/react-core';
import { isGone, secretOf } from '../../../domain/checks/mtv-needs';
import type { Purpose } from '../../../domain/connection/draft';
import { lastWordOf, readProvider } from '../../../domain/connection/provider-status';
import type { Waiting } from '../../../domain/connection/provider-status';
import { failureText } from '../../../domain/failure';
import type { Provider } from '../../../domain/objects';
import { FailureAlert } from '../../parts/FailureAlert';
import { MtvAbsent } from '../../parts/MtvAbsent';
import { useProviders } from '../../use-facts';
import { useGone } from '../../use-gone';
import { useTranslate } from '../../../parts/use-translate';
import type { Corrected } from './connecting';
import { ProviderCard } from './ProviderCard';
import { useNow } from './use-now';

interface ProviderCardsProps {
  /** What was corrected last, which MTV may not have looked at yet. */
  readonly corrected: Corrected | undefined;
  /** Somebody wants to change something of a Provider. */
  readonly onChange: (purpose: Exclude<Purpose, 'new'>, provider: Provider) => void;
  /** Somebody wants a Provider gone. */
  readonly onRemove: (provider: Provider) => void;
}

/** The vSphere Providers that the user may see, in whatever project, as MTV sees them right now. */
export const ProviderCards = ({ corrected, onChange, onRemove }: ProviderCardsProps) => {
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
      return <MtvAbsent />;
    case 'failed':
      return <FailureAlert title={t('The providers cannot be shown')} text={failureText(t, providers.failure)} />;
    case 'loaded': {
      if (vsphere.length === 0) return <Content component="p">{t('No vSphere provider is connected.')}</Content>;
      return (
        <List isPlain aria-label={t('vSphere providers')}>
          {vsphere.map((provider) => {
            const isSecretGone = gone.state === 'loaded' && isGone(provider, gone.items);
            return (
              <ListItem key={provider.metadata.uid}>
                <ProviderCard
                  provider={provider}
                  reading={readProvider(provider, { ...waitingFor(provider, corrected, now), isSecretGone })}
                  isSecretGone={isSecretGone}
                  onChange={(purpose) => {
                    onChange(purpose, provider);
                  }}
                  onRemove={() => {
                    onRemove(provider);
                  }}
                />
              </ListItem>
            );
          })}
        </List>
      );
    }
  }
};

const waitingFor = (provider: Provider, corrected: Corrected | undefined, now: number): Waiting => {
  const since = (time: number): number => Math.max(0, (now - time) / 1000);
  const lastWord = lastWordOf(provider);
  const seconds = lastWord === undefined ? 0 : since(Date.parse(lastWord));
  if (corrected?.uid !== provider.metadata.uid || !corrected) return { seconds };
  const secondsAgo = since(corrected.at);
  return { seconds: Math.min(seconds, secondsAgo), correction: { ...corrected, secondsAgo } };
};
