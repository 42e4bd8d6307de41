import type { Write } from '../domain/change';
import type { Secret } from '../domain/objects';

/** Keys whose values are no secret, and say what is wrong: without the address of an ESXi host, a failed dial would have no words. */
const open = ['insecureSkipVerify', 'ip', 'provider'];

/** The values of a Secret that a change writes, in every form in which an answer could quote them. */
export const concealedBy = (change: Write): readonly string[] => {
  if (change.kind !== 'secrets' || change.verb === 'delete') return [];
  const { stringData, data } = change.verb === 'create' ? (change.object as Secret) : {};
  const patched = (path: RegExp): readonly unknown[] =>
    change.verb === 'patch'
      ? change.operations.flatMap((each) => (path.test(each.path) && 'value' in each ? [each.value] : []))
      : [];
  const encoded = textsOf([data, ...patched(/^\/data\b/)]);
  return [...textsOf([stringData, ...patched(/^\/stringData\b/)]), ...encoded, ...encoded.map(decoded)]
    .filter((value) => !['', 'true', 'false'].includes(value))
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), base64Of(value)]);
};

/** The texts of contents, each of which is a text or a map of them. */
const textsOf = (contents: readonly unknown[]): readonly string[] =>
  contents
    .flatMap((content): readonly unknown[] =>
      typeof content === 'string'
        ? [content]
        : Object.entries((content ?? {}) as Readonly<Record<string, unknown>>).flatMap(([key, value]) =>
            open.includes(key) ? [] : [value],
          ),
    )
    .filter((value) => typeof value === 'string');

const base64Of = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** The text behind base64; empty for what is none, which the API server refuses. */
const decoded = (value: string): string =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
    ? new TextDecoder().decode(Uint8Array.from(atob(value), (character) => character.charCodeAt(0)))
    : '';
