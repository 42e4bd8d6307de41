import { compareText } from '../../compare-text';
import type {
  MigrationPlan,
  NetworkMap,
  NetworkSource,
  VirtualMachine,
  VirtualMachineInstance,
} from '../../migration-objects';
import type { ForkliftController, KubeObject, Metadata, ObjectReference } from '../../objects';

/** Which object of a kind: its namespace and its name, as in `vms/web`. */
export const keyOfObject = ({ metadata }: KubeObject): string => keyOfRef(metadata);

/** The same for a reference. What it does not name is empty. */
export const keyOfRef = ({ namespace = '', name = '' }: Partial<ObjectReference>): string => `${namespace}/${name}`;

/** A NetworkAttachmentDefinition that a map wants, and the source networks that go there. */
export interface Destination {
  readonly namespace: string;
  readonly name: string;
  readonly sources: readonly NetworkSource[];
}

const known = new WeakMap<NetworkMap, ReadonlyMap<string, Destination>>();

/** The `multus` destinations of a map by their keys, each once and in order. What was read of an object is kept with it. */
export const destinationsOf = (map: NetworkMap): ReadonlyMap<string, Destination> => {
  const read = known.get(map) ?? readDestinations(map);
  known.set(map, read);
  return read;
};

const readDestinations = ({ spec }: NetworkMap): ReadonlyMap<string, Destination> => {
  const byKey = new Map<string, { namespace: string; name: string; sources: NetworkSource[] }>();
  for (const { source = {}, destination } of spec?.map ?? []) {
    if (destination?.type !== 'multus') continue;
    const { namespace = '', name = '' } = destination;
    const key = keyOfRef(destination);
    const before = byKey.get(key);
    if (before) before.sources.push(source);
    else byKey.set(key, { namespace, name, sources: [source] });
  }
  return new Map([...byKey].sort(([a], [b]) => compareText(a, b)));
};

/** The map that a plan is made with. MTV takes a reference without a namespace for none. */
export const mapOfPlan = ({ spec }: MigrationPlan): ObjectReference | undefined => completeRef(spec?.map?.network);

/** A reference that names both. */
export const completeRef = (ref: Partial<ObjectReference> | undefined): Required<ObjectReference> | undefined => {
  const { namespace = '', name = '' } = ref ?? {};
  return namespace === '' || name === '' ? undefined : { namespace, name };
};

/** Keys of the networks that a map names, whatever else is wrong with it. */
export const namedByMap = (map: NetworkMap): readonly string[] => [...destinationsOf(map).keys()];

/** Keys of the networks that a plan itself names: the one for copying disks. */
export const namedByPlan = ({ metadata, spec }: MigrationPlan): readonly string[] => {
  const { namespace = '', name = '' } = spec?.transferNetwork ?? {};
  if (name === '') return [];
  const namespaces = namespace === '' ? [metadata.namespace, spec?.targetNamespace] : [namespace];
  return namespaces.map((each) => keyOfRef({ namespace: each ?? '', name }));
};

/** Key of the network that MTV copies disks over, as its settings name it (docs/facts/forklift.md §3). */
export const namedBySettings = ({ spec }: ForkliftController): readonly string[] => {
  const network = spec?.controller_transfer_network;
  return typeof network === 'string' && network !== '' ? [network] : [];
};

/** Keys of the networks of a virtual machine. */
export const namedByVm = ({ metadata, spec }: VirtualMachine): readonly string[] =>
  namedByNetworks(metadata, spec?.template?.spec?.networks);

/** Keys of the networks of a virtual machine that runs. */
export const namedByInstance = ({ metadata, spec }: VirtualMachineInstance): readonly string[] =>
  namedByNetworks(metadata, spec?.networks);

/** KubeVirt takes a name without a namespace for one of the machine's own (kubevirt.io/api, core/v1 `MultusNetwork`). */
const namedByNetworks = (
  { namespace = '' }: Metadata,
  networks: readonly { readonly multus?: { readonly networkName?: string } }[] = [],
): readonly string[] =>
  networks.flatMap(({ multus }) => {
    const name = multus?.networkName ?? '';
    if (name === '') return [];
    return [name.includes('/') ? name : keyOfRef({ namespace, name })];
  });
