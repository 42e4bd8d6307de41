import type { Change, PatchOperation } from '../change';
import { annotate, because, create, deletionOf, patchOf, pointerSegment } from '../change';
import type { Plan } from '../converge';
import { apiVersionOf, kinds } from '../kinds';
import type { Provider, Secret } from '../objects';
import { isOurs, otherHolder, owned } from '../ownership';
import type { Release } from '../ownership';
import { err, ok } from '../result';
import type { Endpoint } from './endpoint';
import type { Text, Translate } from '../translate';

/** A source to be connected: a checked draft. */
export interface ProviderWish {
  readonly name: string;
  readonly namespace: string;
  /** Normalized: https://host/sdk. */
  readonly url: string;
  readonly endpoint: Endpoint;
  readonly user: string;
  readonly password: string;
  /** PEM; `undefined`: the connection is not verified. */
  readonly certificate: string | undefined;
  /**
   * One press of the button. Noted on the Secret, it tells whether these credentials are written already: a Secret's content is
   * never compared.
   */
  readonly submission: string;
}

/** What the cluster holds of a source: `undefined` is what is not there. */
export interface ProviderSeen {
  readonly secret: Secret | undefined;
  readonly provider: Provider | undefined;
}

/** A name that belongs to somebody else. `DeclaredElsewhere`: the values of a release hold it, and not who asks. */
export type ProviderProblem =
  | { readonly code: 'SecretTaken' | 'ProviderTaken'; readonly name: string }
  | { readonly code: 'DeclaredElsewhere'; readonly name: string; readonly release: Release };

/** MTV's own labels: they make its webhook try the credentials, and its page show the Secret (docs/facts/forklift.md §2). */
export const mtvLabels = { createdForResourceType: 'providers', createdForProviderType: 'vsphere' } as const;

/** On a Secret: the press of the button that wrote it last. */
export const submissionAnnotation = 'migration-prep/submission';

/** Name of the Secret that belongs to a Provider. Never cut: a Secret's name may be longer, and two Providers must not share one. */
export const credentialsOf = (provider: string): string => `${provider}-credentials`;

/** Whether a dry run of this change makes MTV sign in to vCenter: its webhook tries what a Secret holds (docs/facts/forklift.md §2). */
export const signsIn = ({ kind }: Change): boolean => kind === 'secrets';

/** What the planner has to see. */
export const providerNeeds = ({ name, namespace }: Pick<ProviderWish, 'name' | 'namespace'>) =>
  ({
    secret: { kind: 'secrets', name: credentialsOf(name), namespace },
    provider: { kind: 'providers', name, namespace },
  }) as const;

/**
 * Secret and Provider, then the Secret owned by the Provider, so that deleting the Provider leaves no password behind. Both are
 * corrected in place when they are ours.
 */
export const planProvider =
  (wish: ProviderWish) =>
  ({ secret, provider }: ProviderSeen): Plan<ProviderProblem> => {
    const taken = takenBy(wish.name, { secret, provider }, undefined);
    if (taken) return err(taken);
    return ok([
      ...planSecret(wish, secret),
      ...planProviderItself(target(wish), provider),
      ...planOwner(secret, provider),
    ]);
  };

const target = ({ name, namespace, url, endpoint }: ProviderWish): ProviderTarget => ({
  name,
  namespace,
  url,
  endpoint,
});

/** Whose the names of a Provider and its Secret are; `undefined`: they are free, or ours and held by nobody but the release that asks. */
export const takenBy = (
  name: string,
  { secret, provider }: ProviderSeen,
  release: Release | undefined,
): ProviderProblem | undefined => {
  if (secret && !isOurs(secret)) return { code: 'SecretTaken', name: secret.metadata.name };
  if (!provider) return undefined;
  if (!isOurs(provider)) return { code: 'ProviderTaken', name };
  const holder = otherHolder(provider, release);
  return holder && { code: 'DeclaredElsewhere', name, release: holder };
};

/** Takes back the Secret of a submission whose Provider could not be made: no password stays behind that nothing uses. */
export const planWithdrawal =
  ({ submission }: Pick<ProviderWish, 'submission'>) =>
  ({ secret, provider }: ProviderSeen): Plan<never> => {
    const isOfThisSubmission = secret?.metadata.annotations?.[submissionAnnotation] === submission;
    if (!secret || provider || !isOurs(secret) || !isOfThisSubmission || secret.metadata.ownerReferences?.length)
      return ok([]);
    return ok(
      deletionOf('secrets', secret).map((each) =>
        because((t) => t('Its provider could not be created, so its password is not kept.'), each),
      ),
    );
  };

const planSecret = (wish: ProviderWish, secret: Secret | undefined): readonly Change[] => {
  const { namespace, submission } = wish;
  const name = credentialsOf(wish.name);
  if (!secret) {
    const metadata = owned({
      name,
      namespace,
      labels: mtvLabels,
      annotations: { [submissionAnnotation]: submission },
    });
    const why: Text = (t) => t('MTV signs in to vCenter with the credentials in this Secret.');
    return [because(why, create('secrets', { metadata, type: 'Opaque', stringData: contentOf(wish) }))];
  }
  if (secret.metadata.annotations?.[submissionAnnotation] === submission) return [];
  // MTV's page, when it edits credentials, replaces all of `data`: `url` and `ca.crt` are gone, and come back here.
  const outdated = Object.keys(secret.data ?? {}).filter((key) => !(key in contentOf(wish)));
  const operations: readonly PatchOperation[] = [
    {
      op: 'add',
      path: '/metadata/annotations',
      value: { ...secret.metadata.annotations, [submissionAnnotation]: submission },
    },
    { op: 'add', path: '/metadata/labels', value: { ...secret.metadata.labels, ...mtvLabels } },
    { op: 'add', path: '/stringData', value: contentOf(wish) },
    ...outdated.map((key) => ({ op: 'remove', path: `/data/${pointerSegment(key)}` }) as const),
  ];
  return [because((t) => t('It gets the credentials that you entered.'), patchOf('secrets', secret, operations))];
};

const contentOf = ({
  url,
  user,
  password,
  certificate,
}: Pick<ProviderWish, 'url' | 'user' | 'password' | 'certificate'>): Readonly<Record<string, string>> => ({
  url,
  user,
  password,
  insecureSkipVerify: certificate === undefined ? 'true' : 'false',
  ...(certificate !== undefined && authorityOf(certificate)),
});

/** MTV up to 2.13 reads `cacert`, from 2.12 on `ca.crt`, which wins: never one without the other (docs/facts/forklift.md §2). */
export const authorityOf = (certificate: string): Readonly<Record<string, string>> => ({
  cacert: certificate,
  'ca.crt': certificate,
});

/** The Secret of a Provider without its values, to be filled in. */
export const credentialsTemplate = ({ metadata: { name, namespace = '' }, spec }: Provider): Secret => ({
  metadata: owned({ name: credentialsOf(name), namespace, labels: mtvLabels }),
  type: 'Opaque',
  stringData: contentOf({ url: spec?.url ?? '', user: '', password: '', certificate: '' }),
});

/** A Provider as it shall be. */
export interface ProviderTarget {
  readonly name: string;
  readonly namespace: string;
  /** Normalized: https://host/sdk. */
  readonly url: string;
  readonly endpoint: Endpoint;
  /** Annotations that it must have. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The Provider alone: made, or corrected where its address, its Secret, its type of server or these annotations differ. */
export const planProviderItself = (wish: ProviderTarget, provider: Provider | undefined): readonly Change[] => {
  const { name, namespace, url, endpoint, annotations = {} } = wish;
  const secret = { name: credentialsOf(name), namespace };
  if (!provider) {
    const spec = { type: 'vsphere', url, secret, settings: { sdkEndpoint: endpoint } };
    const metadata = owned({ name, namespace, ...(wish.annotations && { annotations }) });
    const why: Text = (t) => t('MTV connects to {{url}} through this provider.', { url });
    return [because(why, create('providers', { metadata, spec }))];
  }
  const present = provider.spec?.secret;
  const isUrlRight = provider.spec?.url === url;
  const isSecretRight = present?.name === secret.name && present.namespace === namespace;
  const settings = provider.spec?.settings;
  // Unless it is told, MTV takes the server for a vCenter (docs/facts/forklift.md §1).
  const isEndpointRight = (settings?.sdkEndpoint ?? 'vcenter') === endpoint;
  const noted = provider.metadata.annotations;
  const isNoted = Object.entries(annotations).every(([key, value]) => noted?.[key] === value);
  if (isUrlRight && isSecretRight && isEndpointRight && isNoted) return [];
  const operations: readonly PatchOperation[] = [
    // Not the version, which every status that MTV writes would change: this very Provider, as it was looked at.
    { op: 'test', path: '/metadata/uid', value: provider.metadata.uid },
    { op: 'test', path: '/spec/url', value: provider.spec?.url ?? null },
    { op: 'test', path: '/spec/secret', value: present ?? null },
    ...(isUrlRight ? [] : [{ op: 'add', path: '/spec/url', value: url } as const]),
    ...(isSecretRight ? [] : [{ op: 'add', path: '/spec/secret', value: secret } as const]),
    ...(isEndpointRight ? [] : setEndpoint(endpoint, settings)),
    ...(isNoted
      ? []
      : [
          { op: 'test', path: '/metadata/annotations', value: noted ?? null } as const,
          ...annotate(provider.metadata, annotations),
        ]),
  ];
  const why: Text =
    isUrlRight && isSecretRight && isEndpointRight
      ? (t) => t('It is noted on it who declares it.')
      : (t) => t('Its address, its Secret or its type of server is not the one that you want.');
  return [because(why, { verb: 'patch', kind: 'providers', name, namespace, operations })];
};

const setEndpoint = (
  endpoint: Endpoint,
  settings: Readonly<Record<string, string>> | undefined,
): readonly PatchOperation[] =>
  settings
    ? [
        { op: 'test', path: '/spec/settings/sdkEndpoint', value: settings.sdkEndpoint ?? null },
        { op: 'add', path: '/spec/settings/sdkEndpoint', value: endpoint },
      ]
    : [{ op: 'add', path: '/spec/settings', value: { sdkEndpoint: endpoint } }];

/** The Secret owned by the Provider, once both are there. */
export const planOwner = (secret: Secret | undefined, provider: Provider | undefined): readonly Change[] => {
  if (!secret || !provider) return [];
  const { name, uid = '' } = provider.metadata;
  const owners = secret.metadata.ownerReferences ?? [];
  if (owners.some((owner) => owner.uid === uid)) return [];
  // A Provider deleted and made again has another uid: the garbage collector would take the Secret for the old one's.
  const others = owners.filter((each) => each.kind !== 'Provider' || each.name !== name);
  const owner = { apiVersion: apiVersionOf(kinds.providers), kind: 'Provider', name, uid };
  const { name: secretName, namespace } = secret.metadata;
  return [
    because((t) => t('Deleting the provider then also deletes the password.'), {
      verb: 'patch',
      kind: 'secrets',
      name: secretName,
      ...(namespace !== undefined && { namespace }),
      operations: [{ op: 'add', path: '/metadata/ownerReferences', value: [...others, owner] }],
    }),
  ];
};

/** Whose the name is, and what to do. */
export const providerProblemText = (t: Translate, problem: ProviderProblem): string => {
  const { name } = problem;
  switch (problem.code) {
    case 'SecretTaken':
      return t(
        'Secret {{name}} already exists and was not created by Migration Prep, so it is not changed. Choose another provider name.',
        { name },
      );
    case 'ProviderTaken':
      return t(
        'Provider {{name}} already exists and was not created by Migration Prep, so it is not changed. Choose another name.',
        { name },
      );
    case 'DeclaredElsewhere':
      return t('Provider {{name}} is managed by the values of release {{release}} in {{project}}. Change it there.', {
        name,
        release: problem.release.name,
        project: problem.release.namespace,
      });
  }
};
