import type { ProxySettings } from './proxy';

/** What opens an archive's server: Basic authentication, or a bearer token. */
export type Credentials = { readonly user: string; readonly password: string } | { readonly token: string };

/** An archive on a server, and how to come there. */
export interface ArchiveSource {
  /** http or https, without a user. */
  readonly url: string;
  /** Sent to the origin of `url` and to no other. */
  readonly credentials?: Credentials | undefined;
  /** Certificates in PEM that are trusted beside those of Node; empty: none. */
  readonly ca: string;
  readonly proxy: ProxySettings;
}

/** The value of the header Authorization. */
export const authorizationOf = (credentials: Credentials): string =>
  'token' in credentials
    ? `Bearer ${credentials.token}`
    : `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
