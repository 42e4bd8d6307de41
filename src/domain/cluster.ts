import type { Write } from './change';
import type { ClusterFailure, Verb } from './failure';
import type { KindId, ObjectOf } from './kinds';
import type { KubeObject } from './objects';
import type { Result } from './result';

/** One object by name. Needs only the right to `get`: that is how we read Secrets we wrote. */
export interface One<K extends KindId = KindId> {
  readonly kind: K;
  readonly name: string;
  readonly namespace?: string;
  /** Leaves the content on the server: of a Secret, to see whether it is there. */
  readonly metadataOnly?: boolean;
}

/** All objects of a kind, in one namespace or in the whole cluster. */
export interface Many<K extends KindId = KindId> {
  readonly list: K;
  readonly namespace?: string;
  readonly labelSelector?: string;
  /** Only those of this name, of which one project may seem to have several: the PackageManifests of several catalogs. Not for watches. */
  readonly name?: string;
}

/** What a planner needs to see, by the names it uses for it. */
export type Needs = Readonly<Record<string, One | Many>>;

/** What was seen: an object or `undefined` (not there) for `One`, all of them for `Many`. */
export type Seen<N extends Needs> = {
  readonly [P in keyof N]: N[P] extends Many<infer K>
    ? readonly ObjectOf[K][]
    : N[P] extends One<infer K>
      ? ObjectOf[K] | undefined
      : never;
};

/** A right to ask for, as SelfSubjectAccessReview knows it. */
export interface Right {
  readonly kind: KindId;
  readonly verb: Verb;
  /** Of one object: a role may grant a right by `resourceNames`. Never with `create`, for which roles cannot name objects. */
  readonly name?: string;
  readonly subresource?: string;
  readonly namespace?: string;
}

/** What `converge` needs of a cluster. Nothing here throws: every failure is a value. */
export interface Cluster {
  /** A fresh read, never a cache. `undefined` means the server said the object is not there. */
  readonly get: <K extends KindId>(one: One<K>) => Promise<Result<ObjectOf[K] | undefined, ClusterFailure>>;
  /** Of Secrets only their metadata. */
  readonly list: <K extends KindId>(many: Many<K>) => Promise<Result<readonly ObjectOf[K][], ClusterFailure>>;
  /** Carries a write out, or with `dryRun` lets the server say what it would do; answers with the object as stored. */
  readonly apply: (write: Write, how?: { readonly dryRun?: boolean }) => Promise<Result<KubeObject, ClusterFailure>>;
  /** Whether the signed-in user has a right. A failed review is a failure, not a yes. */
  readonly can: (right: Right) => Promise<Result<boolean, ClusterFailure>>;
  /** Waits. The domain has no clock of its own. */
  readonly pause: (milliseconds: number) => Promise<void>;
}
