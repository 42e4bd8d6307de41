import type { Translate } from './translate';

/** What is wrong with a name for the API server, as a code the forms put into words. */
export type NameProblem = 'NameEmpty' | 'NameTooLong' | 'NameNotDns';

/** Checks a DNS-1123 label (63 characters), which serves as name of every object we create and of namespaces. */
export const checkName = (name: string): NameProblem | undefined => {
  if (name === '') return 'NameEmpty';
  if (name.length > 63) return 'NameTooLong';
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) ? undefined : 'NameNotDns';
};

/** Letters that are no accented ASCII letters to Unicode, as people write them without their keyboard. */
const folded: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
};

/**
 * A DNS-1123 label made from any text, the same for the same text: "Büro-Netz" becomes "buro-netz". `fallback` when nothing usable
 * remains, as of a text in Chinese.
 */
export const toName = (text: string, fallback: string): string => {
  const name = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþħıŧ]/g, (letter) => folded[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return name === '' ? fallback : name;
};

/** What is wrong with a name, and what would be right. */
export const nameProblemText = (t: Translate, problem: NameProblem): string => {
  switch (problem) {
    case 'NameEmpty':
      return t('Enter a name.');
    case 'NameTooLong':
      return t('A name has at most 63 characters.');
    case 'NameNotDns':
      return t('Use only lowercase letters, digits and "-". Begin and end with a letter or digit.');
  }
};
