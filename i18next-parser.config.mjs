/** Texts are written in English in the code; this collects them for translators. */
export default {
  input: ['src/**/*.{ts,tsx}', '!src/**/*.spec.{ts,tsx}'],
  output: 'locales/$LOCALE/plugin__migration-prep.json',
  locales: ['en'],
  defaultNamespace: 'plugin__migration-prep',
  lexers: { ts: [{ lexer: 'JavascriptLexer', functions: ['t'] }], tsx: [{ lexer: 'JsxLexer', functions: ['t'] }] },
  defaultValue: (_locale, _namespace, key) => key,
  contextSeparator: '~',
  namespaceSeparator: '~',
  keySeparator: false,
  pluralSeparator: '_',
  sort: true,
  createOldCatalogs: false,
  keepRemoved: false,
  failOnWarnings: false,
  verbose: false,
};
