import { Alert } from '@patternfly/react-core';
import { archiveWarningText } from '../../../domain/vddk/archive';
import type { VddkArchive } from '../../../domain/vddk/archive';
import { sizeText } from '../../../domain/vddk/upload-progress';
import { vsphereOf } from '../../../domain/vddk/effective-image';
import { useProviders } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';
import { VersionDoubts } from './VersionDoubts';

/** What the browser found in an archive that can be used. */
export const ArchiveFacts = ({ archive }: { readonly archive: VddkArchive }) => {
  const t = useTranslate();
  const { providers } = useProviders();
  const { version, build, library, files, unpackedBytes, warnings } = archive;
  return (
    <>
      <Alert
        isInline
        isLiveRegion
        component="h3"
        variant="success"
        title={
          build === undefined
            ? t('VDDK {{version}}', { version })
            : t('VDDK {{version}}, build {{build}}', { version, build })
        }
      >
        {t('{{library}} for Linux on x86-64; {{files}} files, {{size}} unpacked.', {
          library,
          files,
          size: sizeText(t, unpackedBytes),
        })}
      </Alert>
      <VersionDoubts
        version={version}
        providers={vsphereOf(providers.state === 'loaded' ? providers.items : [])}
        isNewerMtvSaid
      />
      {warnings.map((warning) => (
        <Alert key={warning.code} isInline component="h3" variant="warning" title={archiveWarningText(t, warning)} />
      ))}
    </>
  );
};
