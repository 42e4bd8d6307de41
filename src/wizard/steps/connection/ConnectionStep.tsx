import { useEffect, useRef, useState } from 'react';
import { Alert, Button } from '@patternfly/react-core';
import { draftFor, emptyConnection } from '../../../domain/connection/draft';
import type { ConnectionDraft } from '../../../domain/connection/draft';
import type { Provider } from '../../../domain/objects';
import { OnDemand } from '../../parts/OnDemand';
import { Outcome } from '../../parts/Outcome';
import { StepHeading } from '../../parts/StepHeading';
import { useDraft } from '../../parts/use-draft';
import { useProviders } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';
import { useConnecting } from './connecting';
import { ProviderCards } from './ProviderCards';

const loadRemoval = async () => (await import('./RemoveProvider')).RemoveProvider;
const loadForm = async () => (await import('./ConnectionForm')).ConnectionForm;

/** The vCenters that are connected, and the form for another one or for a change, on request. Where there is none, the form is shown at once. */
export const ConnectionStep = () => {
  const t = useTranslate();
  const { providers } = useProviders();
  const [draft, change] = useDraft<ConnectionDraft>('connection', emptyConnection);
  const [{ isBusy, isSaved, corrected }, note] = useConnecting();
  const [opened, setOpened] = useState(0);
  // Not the card's: it goes with its Provider, and what came of it is still to be said.
  const [removing, setRemoving] = useState<Provider>();

  const isThere = providers.state === 'loaded' && providers.items.some(({ spec }) => spec?.type === 'vsphere');
  const isKnown = providers.state === 'loaded' || providers.state === 'failed';
  const isOpen = isKnown && (isBusy || draft !== emptyConnection || (!isThere && !isSaved));

  const open = (next: ConnectionDraft): void => {
    change({ ...next });
    setOpened(opened + 1);
    note({ isSaved: false, ...(!isBusy && { run: { state: 'idle' }, refusal: undefined, withdrawal: undefined }) });
  };

  // The button that was pressed goes away with the form: the keyboard goes on at what came of it.
  const saved = useRef<HTMLDivElement>(null);
  const wasSaved = useRef(isSaved);
  useEffect(() => {
    if (isSaved && !wasSaved.current && !isOpen) saved.current?.focus();
    wasSaved.current = isSaved;
  }, [isSaved, isOpen]);

  return (
    <>
      <StepHeading title={t('Connection')} help="connection">
        {t(
          'The vCenter that has the virtual machines to migrate. Its credentials are stored in a Secret next to its provider.',
        )}
      </StepHeading>
      <ProviderCards
        corrected={corrected}
        onChange={(purpose, provider) => {
          open(draftFor(purpose, provider));
        }}
        onRemove={setRemoving}
      />
      {removing && (
        <OnDemand
          load={loadRemoval}
          props={{
            provider: removing,
            onClose: () => {
              setRemoving(undefined);
              note({ isSaved: false });
            },
          }}
        />
      )}
      {isSaved && (
        <Outcome block="center">
          <div ref={saved} tabIndex={-1}>
            <Alert
              isInline
              isLiveRegion
              component="h3"
              variant="info"
              title={t('Saved. MTV is connecting. Its answer appears above.')}
            />
          </div>
        </Outcome>
      )}
      {isOpen && <OnDemand load={loadForm} props={{ isAsked: isThere, opened }} />}
      {isKnown && !isOpen && (
        <div>
          <Button
            variant="secondary"
            onClick={() => {
              open({ ...emptyConnection });
            }}
          >
            {t('Connect another vCenter')}
          </Button>
        </div>
      )}
    </>
  );
};
