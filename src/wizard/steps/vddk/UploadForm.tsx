import { useEffect, useRef, useState } from 'react';
import { ActionGroup, Content, Form, FormGroup } from '@patternfly/react-core';
import type { ForkliftController } from '../../../domain/objects';
import { defaultBaseImage } from '../../../domain/vddk/dockerfile';
import type { ProviderImageWish } from '../../../domain/vddk/plan-image';
import { checkUploadDraft, uploadDraftProblemText } from '../../../domain/vddk/upload-draft';
import type { UploadDraftProblem } from '../../../domain/vddk/upload-draft';
import { NotLoaded } from '../../parts/NotLoaded';
import { formWidth } from '../../parts/form-width';
import { ProjectChooser } from '../../parts/ProjectChooser';
import { PreviewButton } from '../../parts/PreviewButton';
import type { Rehearsal } from '../../parts/rehearsal';
import { useDraft } from '../../parts/use-draft';
import { useStepAction } from '../../parts/use-step-action';
import { useImageProject, useProject } from '../../parts/use-address';
import { useServices } from '../../ServicesContext';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';
import { AdvancedFields } from './AdvancedFields';
import { ArchivePicker } from './ArchivePicker';
import type { Picked } from './ArchivePicker';
import { askBeforeLeaving } from './ask-before-leaving';
import type { JobWish } from '../../../work/build-image/job-wish';
import { jobOf } from './use-job';

/** What begins an upload. It is there already when the browser had time for it (`VddkStep.tsx`). */
const loadControlOf = async () => (await import('./use-build-job')).controlOf;

interface UploadFormProps {
  readonly controller: ForkliftController;
  /** Where the image shall be set as well. */
  readonly providers: readonly ProviderImageWish[];
  /** Closes the form; `undefined` where there is nothing else. */
  readonly onClose: (() => void) | undefined;
}

interface Draft {
  readonly picked: Picked;
  readonly baseImage: string;
}

const empty: Draft = { picked: { state: 'none' }, baseImage: '' };

const formId = 'vddk-upload-form';

const fieldIds = {
  archive: 'vddk-archive',
  target: 'vddk-target',
  project: 'vddk-project',
  'base-image': 'vddk-base-image',
} as const;

/** Takes the archive and what little has to be decided about its image. */
export const UploadForm = ({ controller, providers, onClose }: UploadFormProps) => {
  const t = useTranslate();
  const { cluster, uploadArchive } = useServices();
  const { suggestion } = jobOf(cluster);
  const [isLost, setLost] = useState(false);
  const [draft, change] = useDraft('vddk-upload', empty);
  const [target, chooseTarget] = useProject();
  const [project, chooseProject] = useImageProject();
  const [isChecked, setChecked] = useState(false);
  const [opened, setOpened] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const { picked, baseImage } = draft;
  const archive = picked.state === 'good' ? picked.archive : undefined;
  const problems = checkUploadDraft({ archive, project, target, baseImage });
  const problemOf = (field: UploadDraftProblem['field']): string | undefined => {
    const problem = isChecked ? problems.find((each) => each.field === field) : undefined;
    return problem && uploadDraftProblemText(t, problem);
  };
  const { name } = useMtvProject();
  const mtv = controller.metadata.namespace ?? name;
  const wish: JobWish | undefined =
    picked.state === 'good' && problems.length === 0
      ? {
          archive: picked.file.name,
          size: picked.file.size,
          send: (to) => askBeforeLeaving(uploadArchive({ ...to, file: picked.file })),
          version: picked.archive.version,
          project: project === '' ? mtv : project,
          target,
          baseImage: baseImage.trim() === '' ? defaultBaseImage : baseImage.trim(),
          mtv,
          before: controller.spec?.vddk_image,
          providers,
        }
      : undefined;

  // What a retry sends is what the form says by then.
  useEffect(() => {
    suggestion.current = wish;
    return () => {
      suggestion.current = undefined;
    };
  });

  /** What is wanted; `undefined` where something is wrong, which is said, and where the focus goes. */
  const checkedWish = (): JobWish | undefined => {
    setChecked(true);
    if (problems.some(({ field }) => field === 'project' || field === 'base-image')) setOpened(opened + 1);
    const [first] = problems;
    if (!wish) form.current?.querySelector<HTMLElement>(`#${fieldIds[first?.field ?? 'archive']}`)?.focus();
    return wish;
  };

  const submit = async (): Promise<void> => {
    const wanted = checkedWish();
    if (!wanted) return;
    setLost(false);
    try {
      (await loadControlOf())(cluster).start(wanted);
    } catch {
      setLost(true);
    }
  };

  const preview = (): Rehearsal | undefined => {
    const wanted = checkedWish();
    return wanted && (async (cluster) => (await import('./upload-rehearsal')).rehearsalOfUpload(wanted)(cluster));
  };

  useStepAction({ label: t('Upload and build'), form: formId, onCancel: onClose });

  return (
    <Form
      id={formId}
      ref={form}
      isWidthLimited
      maxWidth={formWidth}
      aria-label={t('Upload the archive from VMware')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Content component="p">
        {t(
          'Broadcom, the owner of VMware, closed the public download of VDDK in August 2026. You get the archive with a support contract, or from somebody who downloaded it earlier. Without it, use an existing image or continue without VDDK.',
        )}
      </Content>
      <FormGroup role="group" label={t('Archive')} fieldId="vddk-archive-group" isRequired>
        <ArchivePicker
          picked={picked}
          onPick={(next) => {
            change({ picked: next });
          }}
          problem={problemOf('archive')}
        />
      </FormGroup>
      <ProjectChooser
        id={fieldIds.target}
        label={t('Project of the virtual machines')}
        value={target}
        onChange={chooseTarget}
        problem={problemOf('target')}
        hint={t(
          'The pods of this project get the right to pull the image. You can leave this empty and grant it later.',
        )}
      />
      <AdvancedFields
        mtv={mtv}
        project={project}
        onProject={chooseProject}
        baseImage={baseImage}
        onBaseImage={(value) => {
          change({ baseImage: value });
        }}
        opened={opened}
        problemOf={problemOf}
      />
      <ActionGroup>
        <PreviewButton file="migration-prep-vddk" ask={preview} />
      </ActionGroup>
      {isLost && <NotLoaded onRetry={() => void submit()} />}
    </Form>
  );
};
