import type { CertificateFailure } from '../connection/certificate';
import { isRefusedLogin } from '../connection/refusal';
import type { ConvergeFailure } from '../converge';
import { convergeFailureText } from '../converge-text';
import { failureText } from '../failure';
import type { ClusterFailure } from '../failure';
import type { Translate } from '../translate';
import { hostProblemText } from './plan-host';
import type { HostProblem } from './plan-host';

/** Why nothing is known of the certificate that a host shows, or why it is not trusted. Fingerprints are SHA-1. */
export type HostTrustFailure =
  | { readonly code: 'CertificateFailed'; readonly failure: CertificateFailure }
  | { readonly code: 'OtherCertificate'; readonly shown: string; readonly known: string }
  | { readonly code: 'NotComparable'; readonly shown: string };

/**
 * Why a host is not set. The first ones are MTV's tries to log in: it dials the bare address and refuses on every failure
 * (docs/facts/forklift.md §5). `LockedDown`: the host takes nobody but its exception users. `BareAddress`: the certificate does not name
 * the address. `NoAnswer`: nothing answers there.
 */
export type HostFailure =
  | { readonly code: 'WrongCredentials' | 'LockedDown' | 'BareAddress' | 'NoAnswer' }
  | { readonly code: 'Untrusted'; readonly message: string }
  | { readonly code: 'Other'; readonly failure: ConvergeFailure<HostProblem> }
  | HostTrustFailure;

const isSilent = ({ code, message }: ClusterFailure): boolean =>
  code === 'WebhookTimeout' && /webhook "[^"]*forklift/.test(message);

const unreached =
  /connection refused|timeout|deadline exceeded|timed out|no route to host|network is unreachable|host is down|connection reset|\bEOF\s*$/;

/**
 * What it means that a host could not be set. Messages are those of vSphere and of Go's net, crypto/tls and crypto/x509, as MTV's webhook
 * passes them on; its name is gone by then (`cluster/failure.ts`). What nobody here knows keeps its words.
 */
export const readHostFailure = (failure: ConvergeFailure<HostProblem>): HostFailure => {
  if (isRefusedLogin(failure)) return { code: 'WrongCredentials' };
  if (failure.code !== 'WriteFailed' || failure.change.kind !== 'secrets') return { code: 'Other', failure };
  if (isSilent(failure.failure)) return { code: 'NoAnswer' };
  const { code, message } = failure.failure;
  if (code !== 'Rejected') return { code: 'Other', failure };
  if (/permission to perform this operation was denied|NoPermission|lockdown/i.test(message))
    return { code: 'LockedDown' };
  if (/doesn't contain any IP SANs|certificate is (valid for|not valid for any names)|legacy Common Name/.test(message))
    return { code: 'BareAddress' };
  if (/x509: |tls: /.test(message)) return { code: 'Untrusted', message };
  return unreached.test(message) ? { code: 'NoAnswer' } : { code: 'Other', failure };
};

/** Why a host is not set, and what to do. `address`: the one that was tried. */
export const hostFailureText = (t: Translate, address: string, failure: HostFailure): string => {
  switch (failure.code) {
    case 'WrongCredentials':
      return t(
        'The host rejected the user or the password. Correct them for this host. ESXi locks the account for a while after a few wrong tries.',
      );
    case 'LockedDown':
      return t(
        'The host does not let this user in, as in lockdown mode. In vCenter, add the user to the exception users of the host, or end its lockdown mode.',
      );
    case 'BareAddress':
      return t(
        'MTV reaches the host at {{address}}, and the certificate of the host does not name that address. Give the host a certificate that names it, or do not verify.',
        { address },
      );
    case 'NoAnswer':
      return t(
        'Nothing answers at {{address}}. Check the route from the nodes of this cluster to that network, and firewalls for ports 443 and 902.',
        { address },
      );
    case 'Untrusted':
      return t(
        'The certificate of the host is not accepted: {{message}}. Verify with its authority, or do not verify.',
        {
          message: failure.message,
        },
      );
    case 'CertificateFailed':
      return failure.failure.code === 'ServerFailed' || failure.failure.code === 'NoAnswer'
        ? hostFailureText(t, address, { code: 'NoAnswer' })
        : t(
            "MTV's certificate service cannot be asked, so the certificate of the host cannot be compared. Retry, or verify with the certificate of an authority.",
          );
    case 'OtherCertificate':
      return t(
        'What answers at {{address}} shows the certificate {{shown}}, and vCenter knows the host by {{known}}. Find out what is at that address. If the certificate was renewed, reconnect the host in vCenter.',
        { address, shown: failure.shown, known: failure.known },
      );
    case 'NotComparable':
      return t(
        'vCenter does not tell the fingerprint of this host, so its certificate {{shown}} cannot be compared. Verify with the certificate of its authority, or do not verify.',
        { shown: failure.shown },
      );
    case 'Other':
      return failure.failure.code === 'WriteFailed'
        ? failureText(t, failure.failure.failure)
        : convergeFailureText(t, failure.failure, hostProblemText);
  }
};
