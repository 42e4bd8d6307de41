import { useRef, useState } from 'react';
import { Alert, Button, Flex, FlexItem, List, ListItem, TextArea } from '@patternfly/react-core';
import { readValidity, validityText } from '../../../domain/connection/certificate';
import type { CertificateFacts } from '../../../domain/connection/certificate';
import type { ConnectionDraft } from '../../../domain/connection/draft';
import { trustedOf } from '../../../domain/connection/check-draft';
import { holdsPrivateKey, pemProblemText } from '../../../domain/connection/pem';
import type { PemProblem } from '../../../domain/connection/pem';
import { useServices } from '../../ServicesContext';
import { useTranslate } from '../../../parts/use-translate';
import { useNow } from './use-now';
import type { Reading } from './use-reading';

interface PastedCertificateProps {
  readonly draft: ConnectionDraft;
  readonly onChange: (patch: Partial<ConnectionDraft>) => void;
  readonly reading: Reading;
  readonly isInvalid: boolean;
}

/** No certificate is longer; a file that is was chosen by mistake. */
const largestFile = 1024 * 1024;

/** Takes certificates as text or as a file, reads them at once and shows what they are. A private key does not even get into the field. */
export const PastedCertificate = ({ draft, onChange, reading, isInvalid }: PastedCertificateProps) => {
  const t = useTranslate();
  const { readCertificates } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const [refused, refuse] = useState<PemProblem>();

  const take = async (files: FileList | null): Promise<void> => {
    const file = files?.[0];
    if (!file) return;
    // A file that has gone since it was chosen cannot be read.
    const content = file.size > largestFile ? undefined : await file.arrayBuffer().catch(() => undefined);
    const outcome = content && (await readCertificates(new Uint8Array(content)));
    refuse(outcome?.ok ? undefined : (outcome?.error ?? 'CertificateNotPem'));
    if (outcome?.ok) onChange({ certificate: outcome.value.pem });
  };

  return (
    <>
      <TextArea
        id="certificate"
        aria-label={t('Certificate in PEM format')}
        aria-describedby="trust-help certificate-refused"
        aria-invalid={isInvalid}
        resizeOrientation="vertical"
        rows={6}
        value={draft.certificate}
        validated={isInvalid ? 'error' : 'default'}
        onChange={(_event, text) => {
          const isKey = holdsPrivateKey(text);
          refuse(isKey ? 'CertificateIsKey' : undefined);
          if (!isKey) onChange({ certificate: text });
        }}
        onDragOver={(event) => {
          event.preventDefault();
        }}
        onDrop={(event) => {
          if (event.dataTransfer.files.length === 0) return;
          event.preventDefault();
          void take(event.dataTransfer.files);
        }}
      />
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('File with the certificate')}
        onChange={({ currentTarget }) => {
          void take(currentTarget.files);
          // The same file, chosen again, is a change to look at again.
          currentTarget.value = '';
        }}
      />
      <Flex>
        <FlexItem>
          <Button variant="secondary" onClick={() => input.current?.click()}>
            {t('Choose a file with the certificate')}
          </Button>
        </FlexItem>
        <FlexItem>{t('or drop it on the field above')}</FlexItem>
      </Flex>
      <div id="certificate-refused">
        {refused && <Alert isInline isLiveRegion component="h4" variant="danger" title={pemProblemText(t, refused)} />}
      </div>
      <FoundCertificates certificates={trustedOf(draft, reading.last)?.certificates ?? []} />
    </>
  );
};

const FoundCertificates = ({ certificates }: { readonly certificates: readonly CertificateFacts[] }) => {
  const t = useTranslate();
  const now = new Date(useNow()).toISOString();
  if (certificates.length === 0) return null;
  return (
    <List isPlain aria-label={t('Certificates found')}>
      {certificates.map((certificate, at) => {
        const { subject, issuer, notAfter } = certificate;
        const validity = readValidity(certificate, now);
        return (
          <ListItem key={`${String(at)} ${subject}`} style={{ overflowWrap: 'anywhere' }}>
            {subject === issuer
              ? t('{{subject}}, signed by itself, valid until {{until}}', { subject, until: notAfter.slice(0, 10) })
              : t('{{subject}}, signed by {{issuer}}, valid until {{until}}', {
                  subject,
                  issuer,
                  until: notAfter.slice(0, 10),
                })}
            {validity !== 'valid' && (
              <Alert isInline isPlain component="h4" variant="warning" title={validityText[validity](t)} />
            )}
          </ListItem>
        );
      })}
    </List>
  );
};
