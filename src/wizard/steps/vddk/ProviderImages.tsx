import { Checkbox, FormGroup, FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import type { ForkliftController, Provider } from '../../../domain/objects';
import type { Translate } from '../../../domain/translate';
import { imageFor, mtvImageOf } from '../../../domain/vddk/effective-image';
import { isBroken } from '../../../domain/vddk/image';
import { isWithoutVddk } from '../../../domain/vddk/without';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';
import type { ProviderWishes } from './use-provider-wishes';

interface ProviderImagesProps {
  readonly controller: ForkliftController;
  readonly wishes: ProviderWishes;
}

/** Which image each vSphere Provider uses, and whether it gets the one that is set here: MTV's own pages look only at the Provider. */
export const ProviderImages = ({ controller, wishes: { providers, choose, watched } }: ProviderImagesProps) => {
  const t = useTranslate();
  const { name: mtv } = useMtvProject();
  if (watched.state === 'failed') {
    return (
      <HelperText>
        <HelperTextItem variant="warning">
          {t("The providers cannot be shown, so the image is set only in MTV's settings. {{why}}", {
            why: failureText(t, watched.failure),
          })}
        </HelperTextItem>
      </HelperText>
    );
  }
  if (providers.length === 0) return null;
  return (
    <FormGroup role="group" label={t('Set the image at these providers as well')} fieldId="vddk-providers">
      {providers.map(({ provider, isChosen }) => {
        const { name, namespace = '' } = provider.metadata;
        return (
          <Checkbox
            key={`${namespace}/${name}`}
            id={`vddk-at-${namespace}-${name}`}
            label={namespace === mtv ? name : t('{{name}} in {{project}}', { name, project: namespace })}
            description={presentText(t, provider, controller)}
            isChecked={isChosen}
            onChange={(_event, checked) => {
              choose(provider, checked);
            }}
          />
        );
      })}
      <FormHelperText>
        <HelperText>
          <HelperTextItem>
            {t(
              "MTV's own pages look for the image only at the provider. Without it, they show no VDDK image, warn about warm migration and offer no inspection.",
            )}
          </HelperTextItem>
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
};

/** Which image a Provider uses now. */
const presentText = (t: Translate, provider: Provider, controller: ForkliftController): string => {
  const use = imageFor(provider, controller);
  switch (use.from) {
    case 'provider':
      if (isBroken(use.image)) return t('Its own image is not a valid image name: {{image}}', { image: use.image });
      return use.image === mtvImageOf(controller)
        ? t('It has this image.')
        : t('It has its own image, which MTV uses instead of the one in its settings: {{image}}', { image: use.image });
    case 'mtv':
      return t("It uses the image from MTV's settings. MTV's own pages show no image for it.");
    case 'nowhere':
      return isWithoutVddk(provider) ? t('It is marked to migrate without VDDK.') : t('It has no image.');
  }
};
