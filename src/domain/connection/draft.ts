import type { Provider } from '../objects';
import { isEndpoint } from './endpoint';
import type { Endpoint } from './endpoint';
import type { ServerCertificate } from './certificate';

/**
 * What the form is for. `new`: another Provider. `edit`: one of ours, its address as well. `password`, `certificate`: only that of the Secret
 * that a Provider uses, whoever created it.
 */
export type Purpose = 'new' | 'edit' | 'password' | 'certificate';

/** The Connection step as typed. Holds a password: it stays in memory and is cleared when it has been stored. */
export interface ConnectionDraft {
  readonly purpose: Purpose;
  /** Which kind of server the address leads to. */
  readonly endpoint: Endpoint;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /**
   * `fetch`: the certificate vCenter shows, compared and confirmed. `certificate`: pasted, the server's or its authority's, PEM.
   * `skip`: no verification, which must be confirmed.
   */
  readonly trust: 'fetch' | 'certificate' | 'skip';
  /** What was fetched, and from which address (normalized): it counts only for that one. */
  readonly fetched: { readonly from: string; readonly certificate: ServerCertificate } | undefined;
  readonly isFetchedConfirmed: boolean;
  readonly certificate: string;
  readonly isSkipConfirmed: boolean;
  /** Name of the Provider; empty means the proposal of `providerNameOf`. */
  readonly name: string;
  /** Project of the Provider; empty means where this user keeps Providers. */
  readonly project: string;
  /** The Secret that the Provider names; of a new one `undefined`. */
  readonly secret: { readonly name: string; readonly namespace: string } | undefined;
}

/** The form as it is opened: nothing typed, and the certificate is to be fetched. */
export const emptyConnection: ConnectionDraft = {
  purpose: 'new',
  endpoint: 'vcenter',
  url: '',
  user: '',
  password: '',
  trust: 'fetch',
  fetched: undefined,
  isFetchedConfirmed: false,
  certificate: '',
  isSkipConfirmed: false,
  name: '',
  project: '',
  secret: undefined,
};

/** The form for a Provider that is there: what it has, but for credentials and certificate, which nobody reads. */
export const draftFor = (purpose: Exclude<Purpose, 'new'>, { metadata, spec }: Provider): ConnectionDraft => {
  const { name, namespace = '' } = metadata;
  const { secret, settings, url = '' } = spec ?? {};
  return {
    ...emptyConnection,
    purpose,
    name,
    project: namespace,
    url,
    endpoint: isEndpoint(settings?.sdkEndpoint) ? settings.sdkEndpoint : 'vcenter',
    secret: secret?.name === undefined ? undefined : { name: secret.name, namespace: secret.namespace ?? namespace },
  };
};
