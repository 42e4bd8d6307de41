import { Alert } from '@patternfly/react-core';
import type { HostRow } from '../../../domain/hosts/draft';
import { Outcome } from '../../parts/Outcome';
import { useTranslate } from '../../../parts/use-translate';
import type { Setting } from './use-setting';

interface HostsOutcomeProps {
  readonly rows: readonly HostRow[];
  readonly setting: Setting;
}

/** How setting hosts went, as a whole. What each came to stands at its row. */
export const HostsOutcome = ({ rows, setting: { isBusy, progress } }: HostsOutcomeProps) => {
  const t = useTranslate();
  const all = Object.entries(progress);
  if (all.length === 0) return null;
  const done = all.filter(([, { state }]) => state === 'done').length;
  const failed = all.filter(([, { state }]) => state === 'failed').map(([id]) => id);
  const leftovers = all.flatMap(([, each]) => (each.state === 'failed' ? (each.leftover ?? []) : []));
  const isRejected = all.some(([, each]) => each.state === 'failed' && each.failure.code === 'WrongCredentials');
  const names = failed.map((id) => rows.find(({ esxi }) => esxi.id === id)?.esxi.name ?? id).join(', ');
  const counts = { done, total: all.length };
  return (
    <Outcome>
      {isBusy ? (
        <Alert isInline isLiveRegion component="h3" variant="info" title={t('Signing in to the hosts…')} />
      ) : (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant={failed.length === 0 ? 'success' : 'danger'}
          title={t('{{done}} of {{total}} hosts are set', counts)}
        >
          {failed.length > 0 &&
            t(
              'Not set: {{names}}. The reason stands at each of them. They are still selected: correct it, then set them.',
              {
                names,
              },
            )}{' '}
          {isRejected && t('Make sure of the password first: each wrong try counts toward the lock of the account.')}
        </Alert>
      )}
      {leftovers.map((name) => (
        <Alert
          key={name}
          isInline
          isLiveRegion
          component="h3"
          variant="warning"
          title={t('Secret {{name}} with the password still exists', { name })}
        >
          {t('It could not be deleted. Set the host again, or delete the Secret yourself.')}
        </Alert>
      ))}
    </Outcome>
  );
};
