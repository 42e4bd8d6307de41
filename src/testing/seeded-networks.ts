import type { AttachmentDraft } from '../domain/networks/attachment';
import { emptyAttachment, nodeAttachmentOf } from '../domain/networks/attachment';
import {
  checkNetworksDraft,
  emptyNetworksDraft,
  isLeftOut,
  selectionOf,
  switchesToAttach,
  wishOf,
  withProposals,
} from '../domain/networks/draft';
import type { NetworksDraft } from '../domain/networks/draft';
import type { InventoryHost, InventoryNetwork, InventorySnapshot } from '../domain/networks/inventory';
import { readNodeNetworks } from '../domain/networks/node-networks';
import type { NodeNetworks } from '../domain/networks/node-networks';
import { arrangeNads } from '../domain/networks/arrange-nads';
import { planNads } from '../domain/networks/plan-nads';
import { readPortGroups } from '../domain/networks/port-groups';
import { proposeAttachments } from '../domain/networks/proposals';
import { isIsolated } from '../domain/networks/switches';
import type { NetworkAttachmentDefinition } from '../domain/objects';
import type { NodeInterface, NodeNetworkState } from '../domain/nmstate-objects';
import { numbers } from './numbers';

const names = ['app', 'App', 'äpp', '日本', '大阪', 'db-10', 'VM Network'];

/** An inventory with few names, VLANs and switches, so that many are equal. */
export const inventoryOf = (seed: number, vlans: readonly string[] = ['10', '20']): InventorySnapshot => {
  const below = numbers(seed);
  const pick = <T>(of: readonly T[], otherwise: T): T => of[below(of.length)] ?? otherwise;
  const distributed = Array.from({ length: below(6) }, (_, at): InventoryNetwork => {
    const name = pick(names, 'app');
    return {
      id: `dvportgroup-${String(at)}`,
      name,
      path: `/${name}`,
      variant: 'DvPortGroup',
      vlanId: pick(vlans, '10'),
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

/** What one to three nodes have: bridges and mappings over few cards and VLANs, often alike, with filters now and then. */
export const nodeStatesOf = (seed: number): readonly NodeNetworkState[] => {
  const below = numbers(seed + 0x5eed);
  const cards = ['bond0', 'eno2'];
  const uplinks = [...cards, 'bond0.10', 'bond0.20', 'eno2.10'];
  const filters = [undefined, { mode: 'trunk', 'trunk-tags': [{ 'id-range': { min: 10, max: 15 } }] }];
  const drawn = (): NodeInterface[] =>
    Array.from({ length: 1 + below(3) }, (_, at) => ({
      name: `br${String(at)}`,
      type: below(3) === 0 ? 'ovs-bridge' : 'linux-bridge',
      mtu: below(4) === 0 ? 1400 : 9000,
      bridge: {
        port: Array.from({ length: below(8) === 0 ? 0 : 1 }, () => {
          const vlan = filters[below(3)];
          return { name: uplinks[below(uplinks.length)] ?? '', ...(vlan && { vlan }) };
        }),
      },
    }));
  const common = drawn();
  return Array.from({ length: 1 + below(3) }, (_, at) => {
    const bridges = below(4) === 0 ? drawn() : common;
    return {
      metadata: { name: `node-${String(at)}` },
      status: {
        currentState: {
          interfaces: [
            ...cards.map((name) => ({ name, type: 'ethernet' })),
            ...uplinks.flatMap((name) => {
              const [base = '', id] = name.split('.');
              return id === undefined ? [] : [{ name, type: 'vlan', vlan: { 'base-iface': base, id: Number(id) } }];
            }),
            ...bridges,
          ],
          ovn: {
            'bridge-mappings': bridges
              .filter(({ type }) => type === 'ovs-bridge')
              .map(({ name }) => ({ localnet: `net-${name}`, bridge: name })),
          },
        },
      },
    };
  });
};

const kinds = ['linux-bridge', 'localnet', 'none'] as const;

/** Some of the questions answered at random; the others are left to what is proposed. */
const answersTo = (seed: number, portGroups: ReturnType<typeof readPortGroups>, nodes: NodeNetworks): NetworksDraft => {
  const below = numbers(seed + 0xa25);
  const anyOf = (known: ReadonlyMap<string, unknown>): string =>
    [...known.keys()].sort()[below(known.size + 1)] ?? 'br-x';
  const answered = switchesToAttach(emptyNetworksDraft, portGroups).flatMap((source): [string, AttachmentDraft][] => {
    const kind = kinds[below(3)];
    const draft = { ...emptyAttachment(source), kind, bridge: anyOf(nodes.bridges), mapping: anyOf(nodes.mappings) };
    return below(3) === 0 ? [[source.id, draft as AttachmentDraft]] : [];
  });
  const choices = portGroups.flatMap(({ id, reading }) =>
    reading.state !== 'vlan' && below(3) > 0 ? [[id, { answer: { use: 'vlan', text: '12' } } as const] as const] : [],
  );
  return { attachments: Object.fromEntries(answered), choices: Object.fromEntries(choices) };
};

const planned = (seed: number, snapshot: InventorySnapshot, states: readonly NodeNetworkState[]) => {
  const portGroups = readPortGroups(snapshot);
  const nodes = readNodeNetworks(states);
  const answers = answersTo(seed, portGroups, nodes);
  const proposals = proposeAttachments(answers, portGroups, nodes);
  const draft = withProposals(answers, proposals);
  const wish = wishOf(draft, 'vms', 'mtv/vcenter', portGroups, { nodes });
  const problems = checkNetworksDraft(draft, 'vms', portGroups, { nodes });
  return { portGroups, nodes, answers, proposals, draft, wish, problems, arranged: arrangeNads(wish, []) };
};

/** Which promises about networks a random inventory, on random nodes and with random answers, breaks; none of them should. */
export const brokenPromises = (seed: number): readonly string[] => {
  const snapshot = inventoryOf(seed, ['10', '20', '12', '', '10-12']);
  const states = nodeStatesOf(seed);
  const one = planned(seed, snapshot, states);
  return [
    ...joinedUnasked(one),
    ...leftOver(one),
    ...plannedTwice(one),
    ...(JSON.stringify(planned(seed, reversed(snapshot), [...states].reverse()).arranged) ===
    JSON.stringify(one.arranged)
      ? []
      : ['the order of what is seen matters']),
  ].map((broken) => `${String(seed)}: ${broken}`);
};

const reversed = ({ networks, hosts, vms }: InventorySnapshot): InventorySnapshot => ({
  networks: [...networks].reverse(),
  hosts: [...hosts].reverse(),
  vms: [...vms].reverse(),
});

type Planned = ReturnType<typeof planned>;

/** Switches come to one wire only where the user said so for each of them; one without uplink gets nothing unasked. */
const joinedUnasked = ({ portGroups, answers, proposals, draft, nodes, arranged }: Planned): readonly string[] => {
  const switchOf = new Map(portGroups.map((each) => [each.id, each.switch.id]));
  const shared = arranged.flatMap(({ portGroups: members }) => {
    const sources = [...new Set(members.map(({ id }) => switchOf.get(id) ?? ''))];
    return sources.length > 1 && sources.some((id) => !answers.attachments[id])
      ? [`${sources.join()} share a network`]
      : [];
  });
  const wires = Object.entries(draft.attachments).flatMap(([id, attachment]) => {
    const seen = nodeAttachmentOf(attachment, nodes);
    const vlan = seen?.uplink.state === 'vlan' ? seen.uplink.vlan : undefined;
    return attachment.kind !== 'none' && seen ? seen.wires.map((wire) => ({ id, wire, vlan })) : [];
  });
  const crossed = wires.flatMap(({ id, wire, vlan }) =>
    wires
      .filter((other) => proposals.has(id) && other.id !== id && other.wire === wire)
      .filter((other) => vlan === undefined || other.vlan === undefined || vlan === other.vlan)
      .map((other) => `${id} was put on the wire of ${other.id}`),
  );
  const isolated = portGroups.filter((each) => isIsolated(each.switch) && proposals.has(each.switch.id));
  return [...shared, ...crossed, ...isolated.map(({ id }) => `${id} has no uplink`)];
};

/** Each chosen port group gets one network, or is asked about, or is left out with its switch. */
const leftOver = ({ portGroups, draft, problems, arranged }: Planned): readonly string[] => {
  const asked = new Set(
    problems.map((each) => ('portGroup' in each ? each.portGroup : 'source' in each ? each.source : each.field)),
  );
  return portGroups
    .filter((each) => selectionOf(each, draft.choices[each.id]) !== 'out' && !isLeftOut(draft, each))
    .flatMap((each) => {
      const covered = arranged.filter(({ portGroups: members }) => members.some(({ id }) => id === each.id)).length;
      const isAsked = asked.has(each.id) || asked.has(each.switch.id);
      return covered === (isAsked ? 0 : 1) ? [] : [`${each.id} is on ${String(covered)} networks`];
    });
};

/** What was created is found again: nothing is planned twice, under whatever names others have, and nothing of theirs is touched. */
const plannedTwice = ({ wish, arranged }: Planned): readonly string[] => {
  const theirs = arranged
    .flatMap(({ missing }) => missing)
    .filter((_, at) => at % 3 === 0)
    .map(({ metadata }): NetworkAttachmentDefinition => ({
      metadata: { name: metadata.name, namespace: 'vms' },
      spec: { config: '{"type":"macvlan"}' },
    }));
  const first = planNads(wish)({ nads: theirs });
  if (!first.ok) return [`no plan: ${first.error.code}`];
  const made = first.value.flatMap((change) =>
    change.verb === 'create' ? [change.object as NetworkAttachmentDefinition] : [],
  );
  const second = planNads(wish)({ nads: [...made, ...theirs].reverse() });
  return [
    ...(made.length === first.value.length ? [] : ['something of others is touched']),
    ...(second.ok && second.value.length === 0 ? [] : ['the second plan is not empty']),
  ];
};
