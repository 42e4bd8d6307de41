import { FormFieldGroupExpandable, FormFieldGroupHeader } from '@patternfly/react-core';
import { defaultBaseImage } from '../../../domain/vddk/dockerfile';
import { Field } from '../../parts/Field';
import { ProjectChooser } from '../../parts/ProjectChooser';
import { useTranslate } from '../../../parts/use-translate';

interface AdvancedFieldsProps {
  /** The project of MTV. */
  readonly mtv: string;
  readonly project: string;
  readonly onProject: (project: string) => void;
  readonly baseImage: string;
  readonly onBaseImage: (image: string) => void;
  /** How often a problem was found here: what is wrong must be seen, so each opens the group. */
  readonly opened: number;
  readonly problemOf: (field: 'project' | 'base-image') => string | undefined;
}

/** What most users never have to decide. */
export const AdvancedFields = ({
  mtv,
  project,
  onProject,
  baseImage,
  onBaseImage,
  opened,
  problemOf,
}: AdvancedFieldsProps) => {
  const t = useTranslate();
  return (
    <FormFieldGroupExpandable
      key={opened}
      isExpanded={opened > 0}
      toggleAriaLabel={t('Details')}
      header={<FormFieldGroupHeader titleText={{ text: t('Advanced'), id: 'vddk-advanced' }} />}
    >
      <ProjectChooser
        id="vddk-project"
        label={t('Project of the image')}
        value={project}
        placeholder={mtv}
        onChange={onProject}
        problem={problemOf('project')}
        hint={t('The image and its builds are kept here. Default: {{project}}.', { project: mtv })}
      />
      <Field
        id="vddk-base-image"
        label={t('Base image')}
        autoComplete="off"
        value={baseImage}
        placeholder={defaultBaseImage}
        onChange={onBaseImage}
        problem={problemOf('base-image')}
        hint={t(
          'Any small Linux image for amd64 that has cp. A disconnected cluster needs a copy in its own registry.',
        )}
      />
    </FormFieldGroupExpandable>
  );
};
