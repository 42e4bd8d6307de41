import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { attempt } from './attempt';

/** An answer of MTV's inventory, a success or not. `reason` is its header `X-Reason`. */
export interface InventoryAnswer {
  readonly status: number;
  readonly reason: string | undefined;
  readonly content: () => Promise<unknown>;
}

/** Detail 0 would lack the VLANs; VMs need detail 4 for their NICs (docs/facts/forklift.md §6). */
const lists = ['networks?detail=1', 'hosts?detail=1', 'vms?detail=4'] as const;

/**
 * Networks, hosts and VMs of the vSphere Provider with this UID, as `ask` gets them below the service's root. `ask` throws what failure.ts
 * understands when there is no answer.
 */
export const readInventory = async (
  uid: string,
  ask: (path: string) => Promise<InventoryAnswer>,
): Promise<Result<InventorySnapshot, InventoryFailure>> => {
  const read = async (list: string): Promise<readonly unknown[] | InventoryFailure['code']> => {
    const answer = await ask(`/providers/vsphere/${encodeURIComponent(uid)}/${list}`);
    return failing(answer) ?? asList(await answer.content());
  };
  const answers = await attempt({ kind: 'providers', verb: 'get' }, () => Promise.all(lists.map(read)));
  if (!answers.ok) return err({ code: codeOf(answers.error.code) });
  const failed = answers.value.find((list) => typeof list === 'string');
  if (failed !== undefined) return err({ code: failed });
  const [networks, hosts, vms] = answers.value;
  return ok({ networks, hosts, vms } as unknown as InventorySnapshot);
};

/**
 * Why there is no list. While MTV restarts, first nothing is behind its service, then it knows no provider (docs/facts/forklift.md §3). 206
 * has no body: the inventory is being built.
 */
const failing = ({ status, reason }: InventoryAnswer): InventoryFailure['code'] | undefined => {
  switch (status) {
    case 206:
      return 'Loading';
    case 401:
      return 'SessionExpired';
    case 403:
      return 'Forbidden';
    case 404:
      return reason === 'ProviderNotFound' ? 'Loading' : 'ServerError';
    case 502:
    case 503:
    case 504:
      return 'Down';
    default:
      return status < 300 ? undefined : 'ServerError';
  }
};

/** MTV writes an empty list as null. Anything else that is no list is not of MTV. */
const asList = (content: unknown): readonly unknown[] | 'ServerError' => {
  if (content === null) return [];
  return Array.isArray(content) ? content : 'ServerError';
};

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
