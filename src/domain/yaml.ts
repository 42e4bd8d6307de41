import { isRecord } from './json';

/**
 * An object of JSON as YAML, in block style, such as people write for Kubernetes. `undefined` is left out, as in JSON. What it writes means the same
 * to readers of YAML 1.1 (kubectl, Helm) and 1.2. Our own, because the package that reads YAML for the command line would cost the page 16 kB.
 */
export const yamlOf = (object: object): string => `${block(object).join('\n')}\n`;

/** Several documents in one file; each may begin with comments. */
export const yamlDocuments = (documents: readonly string[]): string => documents.join('---\n');

/** A comment; each line of the text is one. */
export const yamlComment = (text: string): string =>
  text
    .split('\n')
    .map((line) => `# ${line}\n`)
    .join('');

const block = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]'];
    return value.flatMap((item: unknown) => {
      const [first = '', ...rest] = block(item ?? null);
      return [`- ${first}`, ...rest.map(indented)];
    });
  }
  if (!isRecord(value)) return scalar(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  if (entries.length === 0) return ['{}'];
  return entries.flatMap(([key, each]) => {
    const [first = '', ...rest] = block(each);
    const isNested = Array.isArray(each) ? each.length > 0 : isRecord(each) && first !== '{}';
    if (isNested) return [`${inline(key)}:`, ...[first, ...rest].map(indented)];
    return [`${inline(key)}: ${first}`, ...rest.map(indented)];
  });
};

const indented = (line: string): string => (line === '' ? '' : `  ${line}`);

const scalar = (value: unknown): readonly string[] => {
  if (typeof value !== 'string') return [JSON.stringify(value ?? null)];
  return isLiteral(value) ? literal(value) : [inline(value)];
};

/** Text of several lines that can stand as it is, such as a certificate. */
const isLiteral = (text: string): boolean => /^[!-~].*\n/.test(text) && !/[^\n -~]| \n| $|\n\n$/.test(text);

const literal = (text: string): readonly string[] =>
  text.endsWith('\n') ? ['|', ...text.slice(0, -1).split('\n')] : ['|-', ...text.split('\n')];

/** What a reader of YAML 1.1 takes for something else than a text. */
const words = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

const inline = (text: string): string =>
  /^[A-Za-z/](?:[\w./@+:-]*[\w./@+-])?(?: [\w./@+-]+)*$/.test(text) && !words.test(text) ? text : quoted(text);

const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
