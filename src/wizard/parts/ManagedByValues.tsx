import { Label } from '@patternfly/react-core';
import type { Release } from '../../domain/ownership';
import { useTranslate } from '../../parts/use-translate';

/** Says that the controller of a release holds something as its values say, and where to change it: the page writes nothing there. */
export const ManagedByValues = ({ release: { name, namespace } }: { readonly release: Release }) => {
  const t = useTranslate();
  return (
    <>
      <Label isCompact>{t('Managed by values')}</Label>{' '}
      {t('To change it, change the values of release {{release}} in {{project}}, or the Secret that they name.', {
        release: name,
        project: namespace,
      })}
    </>
  );
};
