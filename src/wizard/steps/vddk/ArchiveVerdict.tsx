import { HelperText, HelperTextItem } from '@patternfly/react-core';
import { archiveProblemText } from '../../../domain/vddk/archive';
import { useTranslate } from '../../../parts/use-translate';
import { ArchiveFacts } from './ArchiveFacts';
import type { Picked } from './ArchivePicker';

interface ArchiveVerdictProps {
  readonly picked: Extract<Picked, { state: 'good' | 'refused' }>;
}

/** What the inspection of a file found. */
export const ArchiveVerdict = ({ picked }: ArchiveVerdictProps) => {
  const t = useTranslate();
  return picked.state === 'good' ? (
    <ArchiveFacts archive={picked.archive} />
  ) : (
    <HelperText>
      <HelperTextItem variant="error">{archiveProblemText(t, picked.failure)}</HelperTextItem>
    </HelperText>
  );
};
