/**
 * i18next's `t`, narrowed to what we use. It is a parameter of every text in `domain`: the domain stays pure, the extractor
 * still sees literals, nothing freezes the language at module load, and the controller passes `plainEnglish`.
 */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** A text that is still to be put into a language. */
export type Text = (t: Translate) => string;

/** Plain English for hosts without i18next: fills `{{name}}` and leaves an unknown placeholder unchanged. */
export const plainEnglish: Translate = (key, params = {}) =>
  key.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));
