import { consoleFetchJSON } from '@openshift-console/dynamic-plugin-sdk';

/** What the chart serves next to the plugin (charts: templates/plugin/_nginx.tpl). */
const settings = '/api/plugins/migration-prep/settings.json';

/** The content of that file; `undefined` when it is not there, is no JSON, or cannot be had: who asks has other sources. */
export const fetchServedSettings = (): Promise<unknown> => consoleFetchJSON(settings).catch(() => undefined);
