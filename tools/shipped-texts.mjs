// Which texts of locales/ are shipped: the console loads them with each of its pages.
import { readFileSync } from 'node:fs';

/** What the console translates, and not we: it reports as an error what it does not find. */
const byConsole = () => {
  const extensions = readFileSync('console-extensions.json', 'utf8').matchAll(/%plugin__migration-prep~([^%]+)%/g);
  const health = readFileSync('src/overview/readiness-health.ts', 'utf8').matchAll(/\bt\('([^']+)'\)/g);
  return new Set([...extensions, ...health].map(([, text]) => text));
};

/** A file of texts, without those that are their own key and that only we ask for (src/parts/use-translate.ts). */
export const shippedTexts = (file) => {
  const kept = byConsole();
  const texts = Object.entries(JSON.parse(file.toString()));
  return JSON.stringify(Object.fromEntries(texts.filter(([key, text]) => text !== key || kept.has(key))));
};
