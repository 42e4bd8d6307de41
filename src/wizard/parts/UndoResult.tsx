import { Alert, List, ListItem } from '@patternfly/react-core';
import { changeInProjectText, convergeFailureText } from '../../domain/converge-text';
import { keptText } from '../../domain/undoing';
import { useTranslate } from '../../parts/use-translate';
import type { Undone } from '../../work/undo';
import { FailureAlert } from './FailureAlert';

/** How undoing ended, as the cluster was read afterwards. */
export const UndoResult = ({ undone, onRetry }: { readonly undone: Undone; readonly onRetry: () => void }) => {
  const t = useTranslate();
  const { spared, held, staying, failures } = undone;
  const title = t('This was not finished');
  return (
    <>
      {failures.map((failure) => (
        <FailureAlert
          key={JSON.stringify(failure)}
          title={title}
          text={convergeFailureText<never>(t, failure, () => '')}
          onRetry={onRetry}
        />
      ))}
      {staying.map((text) => (
        <FailureAlert key={text(t)} title={title} text={text(t)} onRetry={onRetry} />
      ))}
      {held.length > 0 && (
        <Alert isInline isLiveRegion component="h2" variant="warning" title={t('Not everything is gone yet')}>
          <List>
            {held.map(({ change, by }) => (
              <ListItem key={JSON.stringify(change)}>
                {changeInProjectText(t, change)}:{' '}
                {by
                  ? t('it is being deleted, and waits for {{finalizers}}.', {
                      finalizers: by.length > 0 ? by.join(', ') : t('the cluster'),
                    })
                  : t('whether it is gone could not be seen.')}
              </ListItem>
            ))}
          </List>
        </Alert>
      )}
      {spared.length > 0 && (
        <Alert
          isInline
          isLiveRegion
          component="h2"
          variant="warning"
          title={t('Somebody needs something of it by now')}
        >
          <List>
            {spared.map(({ kind, object: { metadata }, reason }) => (
              <ListItem key={`${kind} ${metadata.uid ?? ''}`}>
                {metadata.name}: {keptText(t, reason)}
              </ListItem>
            ))}
          </List>
        </Alert>
      )}
      {failures.length + staying.length + held.length === 0 && (
        <Alert
          isInline
          isLiveRegion
          component="h2"
          variant="success"
          title={
            spared.length > 0
              ? t('Done: the rest is gone or set back.')
              : t('Done: what was listed is gone or set back.')
          }
        />
      )}
    </>
  );
};
