import type { Params } from '../reading';
import type { Translate } from '../translate';
import type { ProviderReason } from './provider-status';
import { readTestFailure } from './test-failure';

/** A sentence that may name MTV's project. */
type InProject = (t: Translate, params: Params, mtv: string) => string;

interface ProviderText {
  readonly text: (t: Translate, params: Params) => string;
  /** What to do; nothing has to be done without it. */
  readonly remedy?: InProject;
}

const connecting: ProviderText['text'] = (t) => t('MTV is connecting and reading the inventory.');
const rechecking: ProviderText['text'] = (t) => t('MTV is checking the correction.');
const lookAtLog: InProject = (t, _, mtv) =>
  t('If this takes more than a few minutes, check the log of the pod forklift-controller in {{project}}.', {
    project: mtv,
  });
const enterAgain: InProject = (t) => t('Enter the credentials again and connect.');
const secretGone: ProviderText['text'] = (t, params) =>
  t(
    'Its Secret {{name}} with the credentials is gone. MTV does not report this, but needs the Secret for every migration.',
    params,
  );
const messageOf = ({ message = '' }: Params): string => String(message);

/** What each state of a Provider means, and what to do about it. */
export const providerTexts: Readonly<Record<ProviderReason, ProviderText>> = {
  Connected: { text: (t) => t('Connected') },
  Connecting: { text: connecting },
  ConnectingLong: { text: connecting, remedy: lookAtLog },
  Rechecking: { text: rechecking },
  RecheckingLong: { text: rechecking, remedy: lookAtLog },
  Silent: {
    text: (t) => t('MTV reports no state for this provider.'),
    remedy: (t, _, mtv) =>
      t(
        'Its Secret is missing, its address cannot be read, or MTV is not running. Enter the address and credentials again, and check the pods in {{project}}.',
        { project: mtv },
      ),
  },
  UrlNotValid: {
    text: (t) => t('The address is missing or cannot be read.'),
    remedy: (t) => t('Enter the address of the vCenter and connect.'),
  },
  ConnectionAuthFailed: {
    text: (t) => t('vCenter rejected the user or the password.'),
    remedy: (t) =>
      t('Correct them and connect again. MTV does not retry on its own, so the account does not get locked.'),
  },
  ConnectionTestFailed: {
    text: (t, params) => readTestFailure(messageOf(params)).text(t),
    remedy: (t, params) => readTestFailure(messageOf(params)).remedy(t),
  },
  SecretNotFound: { text: (t) => t('The Secret with the credentials is gone.'), remedy: enterAgain },
  SecretIncomplete: {
    text: (t, params) =>
      params.keys === ''
        ? t('The Secret lacks something that MTV needs.')
        : t('The Secret lacks what MTV needs: {{keys}}.', params),
    remedy: (t) => t('Enter the user, password and certificate again and connect.'),
  },
  SecretGone: { text: secretGone, remedy: enterAgain },
  SecretOfOthersGone: {
    text: secretGone,
    remedy: (t) => t('Create the Secret again, or recreate the provider where it was created.'),
  },
  OtherCondition: {
    text: (t, params) => t('MTV reports {{type}}: {{message}}', params),
    remedy: (t) => t('Correct the provider and connect again.'),
  },
};

/** What a failed connection test means and what to do: the same words wherever MTV tried to reach a server. */
export const explainTestFailure = (t: Translate, message: string): string => {
  const { text, remedy } = readTestFailure(message);
  return `${text(t)} ${remedy(t)}`;
};
