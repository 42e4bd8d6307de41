import { useMemo } from 'react';
import type { Provider } from '../../../domain/objects';
import { undoProviderPart } from '../../../domain/undo-parts';
import { useTranslate } from '../../../parts/use-translate';
import { listParts, undoListed } from '../../../work/undo';
import { UndoDialog } from '../../parts/UndoDialog';
import type { Removal } from '../../parts/UndoDialog';

interface RemoveProviderProps {
  /** As it was when somebody wanted it gone. */
  readonly provider: Provider;
  readonly onClose: () => void;
}

/** Lists what goes with a Provider of ours, asks, and removes it. What others use stays. */
export const RemoveProvider = ({ provider, onClose }: RemoveProviderProps) => {
  const t = useTranslate();
  const removal = useMemo((): Removal => {
    const parts = [undoProviderPart(provider)];
    return {
      list: (cluster) => listParts(cluster, parts),
      undo: (cluster, listed, onProgress) => undoListed(cluster, parts, listed, onProgress),
    };
  }, [provider]);
  return (
    <UndoDialog
      removal={removal}
      title={t('Remove {{name}}', { name: provider.metadata.name })}
      about={t(
        'The provider is deleted with its Secret and its hosts, as far as Migration Prep created them and nothing else uses them. Nothing changes in vCenter.',
      )}
      action={t('Remove what is listed')}
      projects={[provider.metadata.namespace ?? '']}
      onClose={onClose}
    />
  );
};
