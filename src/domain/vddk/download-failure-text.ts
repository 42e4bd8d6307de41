import type { Translate } from '../translate';
import type { DownloadFailure } from './download-failure';

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

/** Why the archive could not be had from `vddk.archiveUrl`, and what to do. */
export const downloadFailureText = (t: Translate, failure: DownloadFailure): string => {
  switch (failure.code) {
    case 'BadUrl':
      return t(
        'vddk.archiveUrl is not an address of a file. It begins with https://, and it contains no user and no password. Put these into a Secret, and name it in vddk.secret.',
      );
    case 'CredentialsInClear':
      return t(
        'vddk.archiveUrl begins with http://, so the credentials of vddk.secret would be sent unencrypted. Use https://, or remove vddk.secret.',
      );
    case 'NameUnknown':
      return t('The name {{host}} is not known. Check vddk.archiveUrl and the DNS of the cluster.', failure);
    case 'Unreachable':
      return t(
        '{{host}} cannot be reached ({{reason}}). Check vddk.archiveUrl, firewalls, and whether the cluster needs a proxy.',
        failure,
      );
    case 'NoAnswer':
      return t(
        '{{host}} accepts connections but did not answer within {{seconds}} seconds. Check that server.',
        failure,
      );
    case 'Stalled':
      return t(
        '{{host}} stopped sending the archive: nothing came for {{seconds}} seconds, again and again. Check that server and the network.',
        failure,
      );
    case 'TooSlow':
      return t(
        'The archive comes too slowly from {{host}}: {{got}} MiB in {{hours}} hours. Put the archive on a server that is closer to the cluster.',
        { ...failure, got: mebibytes(failure.got) },
      );
    case 'NotFound':
      return t('{{host}} has no such file (404). Check vddk.archiveUrl.', failure);
    case 'Unauthorized':
      return failure.sent
        ? t(
            '{{host}} refused the credentials of vddk.secret ({{status}}). Check user and password, or the token, and that they may read the file.',
            { host: failure.host, status: failure.status },
          )
        : t('{{host}} asks for credentials ({{status}}). Put them into a Secret, and name it in vddk.secret.', {
            host: failure.host,
            status: failure.status,
          });
    case 'ElsewhereUnauthorized':
      return t(
        'vddk.archiveUrl redirects to {{host}}, which asks for credentials ({{status}}). They are sent only to the host in vddk.archiveUrl. Use the final address of the file.',
        failure,
      );
    case 'TooManyRedirects':
      return t('{{host}} redirects again and again, or to nowhere. Use the final address of the file.', failure);
    case 'RedirectToHttp':
      return t(
        'vddk.archiveUrl begins with https://, but it redirects to {{host}} without encryption. That is not followed. Use an https:// address that stays encrypted.',
        failure,
      );
    case 'Refused':
      return t('{{host}} refused to send the archive: HTTP status {{status}}. Check vddk.archiveUrl.', failure);
    case 'Busy':
      return t('{{host}} cannot send the archive at the moment: HTTP status {{status}}. Check that server.', failure);
    case 'CertificateUnknown':
      return t(
        'The certificate of {{host}} is signed by an authority that this cluster does not trust ({{reason}}). Put the certificate of the authority into a ConfigMap, key ca-bundle.crt, and name it in vddk.caBundle.',
        failure,
      );
    case 'CertificateInvalid':
      return t(
        'The certificate of {{host}} is not valid ({{reason}}): it has expired, is not valid yet, or is for another name. Renew it, or correct the host in vddk.archiveUrl.',
        failure,
      );
    case 'TlsFailed':
      return t(
        'No encrypted connection to {{host}} could be made ({{reason}}). Check that it speaks TLS 1.2 or later on that port.',
        failure,
      );
    case 'ProxyUnreachable':
      return t(
        'The proxy {{host}} cannot be reached ({{reason}}). Check the proxy of the cluster, or its list noProxy.',
        failure,
      );
    case 'ProxyRefused':
      return t(
        'The proxy {{host}} refused the connection: HTTP status {{status}}. It must permit the host in vddk.archiveUrl, or that host belongs into the list noProxy.',
        failure,
      );
    case 'BrokenOff':
      return failure.of === undefined
        ? t(
            'The connection to {{host}} was lost after {{got}} MiB, again and again. Check that server and the network.',
            { host: failure.host, got: mebibytes(failure.got) },
          )
        : t(
            'The connection to {{host}} was lost after {{got}} of {{of}} MiB, again and again. Check that server and the network.',
            { host: failure.host, got: mebibytes(failure.got), of: mebibytes(failure.of) },
          );
    case 'TooLarge':
      return t(
        'What {{host}} sends is larger than {{limit}} MiB, far larger than VDDK. Check that vddk.archiveUrl is the address of VMware-vix-disklib-….x86_64.tar.gz.',
        { host: failure.host, limit: Math.round(failure.limit / 2 ** 20) },
      );
    case 'ChangedMeanwhile':
      return t(
        'The file on {{host}} was replaced while it was downloaded. If that was intended, check vddk.sha256. The download begins again by itself.',
        failure,
      );
    case 'Empty':
      return t('{{host}} sent nothing (an empty file). Put the archive there again.', failure);
    case 'Cancelled':
      return t('The download was stopped.');
  }
};
