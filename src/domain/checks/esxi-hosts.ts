import { readHost } from '../hosts/host-status';
import { defineCheck, ready, waiting, warning } from './check';
import type { Listing } from './need';

/** Hosts of MTV. Nothing needs them: where the kind is absent, there are none. */
const hosts = { list: 'hosts', optional: true, narrower: ['mtv', 'chosen'] } as const satisfies Listing;

/**
 * Whether the ESXi hosts that are set work. Without one MTV copies over the management network, so this is never to be done: it is in no list
 * that readiness is judged by, and only its step looks at it.
 */
export const esxiHosts = defineCheck({
  id: 'esxi-hosts',
  title: (t) => t('ESXi hosts'),
  step: 'esxi-hosts',
  needs: { hosts },
  judge: ({ hosts }) => {
    const readings = hosts.map((host) => ({ name: host.metadata.name, ...readHost(host) }));
    const failing = readings.find(({ state }) => state === 'blocked');
    if (failing) return warning('HostFails', { name: failing.name });
    if (readings.some(({ state }) => state === 'waiting')) return waiting('HostsUnchecked');
    return readings.length === 0 ? ready('NoHosts') : ready('HostsSet', { number: readings.length });
  },
  reasons: {
    NoHosts: (t) => t('None is set: MTV copies disks over the management network.'),
    HostsSet: (t, params) => t('ESXi hosts set: {{number}}', params),
    HostsUnchecked: (t) => t('MTV has not looked at the host yet.'),
    HostFails: (t, params) => t('Host {{name}} does not work.', params),
  },
});
