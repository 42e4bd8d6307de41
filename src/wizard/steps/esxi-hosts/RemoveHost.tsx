import { useMemo } from 'react';
import type { Host } from '../../../domain/objects';
import { undoHostPart } from '../../../domain/undo-parts';
import { useTranslate } from '../../../parts/use-translate';
import { listParts, undoListed } from '../../../work/undo';
import { UndoDialog } from '../../parts/UndoDialog';
import type { Removal } from '../../parts/UndoDialog';

interface RemoveHostProps {
  /** As it was when somebody wanted it gone, with its name in vSphere. */
  readonly host: Host;
  readonly name: string;
  readonly onClose: () => void;
}

/** Lists what goes with a Host of ours, asks, and removes it. A migration that runs keeps it. */
export const RemoveHost = ({ host, name, onClose }: RemoveHostProps) => {
  const t = useTranslate();
  const removal = useMemo((): Removal => {
    const parts = [undoHostPart(host)];
    return {
      list: (cluster) => listParts(cluster, parts),
      undo: (cluster, listed, onProgress) => undoListed(cluster, parts, listed, onProgress),
    };
  }, [host]);
  return (
    <UndoDialog
      removal={removal}
      title={t('Remove {{name}}', { name })}
      about={t(
        'The Host is deleted with its Secret. MTV then copies disks of this host over the management network again. Nothing changes in vSphere.',
      )}
      action={t('Remove what is listed')}
      projects={[host.metadata.namespace ?? '']}
      onClose={onClose}
    />
  );
};
