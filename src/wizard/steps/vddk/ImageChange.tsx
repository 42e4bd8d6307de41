import { ActionGroup, Content, Form, List, ListItem } from '@patternfly/react-core';
import { useEffect, useRef } from 'react';
import type { ForkliftController } from '../../../domain/objects';
import { imageAt, mtvImageOf } from '../../../domain/vddk/effective-image';
import type { StreamImage } from '../../../domain/vddk/image-history';
import { setByUs } from '../../../domain/vddk/image-uses';
import type { ImageUse } from '../../../domain/vddk/image-uses';
import { imageNeeds, imagePlanProblemText, planImage } from '../../../domain/vddk/plan-image';
import { PreviewButton } from '../../parts/PreviewButton';
import { rehearsalOf } from '../../parts/rehearsal';
import { useStepAction } from '../../parts/use-step-action';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';
import { timeText } from './time-text';
import { useBuildJob } from './use-build-job';

const formId = 'vddk-change-form';

interface ImageChangeProps {
  readonly controller: ForkliftController;
  readonly use: ImageUse;
  /** The image to go back to; `undefined`: none. */
  readonly to: StreamImage | undefined;
  readonly onClose: () => void;
}

/** Goes back to the image from before, or to none: wherever this one is set by us, and guarded against changes meanwhile. */
export const ImageChange = ({ controller, use, to, onClose }: ImageChangeProps) => {
  const t = useTranslate();
  const control = useBuildJob();
  const { name } = useMtvProject();
  const mtv = controller.metadata.namespace ?? name;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.focus();
  }, []);
  const providers = use.isOfMtv ? setByUs(use) : use.providers.map(imageAt);
  const before = mtvImageOf(controller);
  const isOnlyAtProviders = !use.isOfMtv;
  const image = to?.image ?? '';
  const label = to ? t('Roll back') : t('Remove');
  useStepAction({ label, form: formId, onCancel: onClose });
  return (
    <Form
      id={formId}
      ref={form}
      tabIndex={-1}
      aria-label={to ? t('Roll back to the previous image') : t('Remove the image')}
      onSubmit={(event) => {
        event.preventDefault();
        onClose();
        control.use(image, { mtv, before, providers, isOnlyAtProviders, alone: {} });
      }}
    >
      <Content component="p">
        {to
          ? t('The image stream had {{tag}} before, pushed {{time}}: {{digest}}', {
              tag: to.tag,
              time: to.created === '' ? t('at a time that is not known') : timeText(to.created),
              digest: to.digest,
            })
          : t('The image stays in its registry. It is just no longer used.')}
      </Content>
      <List>
        {use.isOfMtv && (
          <ListItem>{t("It changes in MTV's settings. MTV restarts, which takes a minute or two.")}</ListItem>
        )}
        {providers.map((provider) => (
          <ListItem key={`${provider.namespace}/${provider.name}`}>
            {t('It changes at provider {{provider}}.', { provider: provider.name })}
          </ListItem>
        ))}
        {!to && (
          <ListItem>
            {t('Where no other image is set, warm migration is not possible, and cold migration is slower.')}
          </ListItem>
        )}
      </List>
      <ActionGroup>
        <PreviewButton
          file="migration-prep-vddk"
          ask={() =>
            rehearsalOf(
              {
                needs: imageNeeds(mtv, providers),
                plan: planImage({ image, before, providers, isOnlyAtProviders }),
              },
              imagePlanProblemText,
            )
          }
        />
      </ActionGroup>
    </Form>
  );
};
