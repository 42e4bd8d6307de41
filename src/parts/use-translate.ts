import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { plainEnglish } from '../domain/translate';
import type { Translate } from '../domain/translate';

/** `plugin__` and the ConsolePlugin's name. */
const ns = 'plugin__migration-prep';

/**
 * `t` for our namespace, as the domain's texts take it. In English a text is its own key, and none is shipped: the console would load all
 * of them with each of its pages. It is not asked for what it does not have, because it reports that as an error (docs/facts/sdk-ux.md §5).
 */
export const useTranslate = (): Translate => {
  const { t, i18n } = useTranslation(ns);
  return useCallback(
    (key, params) => (i18n.exists(key, { ns }) ? t(key, { ...params }) : plainEnglish(key, params)),
    [t, i18n],
  );
};
