import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Translate } from '../domain/translate';

/** The plugin's i18next namespace: `plugin__` and the ConsolePlugin's name. */
export const i18nNamespace = 'plugin__migration-prep';

/** `t` for our namespace, as the domain's texts take it. */
export const useTranslate = (): Translate => {
  const { t } = useTranslation(i18nNamespace);
  return useCallback((key, params) => t(key, { ...params }), [t]);
};
