import { useRef, useState } from 'react';
import { ActionGroup, Alert, Button, Form } from '@patternfly/react-core';
import type { ForkliftController } from '../../../domain/objects';
import { imageDoubtText } from '../../../domain/vddk/image-doubt-text';
import type { ImageVerdict } from '../../../domain/vddk/existing-image';
import { checkImage, isPinned } from '../../../domain/vddk/image';
import { imageProblemText } from '../../../domain/vddk/image-problem-text';
import { imageNeeds, imagePlanProblemText, planImage } from '../../../domain/vddk/plan-image';
import type { ProviderImageWish } from '../../../domain/vddk/plan-image';
import { Chooser } from '../../parts/Chooser';
import { formWidth } from '../../parts/form-width';
import { PreviewButton } from '../../parts/PreviewButton';
import { rehearsalOf } from '../../parts/rehearsal';
import type { Rehearsal } from '../../parts/rehearsal';
import { useDraft } from '../../parts/use-draft';
import { useStepAction } from '../../parts/use-step-action';
import { useServices } from '../../ServicesContext';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';
import { lookAtImage } from '../../../work/look-at-image';
import { useBuildJob } from './use-build-job';
import { useStreamChoices } from './use-stream-choices';

const formId = 'vddk-image-form';

/** What the cluster said of an image; of another image it says nothing. */
type Checked = { readonly image: string; readonly verdict: ImageVerdict | 'asking' } | undefined;

interface ImageChoiceProps {
  readonly controller: ForkliftController;
  /** Where the image shall be set as well. */
  readonly providers: readonly ProviderImageWish[];
  /** Closes the form; `undefined` where there is nothing else. */
  readonly onClose: (() => void) | undefined;
}

/** An image that is there already: picked from an image stream, or typed. The cluster looks at it first, without storing anything. */
export const ImageChoice = ({ controller, providers, onClose }: ImageChoiceProps) => {
  const t = useTranslate();
  const { cluster } = useServices();
  const control = useBuildJob();
  const [draft, change] = useDraft('vddk-image', { image: '' });
  const [isSubmitted, setSubmitted] = useState(false);
  const [checked, setChecked] = useState<Checked>();
  const { choices, onOpen } = useStreamChoices();
  const form = useRef<HTMLFormElement>(null);
  const image = draft.image.trim();
  const problem = checkImage(image);
  const { name: mtv } = useMtvProject();
  const namespace = controller.metadata.namespace ?? mtv;
  const verdict = checked?.image === image ? checked.verdict : undefined;
  const doubt = typeof verdict === 'object' && verdict.state === 'doubtful' ? verdict.doubt : undefined;
  const isBusy = checked?.verdict === 'asking';
  const before = controller.spec?.vddk_image;

  const ask = async (): Promise<ImageVerdict> => {
    setChecked({ image, verdict: 'asking' });
    const answer = await lookAtImage(cluster, image, namespace);
    setChecked({ image, verdict: answer });
    return answer;
  };
  /** Whether the image is spelled right; if not, that is said, and the focus goes there. */
  const isSpelled = (): boolean => {
    setSubmitted(true);
    if (problem) form.current?.querySelector<HTMLElement>('#vddk-image')?.focus();
    return !problem;
  };
  /** The image to be set and what is known of it, once the cluster has looked at it; `undefined`: what is wrong is said. */
  const settled = async (): Promise<{ readonly wanted: string; readonly isSeen?: boolean } | undefined> => {
    if (!isSpelled()) return undefined;
    if (doubt) return { wanted: image };
    const answer = await ask();
    switch (answer.state) {
      case 'doubtful':
        return undefined;
      case 'good':
        return { wanted: answer.pinned ?? image, isSeen: true };
      case 'unchecked':
        return { wanted: image, isSeen: false };
    }
  };

  const submit = async (): Promise<void> => {
    const what = await settled();
    if (!what) return;
    const { wanted, ...alone } = what;
    control.use(wanted, { mtv: namespace, before, providers, alone });
  };

  const preview = async (): Promise<Rehearsal | undefined> => {
    const what = await settled();
    return (
      what &&
      rehearsalOf(
        { needs: imageNeeds(namespace, providers), plan: planImage({ image: what.wanted, before, providers }) },
        imagePlanProblemText,
      )
    );
  };

  useStepAction({
    label: doubt ? t('Use it anyway') : t('Use this image'),
    form: formId,
    isBusy,
    onCancel: onClose,
  });

  return (
    <Form
      id={formId}
      ref={form}
      isWidthLimited
      maxWidth={formWidth}
      aria-label={t('An existing image')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Chooser
        id="vddk-image"
        label={t('Image')}
        isRequired
        value={draft.image}
        onChange={(value) => {
          change({ image: value });
        }}
        choices={choices}
        onOpen={onOpen}
        problem={isSubmitted && problem ? imageProblemText(t, problem) : undefined}
        warning={
          !problem && !isPinned(image)
            ? t(
                'A digest (@sha256:…) is better: MTV does not notice when this tag moves to another image. If the cluster can look it up, the digest is added for you.',
              )
            : undefined
        }
        hint={t(
          'Choose a tag of an image stream, or type the name of an image. Its entry point copies /vmware-vix-disklib-distrib to /opt. The target projects of the VMs must be able to pull it.',
        )}
      />
      {doubt && (
        <Alert isInline isLiveRegion component="h3" variant="warning" title={t('This image may not work')}>
          {imageDoubtText(t, doubt)}
        </Alert>
      )}
      {typeof verdict === 'object' && verdict.state === 'good' && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="success"
          title={t('This image copies the folder when it starts')}
        >
          <span style={{ overflowWrap: 'anywhere' }}>{verdict.pinned}</span>
        </Alert>
      )}
      {typeof verdict === 'object' && verdict.state === 'unchecked' && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="info"
          title={t(
            'The image cannot be checked: this cluster has no API for that, or you are not permitted to use it.',
          )}
        />
      )}
      <ActionGroup>
        <Button
          variant="secondary"
          isDisabled={isBusy}
          onClick={() => {
            if (isSpelled()) void ask();
          }}
        >
          {t('Check image')}
        </Button>
        <PreviewButton file="migration-prep-vddk" isDisabled={isBusy} ask={preview} />
      </ActionGroup>
    </Form>
  );
};
