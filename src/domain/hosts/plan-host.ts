import type { Change, PatchOperation } from '../change';
import { because, create, deletionOf, patchOf } from '../change';
import type { Needs, Seen } from '../cluster';
import { authorityKeys, trustContent } from '../connection/declared-secret';
import { authorityOf, submissionAnnotation } from '../connection/plan-provider';
import type { Plan } from '../converge';
import { apiVersionOf, kinds } from '../kinds';
import type { Host, KubeObject, OwnerReference, Secret } from '../objects';
import { isOurs, otherHolder, owned } from '../ownership';
import type { Release } from '../ownership';
import { err, ok } from '../result';
import type { Text, Translate } from '../translate';
import type { HostAddress } from './esxi-host';

/** An ESXi host of a Provider, and the address that disks are copied from. */
export interface HostTarget extends HostAddress {
  /** Name of its Provider. */
  readonly provider: string;
  /** The project of the Provider, where Host and Secret are too. */
  readonly namespace: string;
}

/** A host as somebody wants it on the page. */
export interface HostWish extends HostTarget {
  /** The name of the host, as vSphere shows it. */
  readonly host: string;
  /** `undefined`: those that its Secret has stay. Then the address alone changes. */
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
  /** PEM; `undefined`: the connection is not verified. */
  readonly certificate: string | undefined;
  /** One press of the button (`submissionAnnotation`). */
  readonly submission: string;
}

/** A name that belongs to somebody else, or what is not there. `HostDeclaredElsewhere`: the values of a release hold it. */
export type HostProblem =
  | { readonly code: 'HostTaken' | 'HostSecretTaken' | 'NoProvider' | 'NoCredentials'; readonly name: string }
  | { readonly code: 'HostDeclaredElsewhere'; readonly name: string; readonly release: Release };

/** Name of a Host, as MTV's page makes it (docs/facts/forklift.md §5). */
export const hostNameOf = ({ provider, id }: Pick<HostTarget, 'provider' | 'id'>): string => `${provider}-${id}-config`;

/** Name of the Secret of a Host of ours. */
export const hostSecretOf = (target: Pick<HostTarget, 'provider' | 'id'>): string =>
  `${hostNameOf(target)}-credentials`;

/** MTV's own labels: by them its webhook logs in to the host with what the Secret holds (docs/facts/forklift.md §5). */
export const hostLabels = ({ id }: Pick<HostTarget, 'id'>) => ({
  createdForResourceType: 'hosts',
  createdForResource: id,
});

/** What the planner has to see. */
export const hostNeeds = (target: HostTarget) => {
  const { provider, namespace } = target;
  return {
    provider: { kind: 'providers', name: provider, namespace },
    secret: { kind: 'secrets', name: hostSecretOf(target), namespace },
    host: { kind: 'hosts', name: hostNameOf(target), namespace },
  } as const satisfies Needs;
};

/** What the planner sees. */
export type HostSeen = Seen<ReturnType<typeof hostNeeds>>;

/** Whose the names of a Host and its Secret are; `undefined`: they are free, or ours and held by nobody but the release that asks. */
export const hostTakenBy = (
  { secret, host }: Pick<HostSeen, 'secret' | 'host'>,
  release: Release | undefined,
): HostProblem | undefined => {
  if (secret && !isOurs(secret)) return { code: 'HostSecretTaken', name: secret.metadata.name };
  if (!host) return undefined;
  const { name } = host.metadata;
  if (!isOurs(host)) return { code: 'HostTaken', name };
  const holder = otherHolder(host, release);
  return holder && { code: 'HostDeclaredElsewhere', name, release: holder };
};

/** Secret and Host as MTV's page makes them: the Host owned by the Provider, the Secret by the Host (docs/facts/forklift.md §5). */
export const planHost =
  (wish: HostWish) =>
  ({ provider, secret, host }: HostSeen): Plan<HostProblem> => {
    const taken = hostTakenBy({ secret, host }, undefined);
    if (taken) return err(taken);
    if (!provider) return err({ code: 'NoProvider', name: wish.provider });
    if (!secret && !wish.credentials) return err({ code: 'NoCredentials', name: wish.host });
    const why: Text = (t) => t('Its address or its owner is not the one that you want.');
    return ok([
      ...planSecret(wish, secret),
      ...planHostItself(wish, host, { provider, annotations: {}, why }),
      ...planHostOwner(secret, host),
    ]);
  };

/** Takes back the Secret of a submission whose Host could not be made: no password stays behind that nothing uses. */
export const planHostWithdrawal =
  ({ submission }: Pick<HostWish, 'submission'>) =>
  ({ secret, host }: HostSeen): Plan<never> => {
    const isOfThisSubmission = secret?.metadata.annotations?.[submissionAnnotation] === submission;
    if (!secret || host || !isOurs(secret) || !isOfThisSubmission || secret.metadata.ownerReferences?.length)
      return ok([]);
    return ok(
      deletionOf('secrets', secret).map((each) =>
        because((t) => t('Its host could not be created, so its password is not kept.'), each),
      ),
    );
  };

const planSecret = (wish: HostWish, secret: Secret | undefined): readonly Change[] => {
  const { namespace, credentials, submission, certificate, ipAddress, provider } = wish;
  const name = hostSecretOf(wish);
  const content = {
    ip: ipAddress,
    provider,
    insecureSkipVerify: certificate === undefined ? 'true' : 'false',
    ...(certificate !== undefined && authorityOf(certificate)),
    ...credentials,
  };
  const noted = { [submissionAnnotation]: submission };
  if (!secret) {
    const metadata = owned({ name, namespace, labels: hostLabels(wish), annotations: noted });
    const why: Text = (t) => t('MTV signs in to the ESXi host with the credentials in this Secret.');
    return [because(why, create('secrets', { metadata, type: 'Opaque', stringData: content }))];
  }
  const { annotations, labels } = secret.metadata;
  const { data = {} } = secret;
  if (annotations?.[submissionAnnotation] === submission) return [];
  const open = { ip: btoa(ipAddress), provider: btoa(provider), ...trustContent(certificate) };
  const outdated = authorityKeys.filter((key) => key in data && !(key in content));
  // User and password are never compared. What is no secret is: then nothing is tried that is right.
  if (!credentials && outdated.length === 0 && Object.entries(open).every(([key, value]) => data[key] === value))
    return [];
  const operations: readonly PatchOperation[] = [
    { op: 'add', path: '/metadata/annotations', value: { ...annotations, ...noted } },
    { op: 'add', path: '/metadata/labels', value: { ...labels, ...hostLabels(wish) } },
    { op: 'add', path: '/stringData', value: content },
    ...outdated.map((key) => ({ op: 'remove', path: `/data/${key}` }) as const),
  ];
  const why: Text = credentials
    ? (t) => t('It gets the credentials that you entered.')
    : (t) => t('It gets the address that you chose. User and password stay.');
  return [because(why, patchOf('secrets', secret, operations))];
};

const ownerOf = (kind: 'providers' | 'hosts', { metadata: { name, uid = '' } }: KubeObject): OwnerReference => ({
  apiVersion: apiVersionOf(kinds[kind]),
  kind: kinds[kind].kind,
  name,
  uid,
});

/** The Host alone: made, or corrected where its address, its Secret, its owner or these annotations differ; `why` is said of a correction. */
export const planHostItself = (
  target: HostTarget,
  host: Host | undefined,
  {
    provider,
    annotations,
    why,
  }: { readonly provider: KubeObject; readonly annotations: Readonly<Record<string, string>>; readonly why: Text },
): readonly Change[] => {
  const { id, ipAddress, namespace } = target;
  const name = hostNameOf(target);
  const owner = ownerOf('providers', provider);
  const secret = { name: hostSecretOf(target), namespace };
  const spec = { id, ipAddress, provider: { name: target.provider, namespace }, secret };
  if (!host) {
    const metadata = owned({ name, namespace, ownerReferences: [owner], annotations });
    const isNew: Text = (t) =>
      t('MTV copies disks from this ESXi host directly, by {{address}}.', { address: ipAddress });
    return [because(isNew, create('hosts', { metadata, spec }))];
  }
  const { metadata, spec: present } = host;
  const isRight =
    present?.id === id &&
    present.ipAddress === ipAddress &&
    present.provider?.name === target.provider &&
    present.provider.namespace === namespace &&
    present.secret?.name === secret.name &&
    present.secret.namespace === namespace;
  const isOwned = (metadata.ownerReferences ?? []).some(({ uid }) => uid === owner.uid);
  const isNoted = Object.entries(annotations).every(([key, value]) => metadata.annotations?.[key] === value);
  if (isRight && isOwned && isNoted) return [];
  const others = (metadata.ownerReferences ?? []).filter((each) => each.kind !== 'Provider');
  const operations: readonly PatchOperation[] = [
    // Not the version, which every status that MTV writes would change: this very Host, as it was looked at.
    { op: 'test', path: '/metadata/uid', value: metadata.uid },
    { op: 'test', path: '/spec', value: present ?? null },
    ...(isRight ? [] : [{ op: 'add', path: '/spec', value: { ...present, ...spec } } as const]),
    ...(isOwned ? [] : [{ op: 'add', path: '/metadata/ownerReferences', value: [...others, owner] } as const]),
    ...(isNoted
      ? []
      : ([
          { op: 'test', path: '/metadata/annotations', value: metadata.annotations ?? null },
          { op: 'add', path: '/metadata/annotations', value: { ...metadata.annotations, ...annotations } },
        ] as const)),
  ];
  return [because(why, { verb: 'patch', kind: 'hosts', name, namespace, operations })];
};

/** The Secret, owned by the Host once both are there. */
export const planHostOwner = (secret: Secret | undefined, host: Host | undefined): readonly Change[] => {
  if (!secret || !host) return [];
  const owner = ownerOf('hosts', host);
  const owners = secret.metadata.ownerReferences ?? [];
  if (owners.some(({ uid }) => uid === owner.uid)) return [];
  const { name, namespace = '' } = secret.metadata;
  const value = [...owners.filter((each) => each.kind !== 'Host'), owner];
  return [
    because((t) => t('Deleting the Host then also deletes the password.'), {
      verb: 'patch',
      kind: 'secrets',
      name,
      namespace,
      operations: [{ op: 'add', path: '/metadata/ownerReferences', value }],
    }),
  ];
};

/** Why a host cannot be made now, and what to do. */
export const hostProblemText = (t: Translate, problem: HostProblem): string => {
  const { name } = problem;
  switch (problem.code) {
    case 'NoProvider':
      return t('Provider {{name}} is not there yet.', { name });
    case 'NoCredentials':
      return t('{{name}} has no stored credentials. Enter its user and its password.', { name });
    case 'HostTaken':
      return t('Host {{name}} already exists and was not created by Migration Prep, so it is not changed.', { name });
    case 'HostSecretTaken':
      return t('Secret {{name}} already exists and was not created by Migration Prep, so it is not changed.', { name });
    case 'HostDeclaredElsewhere':
      return t('Host {{name}} is managed by the values of release {{release}} in {{project}}. Change it there.', {
        name,
        release: problem.release.name,
        project: problem.release.namespace,
      });
  }
};
