import { isTrue } from '../conditions';
import type { Condition, Host } from '../objects';
import type { Reading, Sentences } from '../reading';
import { readTestFailure } from '../connection/test-failure';

/** What MTV says of a Host. `SecretGone` is told by the Secret's owner as well; the rest are its conditions (docs/facts/forklift.md §5). */
export type HostReason =
  | 'Ready'
  | 'Unchecked'
  | 'InMaintenance'
  | 'NotGreen'
  | 'RefNotValid'
  | 'SecretNotValid'
  | 'ConnectionTestFailed'
  | 'NotHealthy'
  | 'Blocked';

const reasonOf: Readonly<Record<string, HostReason>> = {
  RefNotValid: 'RefNotValid',
  SecretNotValid: 'SecretNotValid',
  ConnectionTestFailed: 'ConnectionTestFailed',
  NotHealthy: 'NotHealthy',
};

/** What a Host's status means. MTV calls a Host Ready with a warning too. */
export const readHost = ({ status }: Host): Reading<HostReason> => {
  const present = (status?.conditions ?? []).filter((each) => each.status === 'True');
  const serious = present.find(({ category }) => category === 'Critical' || category === 'Error');
  if (serious) return blockedBy(serious);
  const has = (...types: readonly string[]) => present.some(({ type }) => types.includes(type));
  if (has('InMaintenance', 'Unavailable')) return { state: 'warning', reason: 'InMaintenance', params: {} };
  if (!isTrue(status, 'Ready')) return { state: 'waiting', reason: 'Unchecked', params: {} };
  return has('HostStatusNotGreen')
    ? { state: 'warning', reason: 'NotGreen', params: {} }
    : { state: 'ready', reason: 'Ready', params: {} };
};

const blockedBy = ({ type, message = '' }: Condition): Reading<HostReason> => ({
  state: 'blocked',
  reason: reasonOf[type] ?? 'Blocked',
  params: { type, message },
});

/** What each means, and what to do about it. */
export const hostTexts: Sentences<HostReason> = {
  Ready: (t) => t('Ready: MTV copies disks from the host directly.'),
  Unchecked: (t) => t('MTV has not looked at the host yet.'),
  InMaintenance: (t) => t('The host is in maintenance mode.'),
  NotGreen: (t) => t('Ready. vCenter reports a warning of this host.'),
  RefNotValid: (t) => t('vCenter has no such host anymore. Remove this.'),
  SecretNotValid: (t) => t('The Secret with the credentials is gone or incomplete. Enter user and password again.'),
  ConnectionTestFailed: (t, { message = '' }) => {
    const text = String(message);
    return /incorrect user name or password/i.test(text)
      ? t('The host rejects the user or the password. Rotate the credentials.')
      : t('MTV cannot connect to the host: {{message}}', { message: readTestFailure(text).text(t) });
  },
  NotHealthy: (t) => t('vCenter reports a failure (red). MTV does not migrate from it until the alarm is cleared.'),
  Blocked: (t, { type = '', message = '' }) => t('MTV reports {{type}}: {{message}}', { type, message }),
};
