import { create } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { toName } from '../names';
import type { NetworkAttachmentDefinition } from '../objects';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import type { Attachment, SourcePortGroup } from './nad';
import { isSameNetwork, nadOf, nadText, networkText } from './nad';
import type { Vlan } from './vlan';

/** A port group that shall get a network. */
export interface WantedPortGroup extends SourcePortGroup {
  readonly vlan: Vlan;
  /** How many networks it needs at least: as many as one VM has NICs on it, none is used twice in a VM (docs/facts/forklift.md §7). */
  readonly nicsPerVm: number;
  /** The name the user gave; otherwise one is made from port group and VLAN. */
  readonly chosenName?: string;
}

/** Everything the Networks step wants, as data. */
export interface NetworksWish {
  readonly project: string;
  /** `<namespace>/<name>`. */
  readonly provider: string;
  readonly attachment: Attachment;
  readonly portGroups: readonly WantedPortGroup[];
  /** The networks of `commonProject`, as far as the user may see them: they count as there. */
  readonly common?: readonly NetworkAttachmentDefinition[];
}

/** A migration plan maps to networks of its target project and of this one (docs/facts/forklift.md §7: NetMapDestinationNADNotValid). */
export const commonProject = 'default';

/** What one VLAN on the wire comes to: port groups with the same VLAN are the same network, so they share it. */
export interface Arrangement {
  readonly portGroups: readonly WantedPortGroup[];
  readonly vlan: Vlan;
  /** Networks that are there already, whoever made them and whatever they are called. */
  readonly existing: readonly NetworkAttachmentDefinition[];
  readonly missing: readonly NetworkAttachmentDefinition[];
  /** Objects whose names we would need and that hold something else. */
  readonly inTheWay: readonly NetworkAttachmentDefinition[];
}

/** The name is taken in the project by a network with other content. */
export interface NameTaken {
  readonly code: 'NameTaken';
  readonly name: string;
  readonly present: NetworkAttachmentDefinition;
  readonly attachment: Attachment;
  readonly vlan: Vlan;
}

/** What `planNads` looks at. */
export const networksNeeds = (project: string) =>
  ({ nads: { list: 'networkAttachmentDefinitions', namespace: project } }) as const satisfies Needs;

/** Creates the missing networks, all or none: a single name in the way and nothing is written. */
export const planNads =
  (wish: NetworksWish) =>
  ({ nads }: Seen<ReturnType<typeof networksNeeds>>): Plan<NameTaken> => {
    const arrangements = arrangeNads(wish, nads);
    for (const { inTheWay, vlan } of arrangements) {
      const [present] = inTheWay;
      if (!present) continue;
      return err({ code: 'NameTaken', name: present.metadata.name, present, attachment: wish.attachment, vlan });
    }
    return ok(arrangements.flatMap(({ missing }) => missing.map((nad) => create('networkAttachmentDefinitions', nad))));
  };

/** Joins what is wanted with what is there. The same wish gives the same names in every pass, so that a broken-off run resumes. */
export const arrangeNads = (
  { project, provider, attachment, portGroups, common = [] }: NetworksWish,
  nads: readonly NetworkAttachmentDefinition[],
): readonly Arrangement[] => {
  const byName = new Map(nads.map((nad) => [nad.metadata.name, nad]));
  const usable = project === commonProject ? nads : [...nads, ...common];
  const groups = byVlan(portGroups).map((group) => ({
    ...group,
    existing: usable.filter((nad) => isSameNetwork(nad, attachment, group.vlan)),
  }));
  // A name that belongs to one VLAN already is never given to another.
  const taken = new Map(groups.flatMap(({ vlan, existing }) => existing.map(({ metadata }) => [metadata.name, vlan] as const)));

  return groups.map(({ vlan, portGroups: members, existing }) => {
    const missing: NetworkAttachmentDefinition[] = [];
    const inTheWay: NetworkAttachmentDefinition[] = [];
    const wanted = Math.max(1, ...members.map(({ nicsPerVm }) => nicsPerVm));
    for (let copy = 1; existing.length + missing.length + inTheWay.length < wanted; copy += 1) {
      const name = nameOf(members, vlan, copy, taken);
      if (existing.some(({ metadata }) => metadata.name === name)) continue;
      taken.set(name, vlan);
      const present = byName.get(name);
      if (present) inTheWay.push(present);
      else missing.push(nadOf({ name, namespace: project, attachment, vlan, provider, portGroups: members.map(sourceOf) }));
    }
    return { portGroups: members, vlan, existing, missing, inTheWay };
  });
};

const byVlan = (portGroups: readonly WantedPortGroup[]): { vlan: Vlan; portGroups: readonly WantedPortGroup[] }[] => {
  const groups = new Map<Vlan, WantedPortGroup[]>();
  const sorted = [...portGroups].sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
  for (const portGroup of sorted) groups.set(portGroup.vlan, [...(groups.get(portGroup.vlan) ?? []), portGroup]);
  return [...groups].map(([vlan, members]) => ({ vlan, portGroups: members }));
};

const sourceOf = ({ id, name }: WantedPortGroup): SourcePortGroup => ({ id, name });

/** The first member names the network. Where another VLAN has that name, the member's moRef tells the two apart. */
const nameOf = (
  members: readonly WantedPortGroup[],
  vlan: Vlan,
  copy: number,
  taken: ReadonlyMap<string, Vlan>,
): string => {
  const chosen = members.find(({ chosenName }) => chosenName !== undefined)?.chosenName;
  const [first] = members;
  const base = chosen ?? networkName(first?.name ?? '', vlan);
  const name = withSuffix(base, copy > 1 ? String(copy) : '');
  if (!taken.has(name) || taken.get(name) === vlan) return name;
  return withSuffix(base, [toName(first?.id ?? '', 'network'), ...(copy > 1 ? [copy] : [])].join('-'));
};

/** "web" on VLAN 200 is "web-vlan-200"; "app-100" on VLAN 100 says so already and stays. */
export const networkName = (portGroup: string, vlan: Vlan): string => {
  const name = toName(portGroup, 'network');
  if (vlan === undefined || new RegExp(`(^|[^0-9])${String(vlan)}$`).test(name)) return name;
  return withSuffix(name, `vlan-${String(vlan)}`);
};

/** Keeps within the 63 characters of a name. */
const withSuffix = (base: string, suffix: string): string =>
  suffix === '' ? base : `${base.slice(0, 62 - suffix.length).replace(/-+$/, '')}-${suffix}`;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Why nothing was created, with both contents. */
export const nameTakenText = (t: Translate, { name, present, attachment, vlan }: NameTaken): string =>
  t(
    'This project already has a network called {{name}} with other content: {{present}}. Wanted is {{wanted}}. Give the new network another name, or leave the port group out.',
    { name, present: nadText(t, present), wanted: networkText(t, attachment, vlan) },
  );
