import { useState } from 'react';
import { Button, Checkbox } from '@patternfly/react-core';
import type { CertificateFailure } from '../../../domain/connection/certificate';
import type { ConnectionDraft } from '../../../domain/connection/draft';
import { fetchedOf } from '../../../domain/connection/check-draft';
import { normalizeUrl, urlProblemText } from '../../../domain/connection/url';
import { FailureAlert } from '../../parts/FailureAlert';
import { OnDemand } from '../../parts/OnDemand';
import { Outcome } from '../../parts/Outcome';
import { useServices } from '../../ServicesContext';
import { useTranslate } from '../../../parts/use-translate';

interface FetchedCertificateProps {
  readonly draft: ConnectionDraft;
  readonly onChange: (patch: Partial<ConnectionDraft>) => void;
}

type Fetching =
  | { readonly state: 'resting' }
  | { readonly state: 'busy'; readonly cancel: AbortController }
  | { readonly state: 'failed'; readonly failure: CertificateFailure }
  | { readonly state: 'misaddressed'; readonly text: string };

const loadCertificateFacts = () => import('./CertificateFacts').then(({ CertificateFacts }) => CertificateFacts);

const loadTrouble = () => import('./CertificateTrouble').then(({ CertificateTrouble }) => CertificateTrouble);

/** Fetches the certificate that vCenter shows and asks to compare it: what is compared is what will be trusted. */
export const FetchedCertificate = ({ draft, onChange }: FetchedCertificateProps) => {
  const t = useTranslate();
  const { fetchCertificate } = useServices();
  const [fetching, setFetching] = useState<Fetching>({ state: 'resting' });
  const certificate = fetchedOf(draft);

  const fetch = async (): Promise<void> => {
    const url = normalizeUrl(draft.url);
    if (!url.ok) {
      setFetching({ state: 'misaddressed', text: urlProblemText(t, url.error) });
      return;
    }
    const cancel = new AbortController();
    setFetching({ state: 'busy', cancel });
    const fetched = await fetchCertificate(url.value, cancel.signal);
    setFetching(
      fetched.ok || fetched.error.code === 'Cancelled'
        ? { state: 'resting' }
        : { state: 'failed', failure: fetched.error },
    );
    if (!fetched.ok && fetched.error.code === 'Cancelled') return;
    onChange({
      isFetchedConfirmed: false,
      fetched: fetched.ok ? { from: url.value, certificate: fetched.value } : undefined,
    });
  };

  return (
    <>
      <div>
        <Button
          id="fetch-certificate"
          variant="secondary"
          aria-describedby="trust-help"
          isLoading={fetching.state === 'busy'}
          isDisabled={fetching.state === 'busy'}
          onClick={() => void fetch()}
        >
          {certificate ? t('Fetch again') : t('Fetch certificate')}
        </Button>
        {fetching.state === 'busy' && (
          <Button
            variant="link"
            aria-label={t('Cancel fetching the certificate')}
            onClick={() => {
              fetching.cancel.abort();
            }}
          >
            {t('Cancel')}
          </Button>
        )}
      </div>
      {fetching.state === 'failed' && <OnDemand load={loadTrouble} props={{ failure: fetching.failure }} />}
      {fetching.state === 'misaddressed' && (
        <Outcome>
          <FailureAlert title={t('No certificate was fetched')} text={fetching.text} />
        </Outcome>
      )}
      {certificate && (
        <>
          <OnDemand load={loadCertificateFacts} props={{ certificate }} />
          <Checkbox
            id="trust-fetched-confirmed"
            aria-describedby="trust-help"
            label={t('I have compared it: this is the certificate of my vCenter')}
            isChecked={draft.isFetchedConfirmed}
            onChange={(_event, isFetchedConfirmed) => {
              onChange({ isFetchedConfirmed });
            }}
          />
        </>
      )}
    </>
  );
};
