import {
  Checkbox,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Radio,
  TextArea,
} from '@patternfly/react-core';
import type { ConnectionDraft } from '../../../domain/connection/draft';
import { useTranslate } from '../../use-translate';

interface TrustFieldsProps {
  readonly draft: ConnectionDraft;
  readonly onChange: (patch: Partial<ConnectionDraft>) => void;
  readonly certificateProblem: string | undefined;
  readonly skipProblem: string | undefined;
}

/** How vCenter's certificate is to be verified. Not verifying it must be confirmed. */
export const TrustFields = ({ draft, onChange, certificateProblem, skipProblem }: TrustFieldsProps) => {
  const t = useTranslate();
  const problem = draft.trust === 'certificate' ? certificateProblem : skipProblem;
  return (
    <FormGroup role="radiogroup" label={t('Certificate')} fieldId="trust">
      <Radio
        id="trust-certificate"
        name="trust"
        label={t('Verify with this certificate')}
        isChecked={draft.trust === 'certificate'}
        onChange={() => {
          onChange({ trust: 'certificate' });
        }}
      />
      {draft.trust === 'certificate' && (
        <TextArea
          id="certificate"
          aria-label={t('Certificate in PEM format')}
          aria-describedby="trust-help"
          aria-invalid={certificateProblem !== undefined}
          resizeOrientation="vertical"
          rows={6}
          value={draft.certificate}
          validated={certificateProblem === undefined ? 'default' : 'error'}
          onChange={(_event, certificate) => {
            onChange({ certificate });
          }}
        />
      )}
      <Radio
        id="trust-skip"
        name="trust"
        label={t('Do not verify')}
        isChecked={draft.trust === 'skip'}
        onChange={() => {
          onChange({ trust: 'skip' });
        }}
      />
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
            {problem ?? t("vCenter's own certificate, or that of the authority that signed it. From MTV 2.11 on one of them is needed.")}
          </HelperTextItem>
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
};
