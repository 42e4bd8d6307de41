import { useTranslate } from '../../parts/use-translate';
import { FailureAlert } from './FailureAlert';

/** A step needs MTV, which is not there. */
export const MtvAbsent = () => {
  const t = useTranslate();
  return (
    <FailureAlert
      title={t('Migration Toolkit for Virtualization is not installed')}
      text={t('Install its operator from the software catalog. This page notices when it is there.')}
    />
  );
};
