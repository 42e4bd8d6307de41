import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** The language that the user chose in their preferences, otherwise the browser's. The address has no say. */
const preferredLanguage = () =>
  (localStorage.getItem('bridge/last-language') ?? navigator.language).split('-')[0] ?? 'en';

/** A file of texts; none when the plugin has none in that language. */
const textsOf = async (language: string, namespace: string): Promise<object> => {
  const answer = await fetch(`/locales/resource.json?lng=${language}&ns=${namespace}`);
  return answer.ok ? ((await answer.json()) as object) : {};
};

/**
 * The console's settings (frontend/public/i18n.js of openshift/console): keys are English sentences, so the usual separators must not
 * split them. What is not found is shown as its key, and reported as an error for each time that it is asked for.
 */
export const startTranslation = async () => {
  const namespaces = window.SERVER_FLAGS.i18nNamespaces;
  const language = preferredLanguage();
  const resources: Record<string, Record<string, object>> = {};
  for (const each of new Set([language, 'en'])) {
    resources[each] = Object.fromEntries(
      await Promise.all(namespaces.map(async (namespace) => [namespace, await textsOf(each, namespace)] as const)),
    );
  }
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources,
    load: 'languageOnly',
    ns: namespaces,
    keySeparator: false,
    nsSeparator: '~',
    contextSeparator: '~',
    interpolation: { escapeValue: false },
    react: { useSuspense: true },
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key) => {
      // Of MTV's plugin the shell has the entries in the navigation, not their texts.
      if (namespace === 'plugin__forklift-console-plugin') return;
      console.error(`Missing i18n key "${key}" in namespace "${namespace}".`);
    },
  });
};

/** A text of console-extensions.json: `%namespace~key%` is translated, anything else stays. */
export const extensionText = (text: string): string => {
  const key = /^%(.+)%$/.exec(text)?.[1];
  return key === undefined ? text : i18next.t(key);
};
