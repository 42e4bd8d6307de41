import type { ConvergeFailure, DryRunFailure } from '../converge';
import type { ClusterFailure } from '../failure';
import { failureText } from '../failure';
import type { Right } from '../cluster';
import { missingRightsText } from '../rights';
import type { Translate } from '../translate';
import type { CertificateFailure } from './certificate';
import { certificateFailureText, noAnswerText } from './certificate';
import type { ConnectProblem } from './connect-wish';
import { connectProblemText } from './connect-wish';

/**
 * Why nothing was stored. `OutOfReach`: MTV's service cannot reach the address. `NoAnswer`: MTV's webhook waited for vCenter for so many
 * seconds. `ProjectMissing`: whether vCenter takes the credentials was not tried.
 */
export type Refusal =
  | { readonly code: 'WrongCredentials' | 'Cancelled' }
  | { readonly code: 'Taken'; readonly problem: ConnectProblem }
  | { readonly code: 'OutOfReach'; readonly failure: CertificateFailure }
  | { readonly code: 'NoAnswer'; readonly seconds: number }
  | { readonly code: 'RightsMissing'; readonly rights: readonly Right[] }
  | { readonly code: 'ProjectMissing'; readonly failure: ClusterFailure }
  | { readonly code: 'Failed'; readonly failure: ClusterFailure };

/** For how long the API server waits for a webhook of MTV (docs/facts/forklift.md §2). */
const webhookSeconds = 30;

/** What it means that a dry run of the connection stopped. */
export const readRefusal = (stopped: DryRunFailure<ConnectProblem>): Refusal => {
  switch (stopped.code) {
    case 'Refused':
      return { code: 'Taken', problem: stopped.problem };
    case 'RightsMissing':
      return stopped;
    case 'ReadFailed':
      return { code: 'Failed', failure: stopped.failure };
    case 'WriteFailed': {
      const { change, failure } = stopped;
      if (failure.code === 'Cancelled') return { code: 'Cancelled' };
      if (change.verb === 'create' && failure.code === 'NotFound') return { code: 'ProjectMissing', failure };
      if (change.kind === 'secrets' && isTryOfMtv(failure)) return { code: 'NoAnswer', seconds: webhookSeconds };
      return isRefusedLogin(stopped) ? { code: 'WrongCredentials' } : { code: 'Failed', failure };
    }
  }
};

/**
 * Whether MTV's webhook was refused when it logged in with what a Secret holds: by a vCenter, or in vSphere's words by an ESXi host
 * (sandbox/recorded/README.md).
 */
export const isRefusedLogin = (stopped: ConvergeFailure<unknown>): boolean =>
  stopped.code === 'WriteFailed' &&
  stopped.change.kind === 'secrets' &&
  stopped.failure.code === 'Rejected' &&
  /invalid credentials|incorrect user name or password/i.test(stopped.failure.message);

/** MTV's own webhook did not end: it logs in to vCenter, and dials without any limit (docs/facts/forklift.md, corrections). */
const isTryOfMtv = ({ code, message }: ClusterFailure): boolean =>
  code === 'WebhookTimeout' && /webhook "[^"]*forklift/.test(message);

/** Why nothing was stored, and what to do. */
export const refusalText = (t: Translate, refusal: Refusal): string => {
  switch (refusal.code) {
    case 'WrongCredentials':
      return t('vCenter rejected the user or the password.');
    case 'Taken':
      return connectProblemText(t, refusal.problem);
    case 'OutOfReach':
      return certificateFailureText(t, refusal.failure);
    case 'NoAnswer':
      return noAnswerText(t, refusal.seconds);
    case 'Cancelled':
      return t('You cancelled it. Nothing was stored.');
    case 'RightsMissing':
      return missingRightsText(t, refusal.rights);
    case 'ProjectMissing':
      return [failureText(t, refusal.failure), t('Until then, the user and the password cannot be checked.')].join(' ');
    case 'Failed':
      return failureText(t, refusal.failure);
  }
};
