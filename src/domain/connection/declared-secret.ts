import type { Change, PatchOperation } from '../change';
import { because, create, patchOf } from '../change';
import type { Secret } from '../objects';
import { owned } from '../ownership';
import type { Result } from '../result';
import { err, ok } from '../result';
import type { Text, Translate } from '../translate';

/** Where a declaration finds user and password: a Secret, and its project. */
export interface SourceSecret {
  readonly secret: string;
  readonly home: string;
}

/** What is missing of a Secret that a declaration names: all of it, or the values of keys. */
export type SourceProblem =
  | ({ readonly code: 'MissingSecret' } & SourceSecret)
  | ({ readonly code: 'MissingKeys'; readonly keys: readonly string[] } & SourceSecret);

/** User and password as a Secret holds them, base64. None of it is ever shown. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** User and password of a Secret that a declaration names; or which of them it lacks. */
export const credentialsIn = (
  source: Secret | undefined,
  { secret, home }: SourceSecret,
): Result<Credentials, SourceProblem> => {
  if (!source) return err({ code: 'MissingSecret', secret, home });
  const { user = '', password = '' } = source.data ?? {};
  const keys = Object.entries({ user, password }).flatMap(([key, value]) => (value === '' ? [key] : []));
  return keys.length === 0 ? ok({ user, password }) : err({ code: 'MissingKeys', secret, home, keys });
};

/** What is missing, and what to do. */
export const sourceProblemText = (t: Translate, problem: SourceProblem): string => {
  const { secret, home: project } = problem;
  switch (problem.code) {
    case 'MissingSecret':
      return t('There is no Secret {{secret}} in {{project}} yet. Create it, with the keys user and password.', {
        secret,
        project,
      });
    case 'MissingKeys':
      return t('Secret {{secret}} in {{project}} lacks a value for: {{keys}}.', {
        secret,
        project,
        keys: problem.keys.join(', '),
      });
  }
};

/** A Secret as it shall be, made from one that a declaration names. */
export interface DeclaredSecret {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** base64. */
  readonly content: Readonly<Record<string, string>>;
  readonly source: SourceSecret;
  /** Why it is made. */
  readonly why: Text;
}

/** By these keys MTV trusts a server; `ca.crt` wins (docs/facts/forklift.md §2). */
export const authorityKeys = ['cacert', 'ca.crt'];

/** The content by which MTV trusts a server; `undefined`: it is not verified. ASCII. */
export const trustContent = (certificate: string | undefined): Readonly<Record<string, string>> => ({
  insecureSkipVerify: btoa(certificate === undefined ? 'true' : 'false'),
  // MTV up to 2.13 reads `cacert`, from 2.12 on `ca.crt`: never one without the other (docs/facts/forklift.md §2).
  ...(certificate !== undefined && Object.fromEntries(authorityKeys.map((key) => [key, btoa(certificate)]))),
});

/**
 * The Secret, made or put right. Unlike a submission of the page, a declaration stays: so the contents are compared, in base64, and never
 * decoded. What else somebody put there stays, except an authority that is no longer declared: it would still be used.
 */
export const planDeclaredSecret = (
  { name, namespace, labels, annotations, content, source, why }: DeclaredSecret,
  secret: Secret | undefined,
): readonly Change[] => {
  if (!secret) {
    const metadata = owned({ name, namespace, labels, annotations });
    return [because(why, create('secrets', { metadata, type: 'Opaque', data: content }))];
  }
  const { metadata, data = {} } = secret;
  const outdated = authorityKeys.filter((key) => key in data && !(key in content));
  const isRight = outdated.length === 0 && holds(data, content);
  const isLabeled = holds(metadata.labels, labels);
  const isNoted = holds(metadata.annotations, annotations);
  if (isRight && isLabeled && isNoted) return [];
  const kept = Object.fromEntries(Object.entries(data).filter(([key]) => !outdated.includes(key)));
  const operations: readonly PatchOperation[] = [
    ...(isLabeled ? [] : [{ op: 'add', path: '/metadata/labels', value: { ...metadata.labels, ...labels } } as const]),
    ...(isNoted
      ? []
      : [{ op: 'add', path: '/metadata/annotations', value: { ...metadata.annotations, ...annotations } } as const]),
    ...(isRight ? [] : [{ op: 'add', path: '/data', value: { ...kept, ...content } } as const]),
  ];
  const { secret: from, home } = source;
  const isDeclared: Text = (t) =>
    t('It gets what is declared, with user and password of Secret {{secret}} in {{project}}.', {
      secret: from,
      project: home,
    });
  return [because(isDeclared, patchOf('secrets', secret, operations))];
};

const holds = (
  present: Readonly<Record<string, string>> | undefined,
  wanted: Readonly<Record<string, string>>,
): boolean => Object.entries(wanted).every(([key, value]) => present?.[key] === value);
