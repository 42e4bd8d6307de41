import { ProjectChooser } from '../../parts/ProjectChooser';
import { useProject } from '../../parts/use-address';
import { useMtvProject } from '../../MtvProjectContext';
import { useProviders } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';

interface PlaceFieldsProps {
  /** The chosen project; empty: where this user keeps Providers. */
  readonly project: string;
  readonly onProject: (project: string) => void;
  /** It has been asked for, and there is none. */
  readonly isMissing: boolean;
}

/** The project of a new Provider: MTV's, unless another is chosen or MTV's is closed to the user. */
export const PlaceFields = ({ project, onProject, isMissing }: PlaceFieldsProps) => {
  const t = useTranslate();
  const { name: mtv } = useMtvProject();
  const { home } = useProviders();
  const [chosen, choose] = useProject();
  const props = { id: 'provider-project', label: t('Project of the provider') };
  return home === mtv ? (
    <ProjectChooser
      {...props}
      value={project}
      placeholder={mtv}
      onChange={onProject}
      hint={t('Default: {{name}}.', { name: mtv })}
    />
  ) : (
    <ProjectChooser
      {...props}
      isRequired
      value={chosen}
      onChange={choose}
      problem={isMissing ? t('Enter a project in which you are an administrator.') : undefined}
      hint={t(
        "You have no access to MTV's project {{mtv}}. The provider and its Secret are kept in this project instead, where MTV finds them too.",
        { mtv },
      )}
    />
  );
};
