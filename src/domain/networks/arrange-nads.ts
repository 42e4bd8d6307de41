import { compareText } from '../compare-text';
import { toName } from '../names';
import type { NetworkAttachmentDefinition } from '../objects';
import type { SourcePortGroup } from './nad';
import { nadOf } from './nad';
import type { Network } from './network';
import { nameOfAttachment, networkKey, frameKey } from './network';
import type { NadFlaw } from './nad-flaw';
import type { NadReading } from './read-nad';
import { flawFor, readNad } from './read-nad';
import type { Vlan } from './vlan';

/** A port group that shall get a network. */
export interface WantedPortGroup extends SourcePortGroup {
  /** On the wire; `network.tag` is what the attachment adds for it. */
  readonly vlan: Vlan;
  readonly network: Network;
  /** How many networks it needs at least (mtv-version.ts). */
  readonly copies: number;
  /** The name the user gave; otherwise one is made from port group and VLAN. */
  readonly chosenName?: string;
}

/** Everything the Networks step wants, as data. */
export interface NetworksWish {
  readonly project: string;
  /** `<namespace>/<name>`. */
  readonly provider: string;
  readonly portGroups: readonly WantedPortGroup[];
  /** The networks of `commonProject`, as far as the user may see them: they count as there. */
  readonly common?: readonly NetworkAttachmentDefinition[];
}

/** The same wish in each of these projects. */
export const wishesIn = (wish: NetworksWish, projects: readonly string[]): readonly NetworksWish[] =>
  projects.map((project) => ({ ...wish, project }));

/** A migration plan maps to networks of its target project and of this one (docs/facts/forklift.md §7: NetMapDestinationNADNotValid). */
export const commonProject = 'default';

/** What one network comes to: the port groups that are to be on it share it. */
export interface Arrangement {
  readonly portGroups: readonly WantedPortGroup[];
  readonly network: Network;
  /** Networks that are there already, whoever made them and whatever they are called. */
  readonly existing: readonly NetworkAttachmentDefinition[];
  /** Networks on the same wire that cannot stand in, and why. */
  readonly unfit: readonly UnfitNetwork[];
  readonly missing: readonly NetworkAttachmentDefinition[];
  /** Objects whose names we would need and that hold something else. */
  readonly inTheWay: readonly NetworkAttachmentDefinition[];
}

/** A network on the right wire on which VMs could not do what they should, and why. */
export interface UnfitNetwork {
  readonly nad: NetworkAttachmentDefinition;
  readonly network: Network;
  readonly flaw: NadFlaw;
}

/**
 * Joins what is wanted with what is there, in time linear in both. The same wish gives the same names in every pass, so that a
 * broken-off run resumes.
 */
export const arrangeNads = (
  { project, provider, portGroups, common = [] }: NetworksWish,
  nads: readonly NetworkAttachmentDefinition[],
): readonly Arrangement[] => {
  const byName = new Map(nads.map((nad) => [nad.metadata.name, nad]));
  const present = byFrames(project === commonProject ? nads : [...nads, ...common]);
  const groups = byNetwork(portGroups).map((group) => ({
    ...group,
    ...sorted(present.get(frameKey(group.network)) ?? [], group.network),
  }));
  // A name that belongs to one network already is never given to another.
  const taken = new Map(
    groups.flatMap(({ network, existing }) => existing.map(({ metadata }) => [metadata.name, network] as const)),
  );

  return groups.map(({ key, network, portGroups: members, existing, unfit }) => {
    const missing: NetworkAttachmentDefinition[] = [];
    const inTheWay: NetworkAttachmentDefinition[] = [];
    const own = new Set(existing.map(({ metadata }) => metadata.name));
    const wanted = members.reduce((most, { copies }) => Math.max(most, copies), 1);
    const isFree = (name: string): boolean =>
      networkKey(taken.get(name) ?? network) === key && (own.has(name) || !byName.has(name));
    for (let copy = 1; existing.length + missing.length + inTheWay.length < wanted; copy += 1) {
      const candidates = namesOf(members, network, copy, (name) => taken.get(name) ?? networkOf(byName.get(name)));
      const name = candidates.find(isFree) ?? candidates[0] ?? '';
      if (own.has(name)) continue;
      taken.set(name, network);
      const holder = byName.get(name);
      if (holder) inTheWay.push(holder);
      else missing.push(nadOf({ name, namespace: project, network, provider, portGroups: members.map(sourceOf) }));
    }
    return { portGroups: members, network, existing, unfit, missing, inTheWay };
  });
};

interface PresentNetwork {
  readonly nad: NetworkAttachmentDefinition;
  readonly reading: Extract<NadReading, { state: 'network' }>;
}

const byFrames = (nads: readonly NetworkAttachmentDefinition[]): ReadonlyMap<string, readonly PresentNetwork[]> => {
  const present = new Map<string, PresentNetwork[]>();
  for (const nad of nads) {
    const reading = readNad(nad);
    if (reading.state === 'network') push(present, frameKey(reading.network), { nad, reading });
  }
  return present;
};

/** Which of the networks on a wire are the wanted one, and what keeps the others from it. */
const sorted = (present: readonly PresentNetwork[], wanted: Network): Pick<Arrangement, 'existing' | 'unfit'> => {
  const existing: NetworkAttachmentDefinition[] = [];
  const unfit: UnfitNetwork[] = [];
  for (const { nad, reading } of present) {
    const flaw = flawFor(reading, wanted);
    if (flaw) unfit.push({ nad, network: reading.network, flaw });
    else existing.push(nad);
  }
  return { existing, unfit };
};

const byNetwork = (
  portGroups: readonly WantedPortGroup[],
): { key: string; network: Network; portGroups: readonly WantedPortGroup[] }[] => {
  const groups = new Map<string, WantedPortGroup[]>();
  const ordered = [...portGroups].sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
  for (const portGroup of ordered) push(groups, networkKey(portGroup.network), portGroup);
  return [...groups].flatMap(([key, members]) =>
    members.slice(0, 1).map(({ network }) => ({ key, network, portGroups: members })),
  );
};

const push = <T>(lists: Map<string, T[]>, key: string, value: T): void => {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
};

const sourceOf = ({ id, name }: WantedPortGroup): SourcePortGroup => ({ id, name });

const networkOf = (nad: NetworkAttachmentDefinition | undefined): Network | undefined => {
  const reading = nad && readNad(nad);
  return reading?.state === 'network' ? reading.network : undefined;
};

/**
 * The names a network may have, the best first. The first member names it; where something else has that name, what makes the two
 * different tells them apart, and then the member's moRef. A name that the user gave is the only one.
 */
const namesOf = (
  members: readonly WantedPortGroup[],
  network: Network,
  copy: number,
  holderOf: (name: string) => Network | undefined,
): readonly string[] => {
  const number = copy > 1 ? [String(copy)] : [];
  const chosen = members.find(({ chosenName }) => chosenName !== undefined)?.chosenName;
  if (chosen !== undefined) return [withSuffix(chosen, ...number)];
  const [first] = members;
  if (!first) return [];
  const base = networkName(first, first.vlan);
  const id = toName(first.id, 'network');
  const wire = toName(nameOfAttachment(network.attachment), network.attachment.kind);
  const difference = differenceTo(holderOf(withSuffix(base, ...number)), network, wire);
  return [[], ...difference, [id], [id, wire]].map((parts) => withSuffix(base, ...parts, ...number));
};

const differenceTo = (holder: Network | undefined, network: Network, wire: string): readonly (readonly string[])[] => {
  if (!holder || frameKey({ ...holder, tag: undefined }) !== frameKey({ ...network, tag: undefined })) return [[wire]];
  if (frameKey(holder) !== frameKey(network)) return [];
  if (holder.mtu !== network.mtu && network.mtu !== undefined) return [[`mtu-${String(network.mtu)}`]];
  return network.anyMac && !holder.anyMac ? [['any-mac']] : [];
};

/** "web" on VLAN 200 is "web-vlan-200"; "app-100" on VLAN 100 says so already. Where nothing usable is in a name, the moRef stays. */
export const networkName = ({ id, name: portGroup }: SourcePortGroup, vlan: Vlan): string => {
  const name = toName(portGroup, toName(id, 'network'));
  if (vlan === undefined) return name;
  if (typeof vlan === 'object') return withSuffix(name, 'trunk');
  const saysSo = toName(portGroup, '') !== '' && new RegExp(`(^|[^0-9])${String(vlan)}$`).test(name);
  return saysSo ? name : withSuffix(name, `vlan-${String(vlan)}`);
};

/** Keeps within the 63 characters of a name; the suffix stays whole. */
const withSuffix = (base: string, ...parts: readonly string[]): string => {
  const suffix = parts.join('-').slice(-60);
  return suffix === '' ? base : `${base.slice(0, 62 - suffix.length).replace(/-+$/, '')}-${suffix}`;
};
