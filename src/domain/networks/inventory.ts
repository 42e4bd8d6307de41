import type { Translate } from '../translate';

/** What MTV's inventory says of a Provider, as far as networks are concerned (docs/facts/forklift.md §6; detail ≥ 1). */
export interface InventorySnapshot {
  readonly networks: readonly InventoryNetwork[];
  readonly hosts: readonly InventoryHost[];
  readonly vms: readonly InventoryVm[];
}

/** A network of vSphere as MTV's inventory lists it (docs/facts/forklift.md §6). Fields that the inventory may leave out are optional. */
export interface InventoryNetwork {
  /** moRef, such as "dvportgroup-92". */
  readonly id: string;
  /** As vCenter stores it: `%`, `/` and `\` are escaped as %25, %2f and %5c. */
  readonly name: string;
  readonly path: string;
  readonly variant: 'Standard' | 'DvPortGroup' | 'OpaqueNetwork' | 'DvSwitch';
  /** "" untagged, unknown or private VLAN; "100" access; "0-4094" or "10-20,30-30" trunk. Always "" for Standard. */
  readonly vlanId?: string;
  /** The switch of a distributed port group, by moRef. MTV's kind is "Network" or "DistributedVirtualSwitch". */
  readonly dvSwitch?: { readonly id: string };
  /** What NICs on an NSX segment carry instead of its moRef; of a distributed port group it is the moRef. */
  readonly key?: string;
  /** Of a `DvSwitch`: its hosts, with the physical NICs that each gave it. MTV writes these names in capitals. */
  readonly host?:
    readonly { readonly Host?: { readonly id: string }; readonly PNIC?: readonly string[] | null }[] | null;
  /** vSphere's own tag on the uplink group of a distributed switch: "SYSTEM/DVS.UPLINKPG". */
  readonly tag?: string;
}

/** An ESXi host as MTV's inventory lists it, in full detail (docs/facts/forklift.md §6). */
export interface InventoryHost {
  readonly id: string;
  readonly name: string;
  /** Those with an address that disks may be copied from. Names may repeat. */
  readonly networkAdapters?: readonly { readonly name: string; readonly ipAddress: string }[] | null;
  /** The networks this host takes part in, by moRef. */
  readonly networks?: readonly { readonly id: string }[] | null;
  readonly networking?: {
    readonly portGroups?:
      readonly { readonly name: string; readonly vSwitch?: string; readonly vlanId: number }[] | null;
    /** Standard switches; `pNICs` is empty where no physical NIC is in it. `key` is what port groups name. */
    readonly switches?:
      readonly { readonly key: string; readonly name: string; readonly pNICs?: readonly string[] | null }[] | null;
  };
}

/** A virtual machine as MTV's inventory lists it, in full detail (docs/facts/forklift.md §6). */
export interface InventoryVm {
  readonly id: string;
  readonly name: string;
  readonly isTemplate?: boolean;
  /** Each network once, however many NICs are on it. */
  readonly networks?: readonly { readonly id: string }[] | null;
  /** `id` is a moRef, or the `key` of an NSX segment. */
  readonly nics?: readonly { readonly network?: { readonly id: string } }[] | null;
}

/**
 * `Loading`: MTV has not read the Provider yet (404 ProviderNotFound or 206). `Down`: nothing answers behind MTV's service (502, 503,
 * 504), as while MTV restarts. Both pass by themselves: ask again. The rest as for the cluster.
 */
export interface InventoryFailure {
  readonly code: 'Loading' | 'Down' | 'Forbidden' | 'SessionExpired' | 'Unreachable' | 'ServerError';
}

/** Whether asking again will help without anybody doing anything. */
export const passesByItself = ({ code }: InventoryFailure): boolean => code === 'Loading' || code === 'Down';

/** Why there is no inventory to show, and what to do. */
export const inventoryFailureText = (t: Translate, { code }: InventoryFailure): string => {
  switch (code) {
    case 'Loading':
      return t('Migration Toolkit for Virtualization is still reading this vCenter. This page tries again on its own.');
    case 'Down':
      return t(
        'The inventory service does not answer. MTV is probably restarting, as it does when a setting such as the VDDK image changes. This page tries again on its own.',
      );
    case 'Forbidden':
      return t(
        'You are not permitted to read the inventory of this provider. Ask an administrator of its project for the right to get providers.',
      );
    case 'SessionExpired':
      return t('Your session has expired. Sign in again, then retry.');
    case 'Unreachable':
      return t('The inventory service did not answer. Check your connection, then retry.');
    case 'ServerError':
      return t("The inventory service could not answer. Check that its pods in MTV's project are running, then retry.");
  }
};
