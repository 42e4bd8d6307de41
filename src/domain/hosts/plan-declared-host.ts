import type { Needs, Seen } from '../cluster';
import { credentialsIn, planDeclaredSecret, sourceProblemText, trustContent } from '../connection/declared-secret';
import type { SourceProblem } from '../connection/declared-secret';
import type { Plan } from '../converge';
import { declaredBy } from '../ownership';
import type { Release } from '../ownership';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import {
  hostLabels,
  hostNeeds,
  hostProblemText,
  hostSecretOf,
  hostTakenBy,
  planHostItself,
  planHostOwner,
} from './plan-host';
import type { HostProblem, HostTarget } from './plan-host';

/** A declared ESXi host that the inventory knows. */
export interface DeclaredHostWish extends HostTarget {
  /** The name of the host, as it is declared. */
  readonly host: string;
  /** The Secret with user and password of the host, and its project. */
  readonly secret: string;
  readonly home: string;
  /** PEM; `undefined`: the connection is not verified. */
  readonly certificate: string | undefined;
  /** Who holds it; `undefined`: nobody, it is made once. */
  readonly release: Release | undefined;
}

/** Why a declared host cannot be made now. */
export type DeclaredHostProblem = SourceProblem | HostProblem;

/** On a Host: the name of the ESXi host that is declared. Only the inventory knows it otherwise. */
export const declaredHostAnnotation = 'migration-prep/declared-host';

/** What the planner has to see. */
export const declaredHostNeeds = (wish: HostTarget & Pick<DeclaredHostWish, 'secret' | 'home'>) =>
  ({
    source: { kind: 'secrets', name: wish.secret, namespace: wish.home },
    ...hostNeeds(wish),
  }) as const satisfies Needs;

/** What the planner sees. */
export type DeclaredHostSeen = Seen<ReturnType<typeof declaredHostNeeds>>;

/** Secret and Host as the page makes them, held by who declares them. */
export const planDeclaredHost =
  (wish: DeclaredHostWish) =>
  ({ source, provider, secret, host }: DeclaredHostSeen): Plan<DeclaredHostProblem> => {
    const { ipAddress, namespace, release, certificate } = wish;
    const taken = hostTakenBy({ secret, host }, release);
    if (taken) return err(taken);
    if (!provider) return err({ code: 'NoProvider', name: wish.provider });
    const credentials = credentialsIn(source, wish);
    if (!credentials.ok) return credentials;
    const annotations = release ? declaredBy(release) : {};
    const wanted = {
      name: hostSecretOf(wish),
      namespace,
      labels: hostLabels(wish),
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
    const noted = release ? { ...annotations, [declaredHostAnnotation]: wish.host } : {};
    const why = (t: Translate) => t('It is not as it is declared.');
    return ok([
      ...planDeclaredSecret(wanted, secret),
      ...planHostItself(wish, host, { provider, annotations: noted, why }),
      ...planHostOwner(secret, host),
    ]);
  };

/** Why a declared host cannot be made now, and what to do. */
export const declaredHostProblemText = (t: Translate, problem: DeclaredHostProblem): string => {
  switch (problem.code) {
    case 'MissingSecret':
    case 'MissingKeys':
      return sourceProblemText(t, problem);
    case 'HostTaken':
    case 'HostSecretTaken':
    case 'HostDeclaredElsewhere':
    case 'NoProvider':
    case 'NoCredentials':
      return hostProblemText(t, problem);
  }
};
