import { numbers } from '../../testing/numbers';
import { brokenPromises, inventoryOf } from '../../testing/seeded-networks';
import type { NetworkAttachmentDefinition } from '../objects';
import { emptyNetworksDraft, switchesToAttach, wishOf } from './draft';
import type { NetworksDraft } from './draft';
import type { InventoryNetwork, InventorySnapshot } from './inventory';
import { arrangeNads } from './arrange-nads';
import { readPortGroups } from './port-groups';
import { emptyAttachment } from './attachment';

/** Every switch on a bridge of its own; what is in doubt is left open. */
const attached = (snapshot: InventorySnapshot) => {
  const portGroups = readPortGroups(snapshot);
  const switches = switchesToAttach(emptyNetworksDraft, portGroups);
  const draft: NetworksDraft = {
    ...emptyNetworksDraft,
    attachments: Object.fromEntries(
      switches.map((source, at) => [
        source.id,
        { ...emptyAttachment(source), kind: 'linux-bridge' as const, bridge: `br${String(at)}` },
      ]),
    ),
  };
  return { portGroups, wish: wishOf(draft, 'vms', 'mtv/vcenter', portGroups) };
};

const seeds = Array.from({ length: 500 }, (_, seed) => seed);
const switchesById = ({ portGroups }: ReturnType<typeof attached>) =>
  new Map(portGroups.map((each) => [each.id, each.switch.id]));

/** What vSphere joins, found the slow way: sets of networks on one distributed switch, or that used standard port groups chain together. */
const oneWire = ({ networks, hosts, vms }: InventorySnapshot): readonly ReadonlySet<string>[] => {
  const used = new Set(vms.map(({ id }) => id.replace('vm-', '')));
  const placesOf = ({ name, dvSwitch }: InventoryNetwork): string[] =>
    dvSwitch
      ? [dvSwitch.id]
      : hosts.flatMap(({ id, networking }) =>
          (networking?.portGroups ?? [])
            .filter((each) => each.name === name)
            .map(({ vSwitch }) => `${id} ${vSwitch ?? ''}`),
        );
  let sets = networks
    .filter(({ id }) => used.has(id))
    .map((each) => ({ ids: new Set([each.id]), places: new Set(placesOf(each)) }));
  for (let before = -1; before !== sets.length;) {
    before = sets.length;
    for (const one of sets) {
      const others = sets.filter((each) => each !== one && [...each.places].some((place) => one.places.has(place)));
      for (const { ids, places } of others) {
        ids.forEach((id) => one.ids.add(id));
        places.forEach((place) => one.places.add(place));
      }
      sets = sets.filter((each) => !others.includes(each));
      if (others.length > 0) break;
    }
  }
  return sets.map(({ ids }) => ids);
};

test('what shares a network is one wire in vSphere, and each port group that is certain has a network', () => {
  for (const seed of seeds) {
    const snapshot = inventoryOf(seed);
    const all = attached(snapshot);
    const attachments = oneWire(snapshot);
    const arranged = arrangeNads(all.wish, []);
    for (const { portGroups } of arranged) {
      const ids = portGroups.map(({ id }) => id);
      expect([seed, ids, attachments.some((wire) => ids.every((id) => wire.has(id)))]).toEqual([seed, ids, true]);
    }
    expect(arranged.flatMap(({ portGroups }) => portGroups).length).toBe(all.wish.portGroups.length);
    const made = arranged.flatMap(({ missing }) => missing.map(({ metadata }) => metadata.name));
    expect(new Set(made).size).toBe(made.length);
  }
});

test('what was made is found again, whatever else is there: the second plan is empty', () => {
  for (const seed of seeds) {
    const { wish } = attached(inventoryOf(seed));
    const below = numbers(seed + 1);
    // Others hold some of the names we would take.
    const theirs = arrangeNads(wish, [])
      .flatMap(({ missing }) => missing)
      .filter(() => below(3) === 0)
      .map(({ metadata }): NetworkAttachmentDefinition => ({
        metadata: { name: metadata.name, namespace: 'vms' },
        spec: { config: '{"type":"macvlan"}' },
      }));
    const first = arrangeNads(wish, theirs);
    const second = arrangeNads(wish, [...theirs, ...first.flatMap(({ missing }) => missing)].reverse());
    expect(first.flatMap(({ inTheWay }) => inTheWay)).toEqual([]);
    expect(second.flatMap(({ missing, inTheWay }) => [...missing, ...inTheWay])).toEqual([]);
  }
});

test('in which order the inventory lists things changes nothing', () => {
  for (const seed of seeds) {
    const { networks, hosts, vms } = inventoryOf(seed);
    const [one, other] = [
      attached({ networks, hosts, vms }),
      attached({ networks: [...networks].reverse(), hosts: [...hosts].reverse(), vms: [...vms].reverse() }),
    ];
    expect([...switchesById(other)].sort()).toEqual([...switchesById(one)].sort());
    expect(arrangeNads(other.wish, [])).toEqual(arrangeNads(one.wish, []));
  }
});

// `make bench` tries ten thousand.
test('with nodes of any kind and some answers: no switches are joined unasked, and each port group is on one network or asked about', () => {
  expect(seeds.flatMap(brokenPromises)).toEqual([]);
});
