import { because, patchOf, pointerSegment } from './change';
import type { Change } from './change';
import type { Needs, Seen } from './cluster';
import type { Plan } from './converge';
import type { KindId } from './kinds';
import type { KubeObject } from './objects';
import { declaredByAnnotation, ownSelector, releaseOf } from './ownership';
import type { Release } from './ownership';
import { ok } from './result';

/** What a release declares now, of what it may once have declared. */
export interface StillDeclared {
  readonly release: Release;
  /** Providers, each as `<namespace>/<name>`. */
  readonly providers: readonly string[];
  readonly hasImage: boolean;
}

/** What `planUndeclared` looks at. */
export const undeclaredNeeds = {
  providers: { list: 'providers', labelSelector: ownSelector },
  controllers: { list: 'forkliftControllers' },
} as const satisfies Needs;

/** Takes the note from what this release no longer declares. The thing itself stays: from then on it belongs to the page again. */
export const planUndeclared =
  ({ release, providers: declared, hasImage }: StillDeclared) =>
  ({ providers, controllers }: Seen<typeof undeclaredNeeds>): Plan<never> => {
    const isOfThis = (object: KubeObject): boolean => {
      const holder = releaseOf(object);
      return holder?.name === release.name && holder.namespace === release.namespace;
    };
    const left = providers.filter(({ metadata }) => !declared.includes(`${metadata.namespace ?? ''}/${metadata.name}`));
    return ok([
      ...left.filter(isOfThis).map((provider) => forget('providers', provider)),
      ...(hasImage ? [] : controllers.filter(isOfThis).map((each) => forget('forkliftControllers', each))),
    ]);
  };

const forget = (kind: KindId, object: KubeObject): Change =>
  because(
    (t) => t('The values no longer declare it. It stays, and can be changed on the page again.'),
    patchOf(kind, object, [{ op: 'remove', path: `/metadata/annotations/${pointerSegment(declaredByAnnotation)}` }]),
  );
