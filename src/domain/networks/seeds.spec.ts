import { numbers } from '../../testing/numbers';
import type { NetworkAttachmentDefinition } from '../objects';
import { emptyNetworksDraft, switchesToAttach, wishOf } from './draft';
import type { NetworksDraft } from './draft';
import type { InventoryHost, InventoryNetwork, InventorySnapshot } from './inventory';
import { arrangeNads } from './plan-nads';
import { readPortGroups } from './port-groups';
import { emptyAttachment } from './attachment';

const names = ['app', 'App', 'äpp', '日本', '大阪', 'db-10', 'VM Network'];

/** An inventory with few names, VLANs and switches, so that many are equal. */
const inventoryOf = (seed: number): InventorySnapshot => {
  const below = numbers(seed);
  const pick = <T>(of: readonly T[], otherwise: T): T => of[below(of.length)] ?? otherwise;
  const distributed = Array.from({ length: below(6) }, (_, at): InventoryNetwork => {
    const name = pick(names, 'app');
    return {
      id: `dvportgroup-${String(at)}`,
      name,
      path: `/${name}`,
      variant: 'DvPortGroup',
      vlanId: pick(['10', '20'], '10'),
      dvSwitch: { id: `dvs-${String(below(3))}` },
    };
  });
  const standard = Array.from({ length: below(5) }, (_, at): InventoryNetwork => {
    const name = `std-${String(at)}`;
    return { id: `network-${String(at)}`, name, path: `/${name}`, variant: 'Standard', vlanId: '' };
  });
  const hosts = Array.from({ length: 1 + below(3) }, (_, at): InventoryHost => {
    const mine = standard.filter(() => below(3) > 0);
    return {
      id: `host-${String(at)}`,
      name: `esx${String(at)}`,
      networks: mine.map(({ id }) => ({ id })),
      networking: {
        portGroups: mine.map(({ name }) => ({ name, vSwitch: `k${String(below(2))}`, vlanId: 10 })),
        switches: ['k0', 'k1'].map((key) => ({ key, name: `vSwitch${key}`, pNICs: below(3) > 0 ? ['vmnic0'] : [] })),
      },
    };
  });
  const networks = [...distributed, ...standard];
  const vms = networks.filter(() => below(4) > 0).map(({ id }) => ({ id: `vm-${id}`, name: id, networks: [{ id }] }));
  return { networks, hosts, vms };
};

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
