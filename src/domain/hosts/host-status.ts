import { isTrue } from '../conditions';
import type { Condition, Host } from '../objects';
import type { Reading } from '../reading';

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
