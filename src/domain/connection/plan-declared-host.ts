import type { Change, PatchOperation } from '../change';
import { because, create } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { apiVersionOf, kinds } from '../kinds';
import type { Host, KubeObject, OwnerReference, Secret } from '../objects';
import { declaredBy, isOurs, otherHolder, owned } from '../ownership';
import type { Release } from '../ownership';
import { err, ok } from '../result';
import type { Text, Translate } from '../translate';
import { credentialsIn, planDeclaredSecret, sourceProblemText, trustContent } from './declared-secret';
import type { SourceProblem } from './declared-secret';
import type { HostAddress } from './host-adapter';

/** A declared ESXi host that the inventory knows. */
export interface DeclaredHostWish extends HostAddress {
  /** The name of the host, as it is declared. */
  readonly host: string;
  /** Name of its Provider. */
  readonly provider: string;
  /** The project of the Provider, where Host and Secret are too. */
  readonly namespace: string;
  /** The Secret with user and password of the host, and its project. */
  readonly secret: string;
  readonly home: string;
  /** PEM; `undefined`: the connection is not verified. */
  readonly certificate: string | undefined;
  /** Who holds it; `undefined`: nobody, it is made once. */
  readonly release: Release | undefined;
}

/** Why a declared host cannot be made now. */
export type DeclaredHostProblem =
  | SourceProblem
  | { readonly code: 'HostTaken' | 'HostSecretTaken' | 'NoProvider'; readonly name: string }
  | { readonly code: 'HostDeclaredElsewhere'; readonly name: string; readonly release: Release };

/** On a Host: the name of the ESXi host that is declared. Only the inventory knows it otherwise. */
export const declaredHostAnnotation = 'migration-prep/declared-host';

/** Name of a Host, as MTV's page makes it (docs/facts/forklift.md §5). */
export const hostNameOf = ({ provider, id }: Pick<DeclaredHostWish, 'provider' | 'id'>): string =>
  `${provider}-${id}-config`;

const secretNameOf = (wish: Pick<DeclaredHostWish, 'provider' | 'id'>): string => `${hostNameOf(wish)}-credentials`;

/** What the planner has to see. */
export const declaredHostNeeds = (wish: Pick<DeclaredHostWish, 'provider' | 'id' | 'namespace' | 'secret' | 'home'>) =>
  ({
    source: { kind: 'secrets', name: wish.secret, namespace: wish.home },
    provider: { kind: 'providers', name: wish.provider, namespace: wish.namespace },
    secret: { kind: 'secrets', name: secretNameOf(wish), namespace: wish.namespace },
    host: { kind: 'hosts', name: hostNameOf(wish), namespace: wish.namespace },
  }) as const satisfies Needs;

/** What the planner sees. */
export type DeclaredHostSeen = Seen<ReturnType<typeof declaredHostNeeds>>;

/** Secret and Host as MTV's page makes them: the Host owned by the Provider, the Secret by the Host (docs/facts/forklift.md §5). */
export const planDeclaredHost =
  (wish: DeclaredHostWish) =>
  ({ source, provider, secret, host }: DeclaredHostSeen): Plan<DeclaredHostProblem> => {
    const { id, ipAddress, namespace, release, certificate } = wish;
    const name = hostNameOf(wish);
    if (secret && !isOurs(secret)) return err({ code: 'HostSecretTaken', name: secret.metadata.name });
    if (host && !isOurs(host)) return err({ code: 'HostTaken', name });
    const holder = host && otherHolder(host, release);
    if (holder) return err({ code: 'HostDeclaredElsewhere', name, release: holder });
    if (!provider) return err({ code: 'NoProvider', name: wish.provider });
    const credentials = credentialsIn(source, wish);
    if (!credentials.ok) return credentials;
    const annotations = release ? declaredBy(release) : {};
    const wanted = {
      name: secretNameOf(wish),
      namespace,
      labels: { createdForResourceType: 'hosts', createdForResource: id },
      annotations,
      content: {
        ...credentials.value,
        ip: btoa(ipAddress),
        provider: btoa(wish.provider),
        ...trustContent(certificate),
      },
      source: wish,
      why: (t: Translate) => t('MTV signs in to the ESXi host with the credentials in this Secret.'),
    };
    return ok([
      ...planDeclaredSecret(wanted, secret),
      ...planHostItself(wish, host, provider, release ? { ...annotations, [declaredHostAnnotation]: wish.host } : {}),
      ...planHostOwner(secret, host),
    ]);
  };

const ownerOf = (kind: 'providers' | 'hosts', { metadata: { name, uid = '' } }: KubeObject): OwnerReference => ({
  apiVersion: apiVersionOf(kinds[kind]),
  kind: kinds[kind].kind,
  name,
  uid,
});

const planHostItself = (
  wish: DeclaredHostWish,
  host: Host | undefined,
  provider: KubeObject,
  annotations: Readonly<Record<string, string>>,
): readonly Change[] => {
  const { id, ipAddress, namespace } = wish;
  const name = hostNameOf(wish);
  const owner = ownerOf('providers', provider);
  const spec = {
    id,
    ipAddress,
    provider: { name: wish.provider, namespace },
    secret: { name: secretNameOf(wish), namespace },
  };
  if (!host) {
    const metadata = owned({ name, namespace, ownerReferences: [owner], annotations });
    const why: Text = (t) =>
      t('MTV copies disks from this ESXi host directly, by {{address}}.', { address: ipAddress });
    return [because(why, create('hosts', { metadata, spec }))];
  }
  const { metadata, spec: present } = host;
  const isRight =
    present?.id === id &&
    present.ipAddress === ipAddress &&
    present.provider?.name === wish.provider &&
    present.provider.namespace === namespace &&
    present.secret?.name === spec.secret.name &&
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
  const why: Text = (t) => t('It is not as it is declared.');
  return [because(why, { verb: 'patch', kind: 'hosts', name, namespace, operations })];
};

const planHostOwner = (secret: Secret | undefined, host: Host | undefined): readonly Change[] => {
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

/** Why a declared host cannot be made now, and what to do. */
export const declaredHostProblemText = (t: Translate, problem: DeclaredHostProblem): string => {
  switch (problem.code) {
    case 'MissingSecret':
    case 'MissingKeys':
      return sourceProblemText(t, problem);
    case 'NoProvider':
      return t('Provider {{name}} is not there yet.', { name: problem.name });
    case 'HostTaken':
      return t('Host {{name}} already exists and was not created by Migration Prep, so it is not changed.', {
        name: problem.name,
      });
    case 'HostSecretTaken':
      return t('Secret {{name}} already exists and was not created by Migration Prep, so it is not changed.', {
        name: problem.name,
      });
    case 'HostDeclaredElsewhere':
      return t('Host {{name}} is managed by the values of release {{release}} in {{project}}. Change it there.', {
        name: problem.name,
        release: problem.release.name,
        project: problem.release.namespace,
      });
  }
};
