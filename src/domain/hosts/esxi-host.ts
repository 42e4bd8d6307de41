import type { Translate } from '../translate';

/** A VMkernel adapter of an ESXi host as MTV's inventory lists it. Names may repeat: on a distributed switch it is the name of the switch. */
export interface EsxiAdapter {
  readonly name: string;
  /** IPv4; empty where the adapter has none. */
  readonly ipAddress: string;
  /** Dotted, such as "255.255.255.0". */
  readonly subnetMask?: string;
  /** Mbit/s of the first physical NIC below it; 0: MTV does not know. */
  readonly linkSpeed?: number;
  readonly mtu?: number;
}

/** An ESXi host as MTV's inventory lists it, as far as disks are copied from it (docs/facts/forklift.md §6). */
export interface EsxiHost {
  /** moRef, such as "host-24". */
  readonly id: string;
  readonly name: string;
  /** vCenter's overall status: green, yellow, red, or gray where vCenter does not know. */
  readonly status?: string;
  readonly inMaintenance?: boolean;
  /** SHA-1 of the certificate that vCenter knows of the host, upper-case hex with colons; empty: it does not tell. */
  readonly thumbprint?: string;
  readonly networkAdapters?: readonly EsxiAdapter[] | null;
}

/** A host, and the address that disks are copied from. */
export interface HostAddress {
  readonly id: string;
  readonly ipAddress: string;
}

/**
 * How vCenter sees a host. `maintenance`: no virtual machine runs on it. `disconnected`: vCenter does not know how it is, because it is
 * disconnected or does not respond. `alarm`: vCenter reports a failure of it.
 */
export type HostCondition = 'available' | 'maintenance' | 'disconnected' | 'alarm';

/** How vCenter sees a host. MTV's inventory has no other sign of a lost connection than the status (docs/facts/forklift.md §5). */
export const conditionOf = ({ status, inMaintenance = false }: EsxiHost): HostCondition => {
  if (status === 'gray') return 'disconnected';
  if (inMaintenance) return 'maintenance';
  return status === 'red' ? 'alarm' : 'available';
};

/** What keeps a host from being proposed, and what to do. */
export const conditionText = (t: Translate, condition: Exclude<HostCondition, 'available'>): string => {
  switch (condition) {
    case 'maintenance':
      return t('In maintenance mode. No virtual machine runs on it until it leaves that mode.');
    case 'disconnected':
      return t('Disconnected, or it does not respond to vCenter. Reconnect it in vCenter.');
    case 'alarm':
      return t('vCenter reports a failure (red). MTV does not migrate from it until the alarm is cleared.');
  }
};
