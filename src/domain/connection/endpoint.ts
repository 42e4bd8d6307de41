import type { DeclaredProvider } from '../preparation';
import type { Translate } from '../translate';

/** Which kind of server an address leads to: `spec.settings.sdkEndpoint` (docs/facts/forklift.md §1). */
export type Endpoint = DeclaredProvider['endpoint'];

/** Whether MTV knows this kind of server. */
export const isEndpoint = (value: string | undefined): value is Endpoint => value === 'vcenter' || value === 'esxi';

/** The kind of server in words. MTV takes what does not say so for a vCenter. */
export const endpointText = (t: Translate, endpoint: string | undefined): string =>
  endpoint === 'esxi' ? t('ESXi host') : t('vCenter');
