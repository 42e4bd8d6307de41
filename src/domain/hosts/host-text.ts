import { readTestFailure } from '../connection/test-failure';
import type { Sentences } from '../reading';
import type { HostReason } from './host-status';

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
