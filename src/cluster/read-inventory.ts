import type { EsxiHost } from '../domain/hosts/esxi-host';
import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { isRecord } from '../domain/json';
import { attempt } from './attempt';

/** An answer of MTV's inventory, a success or not. `reason` is its header `X-Reason`. */
export interface InventoryAnswer {
  readonly status: number;
  readonly reason: string | undefined;
  readonly content: () => Promise<unknown>;
}

/** Asks for what is below the service's root. Throws what failure.ts understands when there is no answer. */
export type AskInventory = (path: string) => Promise<InventoryAnswer>;

/** Detail 0 would lack the VLANs; VMs need detail 4 for their NICs (docs/facts/forklift.md §6). */
const lists = { networks: 'networks?detail=1', hosts: 'hosts?detail=1', vms: 'vms?detail=4' } as const;

/** Networks, hosts and VMs of the vSphere Provider with this UID. */
export const readInventory = async (
  uid: string,
  ask: AskInventory,
): Promise<Result<InventorySnapshot, InventoryFailure>> => {
  const answers = await readLists(uid, [lists.networks, lists.hosts, lists.vms], ask);
  if (!answers.ok) return answers;
  const [networks, hosts, vms] = answers.value;
  return ok({ networks, hosts, vms } as unknown as InventorySnapshot);
};

/** Only its ESXi hosts. */
export const readHosts = async (
  uid: string,
  ask: AskInventory,
): Promise<Result<readonly EsxiHost[], InventoryFailure>> => {
  const answers = await readLists(uid, [lists.hosts], ask);
  return answers.ok ? ok(answers.value.flat() as readonly EsxiHost[]) : answers;
};

/** What the API of the vCenter or ESXi host behind a Provider calls its version (docs/facts/forklift.md §6); `undefined`: MTV does not tell. */
export const readVsphereVersion = async (uid: string, ask: AskInventory): Promise<string | undefined> => {
  const path = `/providers/vsphere/${encodeURIComponent(uid)}`;
  const answer = await attempt({ kind: 'providers', verb: 'get' }, async () => {
    const { status, content } = await ask(path);
    return status === 200 ? await content() : undefined;
  });
  const version = answer.ok && isRecord(answer.value) ? answer.value.apiVersion : undefined;
  return typeof version === 'string' && version !== '' ? version : undefined;
};

type List = readonly unknown[];

const readLists = async (
  uid: string,
  wanted: readonly string[],
  ask: AskInventory,
): Promise<Result<readonly List[], InventoryFailure>> => {
  const read = async (list: string): Promise<List | InventoryFailure['code']> => {
    const answer = await ask(`/providers/vsphere/${encodeURIComponent(uid)}/${list}`);
    return failing(answer) ?? asList(await answer.content());
  };
  const answers = await attempt({ kind: 'providers', verb: 'get' }, () => Promise.all(wanted.map(read)));
  if (!answers.ok) return err({ code: codeOf(answers.error.code) });
  const failed = answers.value.find((list) => typeof list === 'string');
  return failed === undefined ? ok(answers.value as readonly List[]) : err({ code: failed });
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
