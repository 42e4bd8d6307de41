/** What opens an archive's server: Basic authentication, or a bearer token. */
export type Credentials = { readonly user: string; readonly password: string } | { readonly token: string };

/** Which proxy leads outside: URLs, and a comma-separated list of what is reached without one. Empty or left out: none. */
export interface ProxySettings {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  readonly noProxy?: string | undefined;
}

/** An archive on a server, and how to come there. */
export interface ArchiveSource {
  /** http or https, without a user. */
  readonly url: string;
  /** Sent to the origin of `url` and to no other. */
  readonly credentials?: Credentials | undefined;
  /** Certificates in PEM that are trusted beside those of the host; empty: none. */
  readonly ca: string;
  readonly proxy: ProxySettings;
}

/** The name of the file, as the path of its URL ends. Query and fragment, which may be secret, are not in it. */
export const fileNameOf = (url: string): string => /^[^?#]*\/([^/?#]+)(?:[?#]|$)/.exec(url)?.[1] ?? 'archive';
