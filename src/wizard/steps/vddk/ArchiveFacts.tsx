import { Alert } from '@patternfly/react-core';
import { archiveWarningText } from '../../../domain/vddk/archive';
import type { VddkArchive } from '../../../domain/vddk/archive';
import { sizeText } from '../../../domain/vddk/upload-progress';
import { useTranslate } from '../../../parts/use-translate';

/** What the browser found in an archive that can be used. */
export const ArchiveFacts = ({ archive }: { readonly archive: VddkArchive }) => {
  const t = useTranslate();
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
      {warnings.map((warning) => (
        <Alert key={warning.code} isInline component="h3" variant="warning" title={archiveWarningText(t, warning)} />
      ))}
    </>
  );
};
