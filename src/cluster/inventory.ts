import { HttpError, consoleFetch } from '@openshift-console/dynamic-plugin-sdk';
import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { attempt } from './failure';

/** Our own plugin proxy to MTV's inventory service; it passes the user's token on (docs/facts/forklift.md §6). */
const inventoryPath = '/api/proxy/plugin/migration-prep/forklift-inventory';

/** Networks, hosts and VMs of the vSphere Provider with this UID. Detail 0 would lack the VLANs; VMs need detail 4 for their NICs. */
export const readInventory = async (uid: string): Promise<Result<InventorySnapshot, InventoryFailure>> => {
  const about = { kind: 'providers', verb: 'get' } as const;
  const base = `${inventoryPath}/providers/vsphere/${encodeURIComponent(uid)}`;
  const answer = await attempt(about, () =>
    Promise.all(['networks?detail=1', 'hosts?detail=1', 'vms?detail=4'].map((path) => readList(`${base}/${path}`))),
  );
  if (!answer.ok) return err({ code: codeOf(answer.error.code) });
  const [networks, hosts, vms] = answer.value;
  if (!networks || !hosts || !vms) return err({ code: 'Loading' });
  return ok({ networks, hosts, vms } as unknown as InventorySnapshot);
};

/** A list, or `undefined` while MTV is still reading the Provider. */
const readList = async (url: string): Promise<readonly unknown[] | undefined> => {
  const response = await consoleFetch(url).catch((thrown: unknown) => {
    if (isNotReadYet(thrown)) return undefined;
    throw thrown;
  });
  // 206 has no body: the inventory is being built.
  if (!response || response.status === 206) return undefined;
  return ((await response.json()) as unknown[] | null) ?? [];
};

const isNotReadYet = (thrown: unknown): boolean =>
  thrown instanceof HttpError && thrown.code === 404 && thrown.response?.headers.get('X-Reason') === 'ProviderNotFound';

const codeOf = (code: string): InventoryFailure['code'] => {
  switch (code) {
    case 'Forbidden':
    case 'SessionExpired':
    case 'Unreachable':
      return code;
    default:
      return 'ServerError';
  }
};
