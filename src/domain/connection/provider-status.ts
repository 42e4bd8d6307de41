import { holding, isTrue } from '../conditions';
import type { Condition, Provider } from '../objects';
import { isOurs } from '../ownership';
import type { Params, Reading } from '../reading';

/** What MTV says of a Provider; the words are in provider-texts.ts. */
export type ProviderReason =
  | 'Connected'
  | 'Connecting'
  | 'ConnectingLong'
  | 'Rechecking'
  | 'RecheckingLong'
  | 'Silent'
  | 'UrlNotValid'
  | 'ConnectionAuthFailed'
  | 'ConnectionTestFailed'
  | 'SecretNotFound'
  | 'SecretIncomplete'
  | 'SecretGone'
  | 'SecretOfOthersGone'
  | 'OtherCondition';

/** `unknown`: MTV says nothing at all. */
export interface ProviderReading extends Reading<ProviderReason, 'ready' | 'waiting' | 'blocked' | 'unknown'> {
  /** The connection works, but is not verified. */
  readonly isInsecure: boolean;
}

/** MTV writes the first status within a second, unless the Secret is missing or the URL cannot be parsed: then never. */
const silentAfterSeconds = 20;

/** Recorded: Ready 5 to 7 seconds after creation, for a small vCenter. */
const lateAfterSeconds = 60;

/** MTV looks at a failed Provider every 3 seconds, and at once when its Secret changes. Later than this, what it says still holds. */
const recheckedAfterSeconds = 15;

/** How long nothing has happened, and what was corrected in between. Seconds. */
export interface Waiting {
  /** Since the Provider was created, corrected, or last said something else. */
  readonly seconds: number;
  readonly correction?: Correction | undefined;
  /** The Secret that it names is known not to be there. MTV says nothing of that: it writes no status any more. */
  readonly isSecretGone?: boolean | undefined;
}

/** A correction that MTV may not have looked at yet. */
export interface Correction {
  readonly secondsAgo: number;
  /** Version of the Provider before the correction: as long as it has that version, MTV has said nothing new. */
  readonly providerVersion: string | undefined;
  /** Version of the Secret as it was stored. */
  readonly secretVersion: string | undefined;
}

/** Whether a status is about what stood there before a correction. Without this, a refused password would look refused again. */
const isOutdated = ({ metadata, status }: Provider, correction: Correction | undefined): boolean => {
  if (!status?.phase) return false;
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) return true;
  return (
    correction !== undefined &&
    correction.secondsAgo < recheckedAfterSeconds &&
    metadata.resourceVersion === correction.providerVersion &&
    (status.secretResourceVersion === undefined || status.secretResourceVersion !== correction.secretVersion)
  );
};

interface Meaning {
  readonly type: Condition['type'];
  /** Left out: whatever the condition's reason is. */
  readonly because?: string;
  readonly reason: ProviderReason;
}

/** Conditions of MTV 2.12 and what they mean, the most telling first (recorded from the real controller). */
const meanings: readonly Meaning[] = [
  { type: 'UrlNotValid', reason: 'UrlNotValid' },
  { type: 'ConnectionAuthFailed', reason: 'ConnectionAuthFailed' },
  { type: 'ConnectionTestFailed', reason: 'ConnectionTestFailed' },
  { type: 'SecretNotValid', because: 'NotFound', reason: 'SecretNotFound' },
  { type: 'SecretNotValid', reason: 'SecretIncomplete' },
];

/** Reads a Provider. Time only tells why nothing is said, and whether what is said is about a correction. */
export const readProvider = (
  provider: Provider,
  { seconds, correction, isSecretGone = false }: Waiting,
): ProviderReading => {
  const { status } = provider;
  const isInsecure = isTrue(status, 'ConnectionInsecure');
  const say = (state: ProviderReading['state'], reason: ProviderReason, params: Params = {}): ProviderReading => ({
    state,
    reason,
    params,
    isInsecure,
  });
  const isLate = seconds >= lateAfterSeconds;
  if (isOutdated(provider, correction))
    return { ...say('waiting', isLate ? 'RecheckingLong' : 'Rechecking'), isInsecure: false };
  // Recorded: the Provider stays as it was, Ready for instance, and nothing is written any more.
  if (isSecretGone)
    return say('blocked', isOurs(provider) ? 'SecretGone' : 'SecretOfOthersGone', {
      name: provider.spec?.secret?.name ?? '',
    });
  if (status?.phase === 'Ready') return say('ready', 'Connected');
  const told = meaningOf((status?.conditions ?? []).filter((condition) => condition.status === 'True'));
  if (told) return say('blocked', told.reason, told.params);
  if (status?.phase === undefined && seconds >= silentAfterSeconds) return say('unknown', 'Silent');
  return say('waiting', isLate ? 'ConnectingLong' : 'Connecting');
};

/** What the conditions that hold say is wrong; one of a later MTV is told as it says it. */
const meaningOf = (
  conditions: readonly Condition[],
): { readonly reason: ProviderReason; readonly params: Params } | undefined => {
  for (const { type, because, reason } of meanings) {
    const found = conditions.find((each) => each.type === type && (because === undefined || each.reason === because));
    if (found) return { reason, params: { message: found.message ?? '', keys: (found.items ?? []).join(', ') } };
  }
  const serious = conditions.find(({ category }) => category === 'Critical' || category === 'Error');
  return serious && { reason: 'OtherCondition', params: { type: serious.type, message: serious.message ?? '' } };
};

/** The privileges that MTV misses in vSphere; a Provider without them is Ready all the same (docs/facts/forklift.md §1). */
export const missingPrivilegesOf = ({ status }: Provider): readonly string[] => {
  const lacking = holding(status, 'InsufficientPrivileges');
  return lacking ? (lacking.items ?? [lacking.message ?? '']) : [];
};

/** When a Provider last changed what it says, or was created: ISO 8601. */
export const lastWordOf = ({ metadata, status }: Provider): string | undefined =>
  [metadata.creationTimestamp, ...(status?.conditions ?? []).map(({ lastTransitionTime }) => lastTransitionTime)]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
