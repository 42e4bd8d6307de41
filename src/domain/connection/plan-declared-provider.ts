import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import { declaredBy } from '../ownership';
import type { Release } from '../ownership';
import type { DeclaredProvider } from '../preparation';
import { err, ok } from '../result';
import type { Translate } from '../translate';
import { credentialsIn, planDeclaredSecret, sourceProblemText, trustContent } from './declared-secret';
import type { SourceProblem } from './declared-secret';
import { credentialsOf, mtvLabels, planOwner, planProviderItself, providerProblemText, takenBy } from './plan-provider';
import type { ProviderProblem } from './plan-provider';

/** A declared Provider whose place, address and certificate are known. */
export interface DeclaredProviderWish extends Pick<DeclaredProvider, 'name' | 'endpoint' | 'secret'> {
  readonly namespace: string;
  /** Normalized: https://host/sdk. */
  readonly url: string;
  /** The project of the declaration, where the Secret that it names is. */
  readonly home: string;
  /** PEM; `undefined`: the connection is not verified. */
  readonly certificate: string | undefined;
  /** Who holds it; `undefined`: nobody, it is made once. */
  readonly release: Release | undefined;
}

/** Why a declared Provider cannot be made now. `SameSecret`: the Secret to read from is the one to be made. */
export type DeclaredProblem =
  | ProviderProblem
  | SourceProblem
  | { readonly code: 'SameSecret'; readonly secret: string }
  | { readonly code: 'BeingDeleted'; readonly name: string };

/** What the planner has to see. */
export const declaredNeeds = ({
  name,
  namespace,
  secret,
  home,
}: Pick<DeclaredProviderWish, 'name' | 'namespace' | 'secret' | 'home'>) =>
  ({
    source: { kind: 'secrets', name: secret, namespace: home },
    secret: { kind: 'secrets', name: credentialsOf(name), namespace },
    provider: { kind: 'providers', name, namespace },
  }) as const satisfies Needs;

/** What the planner sees. */
export type DeclaredSeen = Seen<ReturnType<typeof declaredNeeds>>;

/**
 * Secret and Provider as they are declared, the Secret owned by the Provider. What somebody changed in them is put right, and a new password
 * follows.
 */
export const planDeclaredProvider =
  (wish: DeclaredProviderWish) =>
  ({ source, secret, provider }: DeclaredSeen): Plan<DeclaredProblem> => {
    const { name, namespace, url, endpoint, home, release, certificate } = wish;
    if (wish.secret === credentialsOf(name) && home === namespace)
      return err({ code: 'SameSecret', secret: wish.secret });
    const taken = takenBy(name, { secret, provider }, release);
    if (taken) return err(taken);
    if (provider?.metadata.deletionTimestamp !== undefined) return err({ code: 'BeingDeleted', name });
    const credentials = credentialsIn(source, wish);
    if (!credentials.ok) return credentials;
    const annotations = release && declaredBy(release);
    const wanted = {
      name: credentialsOf(name),
      namespace,
      labels: mtvLabels,
      annotations: annotations ?? {},
      content: { ...credentials.value, url: btoa(url), ...trustContent(certificate) },
      source: wish,
      why: (t: Translate) => t('MTV signs in to vCenter with the credentials in this Secret.'),
    };
    return ok([
      ...planDeclaredSecret(wanted, secret),
      ...planProviderItself({ name, namespace, url, endpoint, ...(annotations && { annotations }) }, provider),
      ...planOwner(secret, provider),
    ]);
  };

/** Why a declared Provider cannot be made now, and what to do. */
export const declaredProblemText = (t: Translate, problem: DeclaredProblem): string => {
  switch (problem.code) {
    case 'SecretTaken':
    case 'ProviderTaken':
    case 'DeclaredElsewhere':
      return providerProblemText(t, problem);
    case 'MissingSecret':
    case 'MissingKeys':
      return sourceProblemText(t, problem);
    case 'SameSecret':
      return t(
        'Secret {{secret}} has the name of the one that is made for MTV. Give the Secret that you declare another name.',
        { secret: problem.secret },
      );
    case 'BeingDeleted':
      return t('Provider {{name}} is being deleted. It is made again when it is gone.', { name: problem.name });
  }
};
