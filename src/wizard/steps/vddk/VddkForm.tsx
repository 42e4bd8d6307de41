import { useRef, useState } from 'react';
import { ActionGroup, Alert, Button, Form, FormGroup, List, ListItem, Radio } from '@patternfly/react-core';
import type { ForkliftController } from '../../../domain/objects';
import { checkImage, imageProblemText, isPinned } from '../../../domain/vddk/image';
import { imageNeeds, imagePlanProblemText, planImage } from '../../../domain/vddk/plan-image';
import type { ImagePlanProblem } from '../../../domain/vddk/plan-image';
import { planWithout, withoutNeeds, withoutProblemText } from '../../../domain/vddk/plan-without';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { Field } from '../../parts/Field';
import { useDraft } from '../../parts/use-draft';
import { useConverge } from '../../use-converge';
import { mtvNamespace } from '../../use-facts';
import { useTranslate } from '../../use-translate';

interface VddkDraft {
  readonly choice: 'image' | 'without';
  readonly image: string;
}

const empty: VddkDraft = { choice: 'image', image: '' };

/** An image that is there already, or none. */
export const VddkForm = ({ controller }: { readonly controller: ForkliftController }) => {
  const t = useTranslate();
  const [draft, change, clear] = useDraft('vddk', empty);
  const [isChecked, setChecked] = useState(false);
  const image = useConverge<ImagePlanProblem>();
  const without = useConverge<'NoProvider'>();
  const form = useRef<HTMLFormElement>(null);
  const isBusy = image.run.state === 'running' || without.run.state === 'running';
  const problem = checkImage(draft.image);
  const namespace = controller.metadata.namespace ?? mtvNamespace;

  const choose = (choice: VddkDraft['choice']) => () => {
    change({ choice });
    setChecked(false);
  };
  const submit = async (): Promise<void> => {
    if (draft.choice === 'without') {
      image.reset();
      await without.start(withoutNeeds(mtvNamespace), planWithout);
      return;
    }
    setChecked(true);
    if (problem) {
      form.current?.querySelector<HTMLElement>('#vddk-image')?.focus();
      return;
    }
    without.reset();
    const outcome = await image.start(
      imageNeeds(namespace),
      planImage({ image: draft.image.trim(), before: controller.spec?.vddk_image }),
    );
    if (outcome.ok) {
      setChecked(false);
      clear();
    }
  };
  const choice = (value: VddkDraft['choice'], label: string) => (
    <Radio id={`vddk-choice-${value}`} name="vddk" label={label} isChecked={draft.choice === value} onChange={choose(value)} />
  );

  return (
    <>
      <Form
        ref={form}
        aria-label={t('VDDK image')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormGroup role="radiogroup" label={t('Where VDDK comes from')} fieldId="vddk">
          {choice('image', t('An image that exists'))}
          {choice('without', t('Continue without VDDK'))}
        </FormGroup>
        {draft.choice === 'image' ? (
          <Field
            id="vddk-image"
            label={t('Image')}
            isRequired
            autoComplete="off"
            value={draft.image}
            onChange={(value) => {
              change({ image: value });
            }}
            problem={isChecked && problem ? imageProblemText(t, problem) : undefined}
            warning={
              !problem && !isPinned(draft.image)
                ? t('Better with a digest (@sha256:…): MTV does not notice when another image gets this tag.')
                : undefined
            }
            hint={t('Its entry point copies /vmware-vix-disklib-distrib to /opt. The projects that VMs come to must be able to pull it.')}
          />
        ) : (
          <Alert isInline component="h3" variant="warning" title={t('What it costs')}>
            <List>
              <ListItem>{t('Warm migration is not possible.')}</ListItem>
              <ListItem>{t('Disks on vSAN cannot be migrated, nor can disks be copied raw.')}</ListItem>
              <ListItem>{t('Cold migration works, but slower.')}</ListItem>
            </List>
          </Alert>
        )}
        <ActionGroup>
          <Button type="submit" isLoading={isBusy} isDisabled={isBusy}>
            {draft.choice === 'image' ? t('Use this image') : t('Continue without VDDK')}
          </Button>
        </ActionGroup>
      </Form>
      <ApplyProgress run={image.run} problemText={imagePlanProblemText} onRetry={() => void submit()} />
      <ApplyProgress run={without.run} problemText={withoutProblemText} onRetry={() => void submit()} />
      {without.run.state === 'done' && (
        <Alert isInline isLiveRegion component="h3" variant="success" title={t('Noted with every vSphere provider: migrations go without VDDK.')} />
      )}
    </>
  );
};
