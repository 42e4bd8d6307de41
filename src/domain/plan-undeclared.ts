import { because, deletionOf, patchOf, pointerSegment } from './change';
import type { Change } from './change';
import type { Needs, Seen } from './cluster';
import { declaredHostAnnotation } from './hosts/plan-declared-host';
import { refusedNeeds } from './connection/refused';
import type { Plan } from './converge';
import type { KindId } from './kinds';
import type { Host, KubeObject } from './objects';
import { declaredByAnnotation, isOurs, ownSelector, releaseOf } from './ownership';
import type { Release } from './ownership';
import { ok } from './result';
import type { Text } from './translate';

/** What a release declares now, of what it may once have declared. */
export interface StillDeclared {
  readonly release: Release;
  /** Providers, each as `<namespace>/<name>`. */
  readonly providers: readonly string[];
  /** ESXi hosts, each as `<namespace>/<provider>/<host>`. */
  readonly hosts: readonly string[];
  readonly hasImage: boolean;
}

/** What `planUndeclared` looks at. */
export const undeclaredNeeds = {
  providers: { list: 'providers', labelSelector: ownSelector },
  hosts: { list: 'hosts', labelSelector: ownSelector },
  controllers: { list: 'forkliftControllers' },
} as const satisfies Needs;

/** Takes the note from what this release no longer declares. The thing itself stays: from then on it belongs to the page again. */
export const planUndeclared =
  ({ release, providers: declared, hosts: declaredHosts, hasImage }: StillDeclared) =>
  ({ providers, hosts, controllers }: Seen<typeof undeclaredNeeds>): Plan<never> => {
    const isOfThis = (object: KubeObject): boolean => {
      const holder = releaseOf(object);
      return holder?.name === release.name && holder.namespace === release.namespace;
    };
    const stays = new Set(declaredHosts.map(withoutCase));
    const left = providers.filter(({ metadata }) => !declared.includes(`${metadata.namespace ?? ''}/${metadata.name}`));
    return ok([
      ...left.filter(isOfThis).map((provider) => forget('providers', provider)),
      ...hosts
        .filter((host) => isOfThis(host) && !stays.has(withoutCase(nameOfHost(host))))
        .map((host) => forget('hosts', host)),
      ...(hasImage ? [] : controllers.filter(isOfThis).map((each) => forget('forkliftControllers', each))),
    ]);
  };

/** vSphere's names of hosts are compared without regard to case. */
const withoutCase = (text: string): string => text.toLowerCase();

const nameOfHost = ({ metadata, spec }: Host): string =>
  [metadata.namespace, spec?.provider?.name, metadata.annotations?.[declaredHostAnnotation]].join('/');

/** What `planReleaseGone` looks at. */
export const releaseGoneNeeds = (release: Release) =>
  ({ ...undeclaredNeeds, ...refusedNeeds(release) }) as const satisfies Needs;

/** Takes every note of a release that is removed, or whose controller is: on what it declared, and of the credentials that were refused. */
export const planReleaseGone =
  (release: Release) =>
  (seen: Seen<ReturnType<typeof releaseGoneNeeds>>): Plan<never> => {
    const forgotten = planUndeclared({ release, providers: [], hosts: [], hasImage: false })(seen);
    const { note } = seen;
    if (!forgotten.ok || !note || !isOurs(note)) return forgotten;
    const why: Text = (t) => t('Nothing tries these credentials anymore.');
    return ok([...forgotten.value, ...deletionOf('configMaps', note).map((each) => because(why, each))]);
  };

const forget = (kind: KindId, object: KubeObject): Change =>
  because(
    (t) => t('The values no longer declare it. It stays, and can be changed on the page again.'),
    patchOf(kind, object, [{ op: 'remove', path: `/metadata/annotations/${pointerSegment(declaredByAnnotation)}` }]),
  );
