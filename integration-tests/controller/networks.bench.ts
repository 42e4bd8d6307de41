import { emptyNetworksDraft, wishOf } from '../../src/domain/networks/draft';
import { emptyAttachment } from '../../src/domain/networks/attachment';
import { arrangeNads } from '../../src/domain/networks/arrange-nads';
import { readPortGroups } from '../../src/domain/networks/port-groups';
import { switchesOf } from '../../src/domain/networks/switches';
import { brokenPromises } from '../../src/testing/seeded-networks';

test('ten thousand inventories, nodes and answers', () => {
  const broken = Array.from({ length: 10_000 }, (_, seed) => brokenPromises(seed)).flat();
  expect(broken).toEqual([]);
}, 600_000);

/** So many port groups with a VLAN each, on a switch for every four thousand of them, all on bridges. */
const wishFor = (portGroups: number) => {
  const networks = Array.from({ length: portGroups }, (_, at) => ({
    id: `dvportgroup-${String(at)}`,
    name: `pg-${String(at).padStart(5, '0')}`,
    path: `/DC0/network/pg-${String(at)}`,
    variant: 'DvPortGroup' as const,
    vlanId: String((at % 4000) + 1),
    dvSwitch: { id: `dvs-${String(Math.floor(at / 4000))}` },
  }));
  const vms = networks.map(({ id }) => ({ id: `vm-${id}`, name: id, networks: [{ id }] }));
  const read = readPortGroups({ networks, hosts: [], vms });
  const attachments = switchesOf(read).map(
    (source) =>
      [source.id, { ...emptyAttachment(source), kind: 'linux-bridge' as const, bridge: `br-${source.id}` }] as const,
  );
  return wishOf({ ...emptyNetworksDraft, attachments: Object.fromEntries(attachments) }, 'vms', 'mtv/vcenter', read);
};

/** The fastest of five, in milliseconds. */
const fastest = (act: () => unknown): number =>
  Math.min(
    ...Array.from({ length: 5 }, () => {
      const began = performance.now();
      act();
      return performance.now() - began;
    }),
  );

test('joining what is wanted with what is there takes the same for each network, however many there are', () => {
  const rows = [300, 1_000, 2_000, 10_000].map((networks) => {
    const wish = wishFor(networks);
    const present = arrangeNads(wish, []).flatMap(({ missing }) => missing);
    const milliseconds = {
      nothing: fastest(() => arrangeNads(wish, [])),
      all: fastest(() => arrangeNads(wish, present)),
    };
    return {
      networks,
      'ms, nothing there': Math.round(milliseconds.nothing * 10) / 10,
      'ms, all there': Math.round(milliseconds.all * 10) / 10,
      'µs for each': Math.round((1000 * milliseconds.all) / networks),
    };
  });
  console.table(rows);
});
