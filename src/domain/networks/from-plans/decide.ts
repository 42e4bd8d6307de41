import { compareText } from '../../compare-text';
import { isTrue } from '../../conditions';
import { isHost } from '../../connection/host';
import type { MigrationPlan, NetworkMap } from '../../migration-objects';
import type { Provider } from '../../objects';
import type { Result } from '../../result';
import { err, ok } from '../../result';
import type { Translate } from '../../translate';
import { networkText } from '../network-text';
import { networkKey } from '../network';
import { commonProject } from '../arrange-nads';
import { readingText, voteText } from '../vlan';
import type { Destination } from './named';
import { completeRef, destinationsOf, keyOfRef, mapOfPlan } from './named';
import type { Trouble } from './note';
import { trouble } from './note';
import type { SourceNetwork, SourceNetworks, SourceTrouble } from './source-networks';
import type { PlanWorld } from './world';

/** What a plan comes to. `left-alone`: it does not lead from vSphere to this cluster, or is not to be run any more. */
export type Scope =
  | { readonly state: 'left-alone' }
  | { readonly state: 'trouble'; readonly trouble: Trouble; readonly map: NetworkMap | undefined }
  | { readonly state: 'ours'; readonly provider: Provider; readonly map: NetworkMap };

/** Whether a plan is acted upon, and with which map. */
export const scopeOf = (plan: MigrationPlan, world: PlanWorld): Scope => {
  const { metadata, spec } = plan;
  if (metadata.deletionTimestamp !== undefined || spec === undefined || spec.archived === true)
    return { state: 'left-alone' };
  const mapRef = mapOfPlan(plan);
  const map = mapRef && world.networkMap(keyOfRef(mapRef));
  const unclear = (found: Trouble): Scope => ({ state: 'trouble', trouble: found, map });
  const [source, destination] = [spec.provider?.source, spec.provider?.destination].map((ref) => {
    const complete = completeRef(ref);
    if (!complete) return err(trouble('ProviderNotGiven'));
    const provider = world.provider(keyOfRef(complete));
    return provider ? ok(provider) : err(trouble('ProviderMissing', { provider: keyOfRef(complete) }));
  });
  // One that is known may be enough to leave the plan alone.
  if (source?.ok && source.value.spec?.type !== 'vsphere') return { state: 'left-alone' };
  if (destination?.ok && !isHost(destination.value)) return { state: 'left-alone' };
  if (!source?.ok) return unclear(source?.error ?? trouble('ProviderNotGiven'));
  if (!destination?.ok) return unclear(destination?.error ?? trouble('ProviderNotGiven'));
  if (!mapRef) return unclear(trouble('NetworkMapNotGiven'));
  if (!map) return unclear(trouble('NetworkMapMissing', { map: keyOfRef(mapRef) }));
  return { state: 'ours', provider: source.value, map };
};

/** What the source networks of a plan come to, or why nothing is known of them. */
export const sourcesOf = (
  { provider, map }: Extract<Scope, { state: 'ours' }>,
  world: PlanWorld,
): Result<SourceNetworks, Trouble> => {
  const ofPlan = keyOfRef(provider.metadata);
  const ofMap = keyOfRef(map.spec?.provider?.source ?? {});
  if (ofMap !== ofPlan) return err(trouble('ProvidersDiffer', { map: keyOfRef(map.metadata), provider: ofMap }));
  if (!isTrue(provider.status, 'Ready')) return err(trouble('ProviderNotReady', { provider: ofPlan }));
  const sources = world.sources(provider);
  return sources.ok ? sources : err(trouble(`Inventory${sources.error.code}`, { provider: ofPlan }));
};

/** DNS-1123 subdomain, as names of NetworkAttachmentDefinitions are. */
const isName = (name: string): boolean =>
  name.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name);

/** Why a network cannot be created where a map wants it for a plan. */
export const checkDestination = (
  plan: MigrationPlan,
  { namespace, name }: Destination,
  { policy, project }: PlanWorld,
): Trouble | undefined => {
  const network = keyOfRef({ namespace, name });
  const target = plan.spec?.targetNamespace ?? '';
  if (!isName(name)) return trouble('DestinationNameInvalid', { name });
  if (namespace === '') return trouble('DestinationWithoutProject', { name });
  if (namespace !== target && namespace !== commonProject) return trouble('DestinationElsewhere', { target, network });
  if (policy.namespaces.length > 0 && !policy.namespaces.includes(namespace))
    return trouble('ProjectNotAllowed', { project: namespace, network });
  switch (project(namespace)) {
    case 'terminating':
      return trouble('ProjectTerminating', { project: namespace });
    case 'absent':
      return policy.createNamespaces.includes(namespace)
        ? undefined
        : trouble('ProjectMissing', { project: namespace });
    // The API server says whether it is there.
    case 'there':
    case 'unknown':
      return undefined;
  }
};

/** A source network that goes to a destination. `provider` is `<namespace>/<name>`. */
export interface Wanted extends SourceNetwork {
  readonly provider: string;
}

/** What the source networks of a destination come to: all of them, or the trouble of the first that has one. `fine`: those without. */
export const wantedAt = (
  { sources: entries, ...ref }: Destination,
  provider: Provider,
  resolve: SourceNetworks,
): { readonly fine: readonly Wanted[]; readonly trouble: Trouble | undefined } => {
  const key = keyOfRef(provider.metadata);
  const fine: Wanted[] = [];
  let first: Trouble | undefined;
  for (const entry of entries) {
    const resolved = resolve(entry);
    if (resolved.ok) fine.push({ ...resolved.value, provider: key });
    else first ??= sourceTrouble(resolved.error, key, keyOfRef(ref));
  }
  return { fine, trouble: first };
};

const sourceTrouble = (found: SourceTrouble, provider: string, network: string): Trouble => ({
  reason: found.reason,
  params: (t) => ({
    provider,
    network,
    source: found.source,
    ...(found.reason === 'VlanTrunk' && { ranges: found.ranges }),
    ...(found.reason === 'VlanDisagreeing' && { votes: found.votes.map((vote) => voteText(t, vote)).join('; ') }),
    ...('on' in found && { on: found.on }),
    ...('portGroup' in found && { switch: found.portGroup.switch.name, vlan: readingText(t, found.portGroup.reading) }),
  }),
});

/** What every plan wants at a destination, by those whose wishes are certain. One that is not keeps nobody else's from being met. */
export const wantedByAll = (key: string, world: PlanWorld): readonly Wanted[] =>
  merged(
    [...world.plansOn(key)].flatMap((plan) => {
      const scope = scopeOf(plan, world);
      if (scope.state !== 'ours') return [];
      const destination = destinationsOf(scope.map).get(key);
      if (!destination || checkDestination(plan, destination, world)) return [];
      const sources = sourcesOf(scope, world);
      return sources.ok ? wantedAt(destination, scope.provider, sources.value).fine : [];
    }),
  );

/** Each source network once, in an order that does not depend on who wants it. */
export const merged = (wanted: readonly Wanted[]): readonly Wanted[] =>
  [...new Map(wanted.map((each) => [`${each.provider} ${each.portGroup.id}`, each])).values()].sort(
    (a, b) =>
      compareText(a.provider, b.provider) ||
      compareText(a.portGroup.name, b.portGroup.name) ||
      compareText(a.portGroup.id, b.portGroup.id),
  );

/** Why there is no network that all of them want. */
export const checkAgreement = (wanted: readonly Wanted[], network: string): Trouble | undefined => {
  const different = new Map(wanted.map((each) => [networkKey(each.network), each]));
  if (different.size < 2) return undefined;
  return {
    reason: 'SourcesConflict',
    params: (t) => ({ network, networks: [...different.values()].map((each) => wantedText(t, each)).join('; ') }),
  };
};

const wantedText = (t: Translate, { portGroup, network }: Wanted): string =>
  t('{{portGroup}} ({{network}})', { portGroup: portGroup.name, network: networkText(t, network) });
