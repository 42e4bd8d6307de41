import { Checkbox, FormGroup, FormHelperText, HelperText, HelperTextItem, Radio } from '@patternfly/react-core';
import type { ConnectionDraft } from '../../../domain/connection/draft';
import { useTranslate } from '../../../parts/use-translate';
import { OnDemand } from '../../parts/OnDemand';
import { FetchedCertificate } from './FetchedCertificate';
import type { Reading } from './use-reading';

interface TrustFieldsProps {
  readonly draft: ConnectionDraft;
  readonly onChange: (patch: Partial<ConnectionDraft>) => void;
  readonly reading: Reading;
  readonly problemOf: (field: keyof ConnectionDraft) => string | undefined;
  /** Whether not verifying is a choice. */
  readonly canSkip: boolean;
}

/** Most fetch it: who pastes one loads what reads it as well. */
const loadPastedCertificate = () => import('./PastedCertificate').then(({ PastedCertificate }) => PastedCertificate);

/** How vCenter's certificate is to be verified. Not verifying it must be confirmed. */
export const TrustFields = ({ draft, onChange, reading, problemOf, canSkip }: TrustFieldsProps) => {
  const t = useTranslate();
  const problem =
    problemOf('fetched') ?? problemOf('isFetchedConfirmed') ?? problemOf('certificate') ?? problemOf('isSkipConfirmed');
  const choice = (trust: ConnectionDraft['trust'], label: string) => (
    <Radio
      id={`trust-${trust}`}
      name="trust"
      label={label}
      isChecked={draft.trust === trust}
      onChange={() => {
        onChange({ trust });
      }}
    />
  );
  return (
    <FormGroup role="radiogroup" isStack label={t('Certificate')} fieldId="trust">
      {choice('fetch', t('Fetch it from vCenter and compare it'))}
      {draft.trust === 'fetch' && <FetchedCertificate draft={draft} onChange={onChange} />}
      {choice('certificate', t('Verify with this certificate'))}
      {draft.trust === 'certificate' && (
        <OnDemand
          load={loadPastedCertificate}
          props={{ draft, onChange, reading, isInvalid: problemOf('certificate') !== undefined }}
        />
      )}
      {canSkip && choice('skip', t('Do not verify'))}
      {draft.trust === 'skip' && (
        <Checkbox
          id="trust-skip-confirmed"
          aria-describedby="trust-help"
          label={t('I accept that somebody between this cluster and vCenter could read the password and the disks')}
          isChecked={draft.isSkipConfirmed}
          onChange={(_event, isSkipConfirmed) => {
            onChange({ isSkipConfirmed });
          }}
        />
      )}
      <FormHelperText>
        <HelperText id="trust-help" aria-live="polite">
          <HelperTextItem variant={problem === undefined ? 'default' : 'error'}>
            {problem ??
              t(
                'MTV uses it to verify vCenter before it sends the password. MTV 2.11 and later require it unless you skip verification.',
              )}
          </HelperTextItem>
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
};
