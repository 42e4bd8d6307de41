import { useTranslate } from '../../../parts/use-translate';
import { listUndo, undo } from '../../../work/undo';
import { UndoDialog } from '../../parts/UndoDialog';
import type { Removal } from '../../parts/UndoDialog';

interface UndoAllProps {
  /** Where to look for users who may not look into the whole cluster. */
  readonly projects: readonly string[];
  readonly onClose: () => void;
}

const everything: Removal = { list: listUndo, undo };

/** Undoes all that Migration Prep made and changed. */
export const UndoAll = (props: UndoAllProps) => {
  const t = useTranslate();
  return (
    <UndoDialog
      {...props}
      removal={everything}
      title={t('Undo')}
      about={t(
        'What Migration Prep created is deleted, and what it changed is set back unless somebody has changed it since. The Secret of a provider goes with it. Nothing else is touched.',
      )}
      action={t('Undo what is listed')}
    />
  );
};
