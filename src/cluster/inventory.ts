import { HttpError, consoleFetch } from '@openshift-console/dynamic-plugin-sdk';
import type { InventoryFailure, InventorySnapshot } from '../domain/networks/inventory';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { attempt } from './attempt';

/** Our own plugin proxy to MTV's inventory service; it passes the user's token on (docs/facts/forklift.md §6). */
const inventoryPath = '/api/proxy/plugin/migration-prep/forklift-inventory';

/** Networks, hosts and VMs of the vSphere Provider with this UID. Detail 0 would lack the VLANs; VMs need detail 4 for their NICs. */
export const fetchInventory = async (uid: string): Promise<Result<InventorySnapshot, InventoryFailure>> => {
  const about = { kind: 'providers', verb: 'get' } as const;
  const base = `${inventoryPath}/providers/vsphere/${encodeURIComponent(uid)}`;
  const answer = await attempt(about, () =>
    Promise.all(['networks?detail=1', 'hosts?detail=1', 'vms?detail=4'].map((path) => readList(`${base}/${path}`))),
  );
  if (!answer.ok) return err({ code: codeOf(answer.error.code) });
  const passing = answer.value.find((list) => typeof list === 'string');
  if (passing !== undefined) return err({ code: passing });
  const [networks, hosts, vms] = answer.value;
  return ok({ networks, hosts, vms } as unknown as InventorySnapshot);
};

/** A list, or why there is none yet. */
const readList = async (url: string): Promise<readonly unknown[] | 'Loading' | 'Down'> => {
  const response = await consoleFetch(url).catch((thrown: unknown) => {
    const passing = passingOf(thrown);
    if (passing) return passing;
    throw thrown;
  });
  if (typeof response === 'string') return response;
  // 206 has no body: the inventory is being built.
  if (response.status === 206) return 'Loading';
  return ((await response.json()) as unknown[] | null) ?? [];
};

/** What a restart of MTV looks like from here: first nothing is behind its service, then it knows no provider (docs/facts/forklift.md §3). */
const passingOf = (thrown: unknown): 'Loading' | 'Down' | undefined => {
  if (!(thrown instanceof HttpError)) return undefined;
  if (thrown.code === 404 && thrown.response?.headers.get('X-Reason') === 'ProviderNotFound') return 'Loading';
  return [502, 503, 504].includes(thrown.code ?? 0) ? 'Down' : undefined;
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
