import { useTranslate } from '../../parts/use-translate';
import { FailureAlert } from './FailureAlert';

/** A chunk of the page could not be fetched. */
export const NotLoaded = ({ onRetry }: { readonly onRetry: () => void }) => {
  const t = useTranslate();
  return (
    <FailureAlert
      title={t('This part of the page could not be loaded')}
      text={t(
        'Retry. If that does not help, Migration Prep was probably updated: reload the page. Reloading discards what you typed and ends a running upload.',
      )}
      onRetry={onRetry}
    />
  );
};
