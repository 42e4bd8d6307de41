import { useRef, useState } from 'react';
import { ActionGroup, Alert, Button, Form } from '@patternfly/react-core';
import type { Right } from '../../../domain/cluster';
import type { ForkliftController } from '../../../domain/objects';
import { missingRightText } from '../../../domain/vddk/build-rights';
import { imageDoubtText } from '../../../domain/vddk/existing-image';
import type { ImageVerdict } from '../../../domain/vddk/existing-image';
import { checkImage, isPinned } from '../../../domain/vddk/image';
import { imageProblemText } from '../../../domain/vddk/image-problem-text';
import { imageNeeds, imagePlanProblemText, imageRights, planImage } from '../../../domain/vddk/plan-image';
import type { ImagePlanProblem, ProviderImageWish } from '../../../domain/vddk/plan-image';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { FailureAlert } from '../../parts/FailureAlert';
import { Field } from '../../parts/Field';
import { useDraft } from '../../parts/use-draft';
import { useServices } from '../../ServicesContext';
import { useConverge } from '../../use-converge';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';
import { lookAtImage } from '../../../work/look-at-image';
import { missingRights } from '../../../domain/rights';

/** What the cluster said of an image; of another image it says nothing. */
type Checked = { readonly image: string; readonly verdict: ImageVerdict | 'asking' } | undefined;

interface ImageChoiceProps {
  readonly controller: ForkliftController;
  /** Where the image shall be set as well. */
  readonly providers: readonly ProviderImageWish[];
}

/** An image that is there already. The cluster looks at it first, without storing anything. */
export const ImageChoice = ({ controller, providers }: ImageChoiceProps) => {
  const t = useTranslate();
  const { cluster } = useServices();
  const [draft, change, clear] = useDraft('vddk-image', { image: '' });
  const [isSubmitted, setSubmitted] = useState(false);
  const [checked, setChecked] = useState<Checked>();
  const [lacking, setLacking] = useState<readonly Right[]>([]);
  const { run, start } = useConverge<ImagePlanProblem>();
  const form = useRef<HTMLFormElement>(null);
  const image = draft.image.trim();
  const problem = checkImage(image);
  const { name: mtv } = useMtvProject();
  const namespace = controller.metadata.namespace ?? mtv;
  const verdict = checked?.image === image ? checked.verdict : undefined;
  const doubt = typeof verdict === 'object' && verdict.state === 'doubtful' ? verdict.doubt : undefined;
  const isBusy = run.state === 'running' || checked?.verdict === 'asking';

  const ask = async (): Promise<ImageVerdict> => {
    setChecked({ image, verdict: 'asking' });
    const answer = await lookAtImage(cluster, image, namespace);
    setChecked({ image, verdict: answer });
    return answer;
  };
  const submit = async (): Promise<void> => {
    setSubmitted(true);
    if (problem) {
      form.current?.querySelector<HTMLElement>('#vddk-image')?.focus();
      return;
    }
    const answer = doubt ? undefined : await ask();
    if (answer?.state === 'doubtful') return;
    const missing = await missingRights(cluster, imageRights(namespace, providers));
    setLacking(missing);
    if (missing.length > 0) return;
    const wanted = answer?.state === 'good' ? (answer.pinned ?? image) : image;
    const outcome = await start(
      imageNeeds(namespace, providers),
      planImage({ image: wanted, before: controller.spec?.vddk_image, providers }),
    );
    if (outcome.ok) {
      setSubmitted(false);
      clear(draft);
    }
  };

  return (
    <>
      <Form
        ref={form}
        aria-label={t('An existing image')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field
          id="vddk-image"
          label={t('Image')}
          isRequired
          autoComplete="off"
          value={draft.image}
          onChange={(value) => {
            change({ image: value });
          }}
          problem={isSubmitted && problem ? imageProblemText(t, problem) : undefined}
          warning={
            !problem && !isPinned(image)
              ? t(
                  'A digest (@sha256:…) is better: MTV does not notice when this tag moves to another image. If the cluster can look it up, the digest is added for you.',
                )
              : undefined
          }
          hint={t(
            'Its entry point copies /vmware-vix-disklib-distrib to /opt. The target projects of the VMs must be able to pull it.',
          )}
        />
        {doubt && (
          <Alert isInline isLiveRegion component="h3" variant="warning" title={t('This image may not work')}>
            {imageDoubtText(t, doubt)}
          </Alert>
        )}
        <ActionGroup>
          <Button type="submit" isLoading={isBusy} isDisabled={isBusy}>
            {doubt ? t('Use it anyway') : t('Use this image')}
          </Button>
        </ActionGroup>
      </Form>
      {lacking.length > 0 && (
        <FailureAlert
          title={t('The image was not set')}
          text={[
            ...lacking.map((right) => missingRightText(t, right)),
            t('Ask an administrator for these rights, or leave out the providers that you cannot change.'),
          ].join(' ')}
          onRetry={() => void submit()}
        />
      )}
      <ApplyProgress run={run} problemText={imagePlanProblemText} onRetry={() => void submit()} />
      {run.state === 'done' && checked?.verdict !== 'asking' && checked?.verdict.state === 'good' && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="info"
          title={t(
            'The image is for amd64 and copies the folder when it starts. The contents of the folder cannot be seen from here. MTV checks them when a plan needs the image.',
          )}
        />
      )}
      {run.state === 'done' && checked?.verdict !== 'asking' && checked?.verdict.state === 'unchecked' && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="info"
          title={t(
            'The image was not checked: this cluster has no API for that, or you are not permitted to use it. MTV checks it when a plan needs it.',
          )}
        />
      )}
    </>
  );
};
