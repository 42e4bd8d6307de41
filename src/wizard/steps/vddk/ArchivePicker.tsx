import { useContext, useEffect, useRef, useState } from 'react';
import {
  Button,
  Content,
  HelperText,
  HelperTextItem,
  MultipleFileUpload,
  MultipleFileUploadContext,
  MultipleFileUploadMain,
} from '@patternfly/react-core';
import type { InspectionFailure, VddkArchive } from '../../../domain/vddk/archive';
import { sizeText } from '../../../domain/vddk/upload-progress';
import { useServices } from '../../ServicesContext';
import { useTranslate } from '../../../parts/use-translate';
import { OnDemand } from '../../parts/OnDemand';

/** A chosen file, and what was found in it. It stays in the page's memory; nothing of it has been sent. */
export type Picked =
  | { readonly state: 'none' }
  | { readonly state: 'inspecting'; readonly file: File }
  | { readonly state: 'good'; readonly file: File; readonly archive: VddkArchive }
  | { readonly state: 'refused'; readonly file: File; readonly failure: InspectionFailure };

/** What the inspection of a file found. */
const loadArchiveVerdict = async () => (await import('./ArchiveVerdict')).ArchiveVerdict;

interface ArchivePickerProps {
  readonly picked: Picked;
  readonly onPick: (picked: Picked) => void;
  readonly problem: string | undefined;
}

/** Takes a file by dialog or by drag and drop, and looks into it at once: off the main thread, and without loading it whole. */
export const ArchivePicker = ({ picked, onPick, problem }: ArchivePickerProps) => {
  const t = useTranslate();
  const read = useInspection(picked, onPick);
  return (
    <>
      <MultipleFileUpload
        isHorizontal
        onFileDrop={(_event, [file]) => {
          if (file) onPick({ state: 'inspecting', file });
        }}
      >
        <MultipleFileUploadMain
          isUploadButtonHidden
          titleText={
            picked.state === 'none'
              ? t('Drop the archive here, or choose it')
              : `${picked.file.name} (${sizeText(t, picked.file.size)})`
          }
        />
        <ChooseButton text={picked.state === 'none' ? t('Choose archive') : t('Choose another archive')} />
      </MultipleFileUpload>
      <div id="vddk-archive-help" aria-live="polite">
        {picked.state === 'refused' ? (
          <OnDemand load={loadArchiveVerdict} props={{ picked }} />
        ) : (
          <HelperText>
            <HelperTextItem variant={problem === undefined ? 'default' : 'error'}>
              {problem ??
                t(
                  'VMware-vix-disklib-….x86_64.tar.gz for Linux, as it was downloaded. Your browser inspects it before anything is sent.',
                )}
            </HelperTextItem>
          </HelperText>
        )}
      </div>
      {picked.state === 'inspecting' && (
        <Content component="p">
          {t('Inspecting the archive: {{read}} of {{total}}', {
            read: sizeText(t, read),
            total: sizeText(t, picked.file.size),
          })}
        </Content>
      )}
      {picked.state === 'good' && <OnDemand load={loadArchiveVerdict} props={{ picked }} />}
    </>
  );
};

/** PatternFly's own button cannot be described by what is said below. */
const ChooseButton = ({ text }: { readonly text: string }) => {
  const { open } = useContext(MultipleFileUploadContext);
  return (
    // What is directly in a grid is stretched.
    <div>
      <Button id="vddk-archive" variant="secondary" aria-describedby="vddk-archive-help" onClick={open}>
        {text}
      </Button>
    </div>
  );
};

/** Inspects the chosen file; answers how many bytes have been read. A step that is left begins anew when it is opened again. */
const useInspection = (picked: Picked, onPick: (picked: Picked) => void): number => {
  const { inspectArchive } = useServices();
  const [read, setRead] = useState(0);
  const show = useRef(onPick);
  useEffect(() => {
    show.current = onPick;
  });
  const file = picked.state === 'inspecting' ? picked.file : undefined;
  useEffect(() => {
    if (!file) return undefined;
    const leave = new AbortController();
    const { signal } = leave;
    setRead(0);
    void inspectArchive(file, { signal, onProgress: setRead }).then((found) => {
      if (signal.aborted) return;
      show.current(
        found.ok ? { state: 'good', file, archive: found.value } : { state: 'refused', file, failure: found.error },
      );
    });
    return () => {
      leave.abort();
    };
  }, [file, inspectArchive]);
  return read;
};
