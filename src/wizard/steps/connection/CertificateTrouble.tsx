import { certificateFailureText } from '../../../domain/connection/certificate';
import type { CertificateFailure } from '../../../domain/connection/certificate';
import { FailureAlert } from '../../parts/FailureAlert';
import { Outcome } from '../../parts/Outcome';
import { useTranslate } from '../../../parts/use-translate';

/** Why there is no certificate to compare, and what to do. */
export const CertificateTrouble = ({ failure }: { readonly failure: CertificateFailure }) => {
  const t = useTranslate();
  return (
    <Outcome>
      <FailureAlert title={t('No certificate was fetched')} text={certificateFailureText(t, failure)} />
    </Outcome>
  );
};
