import { ownLabels } from '../../src/domain/ownership';
import { apiVersionOf, kinds } from '../../src/domain/kinds';
import type { KindId } from '../../src/domain/kinds';
import type { ControlPlane } from '../hooks/control-plane';
import { pathOf } from '../hooks/control-plane';
import { idOf, otherIds } from './source-networks';
import type { Random } from './random';

/** Where plans, maps and the Provider are. */
export const project = 'migrations';

/** The Provider that maps name, and one of another kind, upon which nothing is acted. */
export const providers = { vsphere: 'vcenter', other: 'virt-a' } as const;

/** How many objects of each kind there may be at a time; names repeat, so that steps meet. */
const limits = { plans: 40, maps: 30, namespaces: 4, names: 40, networks: 40 } as const;

/** The namespaces that plans may go to. */
export const targets = Array.from({ length: limits.namespaces }, (_, at) => `target-${String(at)}`) as [
  string,
  ...string[],
];

/** Who, in the audit log, gave an object our labels or took them away. */
export const [given, taken] = ['gives-labels', 'takes-labels'];

/** What somebody does to the cluster, as its administrator. Whether it succeeds is no matter: two at once may meet. */
export type Step = (plane: ControlPlane) => Promise<unknown>;

interface Weighted {
  readonly weight: number;
  readonly step: (random: Random) => Step;
}

const createOrChange =
  (kind: KindId, name: string, namespace: string | undefined, content: object): Step =>
  async (plane) => {
    const metadata = { name, ...(namespace !== undefined && { namespace }) };
    const whole = { apiVersion: apiVersionOf(kinds[kind]), kind: kinds[kind].kind, metadata, ...content };
    const { code } = await plane.ask('POST', pathOf(kind, '', namespace), whole);
    if (code === 409) await plane.ask('PATCH', pathOf(kind, name, namespace), content);
  };

const remove =
  (kind: KindId, name: string, namespace?: string): Step =>
  (plane) =>
    plane.ask('DELETE', pathOf(kind, name, namespace));

const numbered = (prefix: string, random: Random, limit: number) => `${prefix}-${String(random.below(limit))}`;
const planOf = (random: Random) => numbered('plan', random, limits.plans);
const mapOf = (random: Random) => numbered('map', random, limits.maps);
const networkOf = (random: Random) => numbered('net', random, limits.names);

const pairOf = (random: Random) => ({
  source: { namespace: project, name: random.percent(95) ? providers.vsphere : providers.other },
  destination: { namespace: project, name: 'host' },
});

const entryOf = (random: Random) => {
  const at = random.below(limits.networks);
  const id = random.percent(85) ? idOf(at) : random.of(otherIds);
  if (random.percent(10)) return { source: { id }, destination: { type: random.of(['pod', 'ignored']) } };
  // Mostly under the name of the source, so that plans agree; the others are in each other's way.
  const name = random.percent(80) ? `net-${String(at)}` : networkOf(random);
  return {
    source: { id },
    destination: { type: 'multus', name, namespace: random.percent(85) ? random.of(targets) : 'default' },
  };
};

const configOf = (random: Random, name: string) =>
  random.percent(20)
    ? random.of(['', '{', '{"type": "macvlan"}'])
    : JSON.stringify({
        cniVersion: '0.3.1',
        name,
        type: 'bridge',
        bridge: random.of(['br1', 'br2']),
        vlan: 100 + random.below(limits.networks),
        macspoofchk: true,
        preserveDefaultVlan: false,
      });

const steps: readonly Weighted[] = [
  {
    weight: 30,
    step: (random) =>
      createOrChange('plans', planOf(random), project, {
        spec: {
          provider: pairOf(random),
          map: {
            network: { namespace: project, name: mapOf(random) },
            storage: { namespace: project, name: 'storage' },
          },
          targetNamespace: random.of(targets),
          archived: random.percent(5),
          vms: [],
        },
      }),
  },
  { weight: 10, step: (random) => remove('plans', planOf(random), project) },
  {
    weight: 25,
    step: (random) =>
      createOrChange('networkMaps', mapOf(random), project, {
        spec: { provider: pairOf(random), map: Array.from({ length: random.below(6) }, () => entryOf(random)) },
      }),
  },
  { weight: 6, step: (random) => remove('networkMaps', mapOf(random), project) },
  {
    weight: 8,
    step: (random) => {
      const name = networkOf(random);
      return createOrChange('networkAttachmentDefinitions', name, random.of(targets), {
        spec: { config: configOf(random, name) },
      });
    },
  },
  // Whosever it is: ours come back as long as they are named.
  { weight: 12, step: (random) => remove('networkAttachmentDefinitions', networkOf(random), random.of(targets)) },
  // Taken over by somebody, and given to us.
  {
    weight: 2,
    step: (random) => {
      const give = random.percent(20);
      const labels = Object.fromEntries(
        Object.entries(ownLabels).map(([label, value]) => [label, give ? value : null]),
      );
      const path = pathOf('networkAttachmentDefinitions', networkOf(random), random.of(targets));
      return (plane) => plane.ask('PATCH', `${path}?fieldManager=${give ? given : taken}`, { metadata: { labels } });
    },
  },
  { weight: 4, step: (random) => createOrChange('namespaces', random.of(targets), undefined, {}) },
  { weight: 1, step: (random) => remove('namespaces', random.of(targets)) },
];

const total = steps.reduce((sum, { weight }) => sum + weight, 0);

/** A step that a seed leads to. */
export const randomStep = (random: Random): Step => {
  let at = random.below(total);
  const found = steps.find(({ weight }) => (at -= weight) < 0) ?? steps[0];
  if (!found) throw new Error('there are no steps');
  return found.step(random);
};
