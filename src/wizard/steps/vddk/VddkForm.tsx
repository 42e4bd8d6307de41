import { Form, FormGroup, Radio } from '@patternfly/react-core';
import type { ForkliftController } from '../../../domain/objects';
import { OnDemand } from '../../parts/OnDemand';
import { useDraft } from '../../parts/use-draft';
import { useTranslate } from '../../../parts/use-translate';
import { ProviderImages } from './ProviderImages';
import { UploadChoice } from './UploadChoice';
import { useBuilds } from './use-builds';
import { useProviderWishes } from './use-provider-wishes';

/** The choice of an image that exists. */
const loadImageChoice = async () => (await import('./ImageChoice')).ImageChoice;
/** The choice to go without VDDK. */
const loadWithoutChoice = async () => (await import('./WithoutChoice')).WithoutChoice;

type Choice = 'upload' | 'image' | 'without';

interface Draft {
  /** Nothing before the user has chosen: then the archive, where it can be built. */
  readonly choice: Choice | undefined;
}

const undecided: Draft = { choice: undefined };

interface VddkFormProps {
  readonly controller: ForkliftController;
  /** Closes the form; `undefined` where there is nothing else. */
  readonly onClose: (() => void) | undefined;
}

/** Where VDDK comes from: an archive, an image that is there already, or nowhere. */
export const VddkForm = ({ controller, onClose }: VddkFormProps) => {
  const t = useTranslate();
  const [draft, change] = useDraft('vddk', undecided);
  const canBuild = useBuilds().state !== 'absent';
  const wishes = useProviderWishes();
  const chosen = draft.choice ?? (canBuild ? 'upload' : 'image');
  const choice = (value: Choice, label: string) => (
    <Radio
      id={`vddk-choice-${value}`}
      name="vddk"
      label={label}
      isChecked={chosen === value}
      onChange={() => {
        change({ choice: value });
      }}
    />
  );
  return (
    <>
      <Form>
        <FormGroup role="radiogroup" label={t('Where VDDK comes from')} fieldId="vddk">
          {choice('upload', t('Upload the archive from VMware'))}
          {choice('image', t('An existing image'))}
          {choice('without', t('Continue without VDDK'))}
        </FormGroup>
        {chosen !== 'without' && <ProviderImages controller={controller} wishes={wishes} />}
      </Form>
      {chosen === 'upload' && <UploadChoice controller={controller} providers={wishes.wishes} onClose={onClose} />}
      {chosen === 'image' && (
        <OnDemand load={loadImageChoice} props={{ controller, providers: wishes.wishes, onClose }} />
      )}
      {chosen === 'without' && <OnDemand load={loadWithoutChoice} props={{ controller, onClose }} />}
    </>
  );
};
