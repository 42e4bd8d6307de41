/** Why MTV could not fetch a server's certificate. `ServerFailed` carries the dial or TLS error of the attempt. */
export type CertificateFailure =
  | { readonly code: 'ServerFailed'; readonly message: string }
  | { readonly code: 'Forbidden' | 'SessionExpired' | 'Unreachable' | 'ServiceAbsent' };
