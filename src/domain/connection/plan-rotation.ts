import { because, patchOf } from '../change';
import type { Needs } from '../cluster';
import type { Plan } from '../converge';
import { releaseOf } from '../ownership';
import { err, ok } from '../result';
import type { Text, Translate } from '../translate';
import { authorityOf, providerProblemText, submissionAnnotation } from './plan-provider';
import type { ProviderProblem, ProviderSeen, ProviderWish } from './plan-provider';

/** Another password, another certificate, or another look by MTV, for a Provider that is there, whoever created it. */
export interface RotationWish extends Pick<ProviderWish, 'name' | 'namespace' | 'submission'> {
  /** The address of the Provider: MTV's page takes it out of the Secret when it edits credentials (docs/facts/forklift.md §2). */
  readonly url: string;
  /** The Secret that the Provider names. */
  readonly secret: { readonly name: string; readonly namespace: string };
  readonly content:
    /** `user` is empty where it stays. */
    | { readonly user: string; readonly password: string }
    /** PEM. */
    | { readonly certificate: string }
    /** Nothing but a note: MTV looks again when a Secret has changed, and its webhook tries what is in it (docs/facts/forklift.md §2). */
    | 'again';
}

/** Why nothing can be changed. `OtherSecret`: the Provider names another Secret by now. */
export type RotationProblem =
  | Extract<ProviderProblem, { code: 'DeclaredElsewhere' }>
  | { readonly code: 'ProviderGone' | 'SecretGone' | 'OtherSecret'; readonly name: string };

/** What the planner has to see. The content of the Secret is not read. */
export const rotationNeeds = ({ name, namespace, secret }: Pick<RotationWish, 'name' | 'namespace' | 'secret'>) =>
  ({
    secret: { kind: 'secrets', ...secret, metadataOnly: true },
    provider: { kind: 'providers', name, namespace },
  }) as const satisfies Needs;

/** Changes these values of the Secret and nothing else. What was there cannot be brought back: it is not read. */
export const planRotation =
  ({ name, url, secret: named, content, submission }: RotationWish) =>
  ({ secret, provider }: ProviderSeen): Plan<RotationProblem> => {
    if (!provider) return err({ code: 'ProviderGone', name });
    const release = releaseOf(provider);
    if (release) return err({ code: 'DeclaredElsewhere', name, release });
    const { name: present, namespace = provider.metadata.namespace } = provider.spec?.secret ?? {};
    if (present !== named.name || namespace !== named.namespace) return err({ code: 'OtherSecret', name });
    if (!secret) return err({ code: 'SecretGone', name: named.name });
    const { annotations } = secret.metadata;
    if (annotations?.[submissionAnnotation] === submission) return ok([]);
    const noted = { ...annotations, [submissionAnnotation]: submission };
    return ok([
      because(
        whyOf(content),
        patchOf('secrets', secret, [
          { op: 'add', path: '/metadata/annotations', value: noted },
          ...(content === 'again'
            ? []
            : [{ op: 'add', path: '/stringData', value: { url, ...valuesOf(content) } } as const]),
        ]),
      ),
    ]);
  };

const whyOf = (content: RotationWish['content']): Text => {
  if (content === 'again') return (t) => t('MTV tries the credentials again. Nothing else of it changes.');
  return 'password' in content
    ? (t) => t('It gets the password that you entered. The rest of it stays.')
    : (t) => t('It gets the certificate by which MTV verifies the server. The rest of it stays.');
};

const valuesOf = (content: Exclude<RotationWish['content'], 'again'>): Readonly<Record<string, string>> =>
  'password' in content
    ? { ...(content.user !== '' && { user: content.user }), password: content.password }
    : { insecureSkipVerify: 'false', ...authorityOf(content.certificate) };

/** Why nothing can be changed, and what to do. */
export const rotationProblemText = (t: Translate, problem: RotationProblem): string => {
  const { name } = problem;
  switch (problem.code) {
    case 'DeclaredElsewhere':
      return providerProblemText(t, problem);
    case 'ProviderGone':
      return t('Provider {{name}} is gone. Connect it again.', { name });
    case 'SecretGone':
      return t('Secret {{name}} is gone, and its other values with it. Edit the provider and enter everything again.', {
        name,
      });
    case 'OtherSecret':
      return t('Provider {{name}} names another Secret by now. Close the form and open it again.', { name });
  }
};
