import {
  Alert,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core';
import { readValidity, validityText } from '../../../domain/connection/certificate';
import type { ServerCertificate } from '../../../domain/connection/certificate';
import { useTranslate } from '../../../parts/use-translate';
import { useNow } from './use-now';

/** What tells a certificate from others, to be compared with what vSphere shows. */
export const CertificateFacts = ({ certificate }: { readonly certificate: ServerCertificate }) => {
  const t = useTranslate();
  const validity = readValidity(certificate, new Date(useNow()).toISOString());
  const { subject, issuer, notBefore, notAfter, sha1, sha256 } = certificate;
  const facts = [
    [t('Subject'), subject],
    [t('Issuer'), subject === issuer ? t('itself (self-signed)') : issuer],
    [t('Valid'), t('{{from}} to {{until}}', { from: dayOf(notBefore), until: dayOf(notAfter) })],
    [t('SHA-1 fingerprint (thumbprint in vSphere)'), sha1],
    [t('SHA-256 fingerprint'), sha256],
  ] as const;
  return (
    <>
      <DescriptionList isCompact aria-label={t('Certificate of the vCenter')}>
        {facts.map(([name, value]) => (
          <DescriptionListGroup key={name}>
            <DescriptionListTerm>{name}</DescriptionListTerm>
            <DescriptionListDescription style={{ overflowWrap: 'anywhere' }}>{value}</DescriptionListDescription>
          </DescriptionListGroup>
        ))}
      </DescriptionList>
      {validity !== 'valid' && <Alert isInline component="h4" variant="warning" title={validityText[validity](t)} />}
    </>
  );
};

const dayOf = (iso: string): string => iso.slice(0, 10);
