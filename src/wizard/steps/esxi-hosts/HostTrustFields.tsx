import {
  Checkbox,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Radio,
  TextArea,
} from '@patternfly/react-core';
import { holdsPrivateKey } from '../../../domain/connection/pem';
import type { HostsDraft } from '../../../domain/hosts/draft';
import { useTranslate } from '../../../parts/use-translate';
import type { ProblemOf } from './places';

interface HostTrustFieldsProps {
  readonly draft: HostsDraft;
  readonly onChange: (patch: Partial<HostsDraft>) => void;
  readonly problemOf: ProblemOf;
}

/** By what MTV shall trust the hosts. Not verifying them must be confirmed. */
export const HostTrustFields = ({ draft, onChange, problemOf }: HostTrustFieldsProps) => {
  const t = useTranslate();
  const problem = problemOf('certificate') ?? problemOf('skip');
  const choice = (trust: HostsDraft['trust'], label: string) => (
    <Radio
      id={`esxi-trust-${trust}`}
      name="esxi-trust"
      label={label}
      isChecked={draft.trust === trust}
      onChange={() => {
        onChange({ trust });
      }}
    />
  );
  return (
    <FormGroup role="radiogroup" isStack label={t('Certificate of the ESXi hosts')} fieldId="esxi-trust">
      {choice('vcenter', t('Verify each host by the fingerprint that vCenter knows'))}
      {choice('certificate', t('Verify with this certificate'))}
      {draft.trust === 'certificate' && (
        <TextArea
          id="esxi-certificate"
          aria-label={t('Certificate in PEM format')}
          aria-describedby="esxi-trust-help"
          aria-invalid={problemOf('certificate') !== undefined}
          resizeOrientation="vertical"
          rows={6}
          value={draft.certificate}
          validated={problemOf('certificate') === undefined ? 'default' : 'error'}
          onChange={(_event, certificate) => {
            // A private key does not even get into the field.
            if (!holdsPrivateKey(certificate)) onChange({ certificate });
          }}
        />
      )}
      {choice('skip', t('Do not verify'))}
      {draft.trust === 'skip' && (
        <Checkbox
          id="esxi-skip-confirmed"
          aria-describedby="esxi-trust-help"
          label={t('I accept that somebody between this cluster and the hosts could read the password and the disks')}
          isChecked={draft.isSkipConfirmed}
          onChange={(_event, isSkipConfirmed) => {
            onChange({ isSkipConfirmed });
          }}
        />
      )}
      <FormHelperText>
        <HelperText id="esxi-trust-help" aria-live="polite">
          <HelperTextItem variant={problem === undefined ? 'default' : 'error'}>
            {problem ??
              t(
                'MTV reaches a host at its bare IP address. If MTV verifies it, the certificate of the host must name that address, which those that vCenter issues usually do not.',
              )}
          </HelperTextItem>
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
};
