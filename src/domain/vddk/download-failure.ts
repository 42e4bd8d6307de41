/**
 * Why an archive could not be had from its URL. Nothing of a URL but its host is ever in a failure: path and query may be secret.
 *
 * - `BadUrl`: neither http nor https, or it carries a user. `CredentialsInClear`: credentials are given, and the URL is http.
 * - `NameUnknown`, `Unreachable`: no connection; `reason` is the system's word, such as ECONNREFUSED. `NoAnswer`: a connection, and no answer.
 * - `Unauthorized`: 401 or 403; `sent`: with the credentials of the Secret. `ElsewhereUnauthorized`: the same from a host that we were
 *   redirected to, which never gets the credentials.
 * - `RedirectToHttp`: from https, which is not followed. `TooManyRedirects`: more than are followed, or one that leads nowhere.
 * - `Refused`: another status that repeating does not change. `Busy`: 408, 429 or 5xx.
 * - `CertificateUnknown`, `CertificateInvalid` (expired, not valid yet, for another name), `TlsFailed`: no common protocol and the like.
 * - `ProxyUnreachable`, `ProxyRefused`: the proxy, by its host.
 * - `BrokenOff`: it ended before its end, again and again. `Stalled`: it stopped to come. `TooSlow`: it takes longer than we wait in all.
 * - `TooLarge`: more than `limit` bytes, or it has no end. `ChangedMeanwhile`: another file came after an interruption.
 */
export type DownloadFailure =
  | { readonly code: 'BadUrl' | 'CredentialsInClear' | 'Cancelled' }
  | {
      readonly code: 'NameUnknown' | 'TooManyRedirects' | 'RedirectToHttp' | 'NotFound' | 'ChangedMeanwhile' | 'Empty';
      readonly host: string;
    }
  | { readonly code: 'Unreachable' | 'ProxyUnreachable'; readonly host: string; readonly reason: string }
  | { readonly code: 'Unauthorized'; readonly host: string; readonly status: number; readonly sent: boolean }
  | { readonly code: 'ElsewhereUnauthorized'; readonly host: string; readonly status: number }
  | { readonly code: 'Refused' | 'Busy' | 'ProxyRefused'; readonly host: string; readonly status: number }
  | {
      readonly code: 'CertificateUnknown' | 'CertificateInvalid' | 'TlsFailed';
      readonly host: string;
      readonly reason: string;
    }
  | { readonly code: 'NoAnswer' | 'Stalled'; readonly host: string; readonly seconds: number }
  | { readonly code: 'TooSlow'; readonly host: string; readonly hours: number; readonly got: number }
  | {
      readonly code: 'BrokenOff';
      readonly host: string;
      readonly got: number;
      readonly of: number | undefined;
    }
  | { readonly code: 'TooLarge'; readonly host: string; readonly limit: number };

/** Whether the same request may go well a moment later, without anybody's doing. */
export const mayPass = ({ code }: DownloadFailure): boolean =>
  ['NameUnknown', 'Unreachable', 'ProxyUnreachable', 'NoAnswer', 'Stalled', 'BrokenOff', 'Busy'].includes(code);

/** Limits of a download: times in milliseconds, of which only those count in which we wait for the server. */
export interface DownloadLimits {
  /** To a connection, TLS included. */
  readonly connect: number;
  /** From the request to the head of its answer. */
  readonly answer: number;
  /** Between two pieces. */
  readonly idle: number;
  /** In all, over all attempts. */
  readonly whole: number;
  /** Of the file. */
  readonly bytes: number;
  readonly redirects: number;
}
