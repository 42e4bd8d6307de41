import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { coFetchJSON } from './console/console-fetch';

/** The console's settings: keys are English sentences, so the usual separators must not split them. */
export const startTranslation = async () => {
  const namespaces = window.SERVER_FLAGS.i18nNamespaces;
  const language = new URLSearchParams(window.location.search).get('lang') ?? 'en';
  const resources: Record<string, object> = {};
  for (const namespace of namespaces) {
    resources[namespace] = (await coFetchJSON(`/locales/resource.json?lng=${language}&ns=${namespace}`)) as object;
  }
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { [language]: resources },
    ns: namespaces,
    keySeparator: false,
    nsSeparator: '~',
    contextSeparator: '~',
    interpolation: { escapeValue: false },
    react: { useSuspense: true },
  });
};

/** A text of console-extensions.json: `%namespace~key%` is translated, anything else stays. */
export const extensionText = (text: string): string => {
  const key = /^%(.+)%$/.exec(text)?.[1];
  return key === undefined ? text : i18next.t(key);
};
