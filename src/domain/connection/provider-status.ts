import type { Condition, Provider } from '../objects';
import { isOurs } from '../ownership';
import type { Text, Translate } from '../translate';
import { readTestFailure } from './test-failure';

/** What to do, in a text that may name MTV's project. */
export type Remedy = (t: Translate, mtv: string) => string;

/** What MTV says of a Provider, in plain words, with what to do. */
export interface ProviderStatus {
  readonly state: 'ready' | 'connecting' | 'failed' | 'silent';
  readonly text: Text;
  readonly remedy?: Remedy;
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
  readonly reason?: string;
  readonly text: (t: Translate, condition: Condition) => string;
  readonly remedy: (t: Translate, condition: Condition) => string;
}

/** Conditions in the words of MTV 2.12 and what they mean, the most telling first (recorded from the real controller). */
const meanings: readonly Meaning[] = [
  {
    type: 'UrlNotValid',
    text: (t) => t('The address is missing or cannot be read.'),
    remedy: (t) => t('Enter the address of the vCenter and connect.'),
  },
  {
    type: 'ConnectionAuthFailed',
    text: (t) => t('vCenter rejected the user or the password.'),
    remedy: (t) =>
      t('Correct them and connect again. MTV does not retry on its own, so the account does not get locked.'),
  },
  {
    type: 'ConnectionTestFailed',
    text: (t, { message = '' }) => readTestFailure(message).text(t),
    remedy: (t, { message = '' }) => readTestFailure(message).remedy(t),
  },
  {
    type: 'SecretNotValid',
    reason: 'NotFound',
    text: (t) => t('The Secret with the credentials is gone.'),
    remedy: (t) => t('Enter the credentials again and connect.'),
  },
  {
    type: 'SecretNotValid',
    text: (t, { items = [] }) =>
      items.length > 0
        ? t('The Secret lacks what MTV needs: {{keys}}.', { keys: items.join(', ') })
        : t('The Secret lacks something that MTV needs.'),
    remedy: (t) => t('Enter the user, password and certificate again and connect.'),
  },
];

/** Reads a Provider. Time only tells why nothing is said, and whether what is said is about a correction. */
export const readProvider = (
  provider: Provider,
  { seconds, correction, isSecretGone = false }: Waiting,
): ProviderStatus => {
  const { status } = provider;
  const conditions = (status?.conditions ?? []).filter((condition) => condition.status === 'True');
  const isInsecure = conditions.some(({ type }) => type === 'ConnectionInsecure');
  const late = seconds >= lateAfterSeconds && { remedy: lateRemedy };
  if (isOutdated(provider, correction)) {
    return { state: 'connecting', text: (t) => t('MTV is checking the correction.'), ...late, isInsecure: false };
  }
  if (isSecretGone) return { ...secretGone(provider), isInsecure };
  if (status?.phase === 'Ready') return { state: 'ready', text: (t) => t('Connected'), isInsecure };
  for (const meaning of meanings) {
    const condition = conditions.find((each) => means(meaning, each));
    if (condition)
      return {
        state: 'failed',
        text: (t) => meaning.text(t, condition),
        remedy: (t) => meaning.remedy(t, condition),
        isInsecure,
      };
  }
  const serious = conditions.find(({ category }) => category === 'Critical' || category === 'Error');
  if (serious) {
    const { text, remedy } = unforeseen(serious);
    return { state: 'failed', text: (t) => text(t, serious), remedy, isInsecure };
  }
  if (status?.phase === undefined && seconds >= silentAfterSeconds) {
    return {
      state: 'silent',
      text: (t) => t('MTV reports no state for this provider.'),
      remedy: (t, project) =>
        t(
          'Its Secret is missing, its address cannot be read, or MTV is not running. Enter the address and credentials again, and check the pods in {{project}}.',
          { project },
        ),
      isInsecure,
    };
  }
  return { state: 'connecting', text: (t) => t('MTV is connecting and reading the inventory.'), ...late, isInsecure };
};

/** Recorded: the Provider stays as it was, Ready for instance, and nothing is written any more. */
const secretGone = (provider: Provider): Pick<ProviderStatus, 'state' | 'text' | 'remedy'> => ({
  state: 'failed',
  text: (t) =>
    t(
      'Its Secret {{name}} with the credentials is gone. MTV does not report this, but needs the Secret for every migration.',
      {
        name: provider.spec?.secret?.name ?? '',
      },
    ),
  remedy: (t) =>
    isOurs(provider)
      ? t('Enter the credentials again and connect.')
      : t('Create the Secret again, or recreate the provider where it was created.'),
});

const lateRemedy: Remedy = (t, project) =>
  t('If this takes more than a few minutes, check the log of the pod forklift-controller in {{project}}.', { project });

/** When a Provider last changed what it says, or was created: ISO 8601. */
export const lastWordOf = ({ metadata, status }: Provider): string | undefined =>
  [metadata.creationTimestamp, ...(status?.conditions ?? []).map(({ lastTransitionTime }) => lastTransitionTime)]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);

/** What a failed connection test means and what to do: the same words wherever MTV tried to reach a server. */
export const explainTestFailure = (t: Translate, message: string): string => {
  const { text, remedy } = readTestFailure(message);
  return `${text(t)} ${remedy(t)}`;
};

/** A condition of a later MTV: shown as it says it. */
const unforeseen = ({
  type,
  message = '',
}: Condition): { readonly text: (t: Translate, condition: Condition) => string; readonly remedy: Text } => ({
  text: (t) => t('MTV reports {{type}}: {{message}}', { type, message }),
  remedy: (t) => t('Correct the provider and connect again.'),
});

const means = ({ type, reason }: Meaning, condition: Condition): boolean =>
  type === condition.type && (reason === undefined || reason === condition.reason);
