import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Translate } from '../domain/translate';

/** `t` for our namespace (`plugin__` and the ConsolePlugin's name), as the domain's texts take it. */
export const useTranslate = (): Translate => {
  const { t } = useTranslation('plugin__migration-prep');
  return useCallback((key, params) => t(key, { ...params }), [t]);
};
