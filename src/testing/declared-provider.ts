import type { DeclaredProvider } from '../domain/preparation';

/** A declared Provider: a vCenter whose certificate is not verified. */
export const declaredProvider: DeclaredProvider = {
  name: 'vc',
  namespace: undefined,
  url: 'vcenter.example.com',
  endpoint: 'vcenter',
  secret: 'vcenter',
  trust: { by: 'nothing' },
};
