import type { Change } from '../../change';
import { because, create, keyOf, nameOfChange } from '../../change';
import { compareText } from '../../compare-text';
import type { MigrationPlan } from '../../migration-objects';
import type { NetworkAttachmentDefinition } from '../../objects';
import { declaredBy, owned } from '../../ownership';
import { nadOf } from '../nad';
import { frameKey } from '../network';
import type { Network } from '../network';
import { nadText, networkText } from '../network-text';
import { flawFor, readNad } from '../read-nad';
import type { Wanted } from './decide';
import { checkAgreement, checkDestination, merged, scopeOf, sourcesOf, wantedAt, wantedByAll } from './decide';
import type { Destination } from './named';
import { destinationsOf, keyOfObject, keyOfRef } from './named';
import type { NetworkNote, NetworksPlan, Trouble } from './note';
import { noteOnPlan } from './note';
import { planUnused } from './plan-unused';
import type { NetworksSeen, PlanWorld } from './world';
import { worldOf } from './world';

const nothing: NetworksPlan = { changes: [], notes: [] };

/**
 * The networks that one plan lacks. Each is created under the name and in the project that the plan's map says, if it is certain
 * which network it is. What is there is never changed.
 */
export const planNetworksOf = (plan: MigrationPlan, world: PlanWorld): NetworksPlan =>
  planWith(plan, world, (key) => wantedByAll(key, world));

/** The same for all plans at once, and what is to be removed; in time linear in what there is. The order of the lists does not matter. */
export const planNetworks = (seen: NetworksSeen): NetworksPlan => {
  const world = worldOf(seen);
  const wanted = new Map<string, readonly Wanted[]>();
  const wantedBy = (key: string): readonly Wanted[] => {
    const known = wanted.get(key) ?? wantedByAll(key, world);
    wanted.set(key, known);
    return known;
  };
  const planned = [
    ...sortedByKey(seen.plans).map((plan) => planWith(plan, world, wantedBy)),
    ...sortedByKey(seen.nads).map((nad) => planUnused(nad, world)),
  ];
  const changes = new Map(
    planned.flatMap((each) => each.changes.map((change) => [keyOf(nameOfChange(change)), change] as const)),
  );
  return { changes: [...changes.values()], notes: planned.flatMap(({ notes }) => notes) };
};

const sortedByKey = <T extends MigrationPlan | NetworkAttachmentDefinition>(objects: readonly T[]): readonly T[] =>
  objects
    .map((each) => [keyOfObject(each), each] as const)
    .sort(([a], [b]) => compareText(a, b))
    .map(([, each]) => each);

const planWith = (
  plan: MigrationPlan,
  world: PlanWorld,
  wantedBy: (destination: string) => readonly Wanted[],
): NetworksPlan => {
  const scope = scopeOf(plan, world);
  if (scope.state === 'left-alone') return nothing;
  if (scope.state === 'trouble') {
    const isNeeded = !scope.map || namesMissing(destinationsOf(scope.map).keys(), world);
    return isNeeded ? { changes: [], notes: [noteOnPlan(plan, scope.trouble)] } : nothing;
  }
  const sources = sourcesOf(scope, world);
  const changes: Change[] = [];
  const notes: NetworkNote[] = [];
  let isWaiting = false;
  for (const [key, destination] of destinationsOf(scope.map)) {
    const own = sources.ok ? wantedAt(destination, scope.provider, sources.value) : undefined;
    const present = world.nad(key);
    const found = present ? checkPresent(present, own?.fine ?? []) : checkDestination(plan, destination, world);
    if (found) notes.push(noteOnPlan(plan, found, key));
    else if (!present && own) {
      const wanted = merged([...own.fine, ...wantedBy(key)]);
      const unclear = own.trouble ?? checkAgreement(wanted, key);
      if (unclear) notes.push(noteOnPlan(plan, unclear, key));
      else changes.push(...creations(destination, wanted, world));
    } else if (!present) isWaiting = true;
  }
  // Said once, and not for each network.
  if (isWaiting && !sources.ok) notes.push(noteOnPlan(plan, sources.error));
  return { changes, notes };
};

const namesMissing = (keys: Iterable<string>, { nad }: PlanWorld): boolean => [...keys].some((key) => !nad(key));

/** Why a network that is there is not the one that the map needs, as far as that is known. Where it is not, MTV takes what is there. */
const checkPresent = (nad: NetworkAttachmentDefinition, wanted: readonly Wanted[]): Trouble | undefined => {
  const network = keyOfObject(nad);
  if (nad.metadata.deletionTimestamp !== undefined) return { reason: 'NetworkLeaving', params: () => ({ network }) };
  const unmet = wanted.find((each) => !isFit(nad, each.network));
  return (
    unmet && {
      reason: 'NetworkDiffers',
      params: (t) => ({ network, present: nadText(t, nad), wanted: networkText(t, unmet.network) }),
    }
  );
};

const isFit = (nad: NetworkAttachmentDefinition, wanted: Network): boolean => {
  const reading = readNad(nad);
  return (
    reading.state === 'network' &&
    frameKey(reading.network) === frameKey(wanted) &&
    flawFor(reading, wanted) === undefined
  );
};

/** Many plans may come to this at once, and all to the same: nothing of it depends on which. */
const creations = (
  { namespace, name }: Destination,
  wanted: readonly Wanted[],
  world: PlanWorld,
): readonly Change[] => {
  const [first] = wanted;
  if (!first) return [];
  const { provider, network } = first;
  const portGroups = wanted
    .filter((each) => each.provider === provider)
    .map(({ portGroup: { id, name: label } }) => ({ id, name: label }));
  const { metadata, spec } = nadOf({ name, namespace, network, provider, portGroups });
  const annotations = { ...metadata.annotations, ...declaredBy(world.release) };
  const names = portGroups.map((each) => each.name).join(', ');
  const key = keyOfRef({ namespace, name });
  return [
    ...(world.project(namespace) === 'absent'
      ? [
          because(
            (t) => t('The network {{network}} is to be in this project.', { network: key }),
            create('namespaces', { metadata: owned({ name: namespace, annotations: declaredBy(world.release) }) }),
          ),
        ]
      : []),
    because(
      (t) => t('A migration plan maps the port groups {{names}} to this network, which does not exist yet.', { names }),
      create('networkAttachmentDefinitions', { metadata: { ...metadata, annotations }, ...(spec && { spec }) }),
    ),
  ];
};
