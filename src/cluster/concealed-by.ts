import type { Write } from '../domain/change';
import type { Secret } from '../domain/objects';

/**
 * The values of a Secret that a change writes, in every form in which an answer could quote them. `insecureSkipVerify` is `true` or
 * `false`, which is no secret.
 */
export const concealedBy = (change: Write): readonly string[] => {
  if (change.kind !== 'secrets' || change.verb === 'delete') return [];
  const { stringData, data } = change.verb === 'create' ? (change.object as Secret) : {};
  const patched =
    change.verb === 'patch' ? change.operations.filter(({ path }) => /^\/(stringData|data)\b/.test(path)) : [];
  const values = [stringData, data, ...patched.map((each) => ('value' in each ? each.value : undefined))]
    .flatMap((content): readonly unknown[] => (typeof content === 'string' ? [content] : Object.values(content ?? {})))
    .filter((value): value is string => typeof value === 'string' && !['', 'true', 'false'].includes(value));
  return values.flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    base64Of(value),
  ]);
};

const base64Of = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
