import { useEffect, useState } from 'react';
import { convergeFailureText } from '../../domain/converge-text';
import type { ConvergeFailure } from '../../domain/converge';
import { failureText } from '../../domain/failure';
import { creationKind, newProjectProblem, planProject, projectChoices, projectNeeds } from '../../domain/projects';
import type { ProjectList } from '../../domain/projects';
import { checkName } from '../../domain/names';
import type { Namespace } from '../../domain/objects';
import type { Translate } from '../../domain/translate';
import type { Watched } from '../../domain/watched';
import { useTranslate } from '../../parts/use-translate';
import { useServices } from '../ServicesContext';
import { useConverge } from '../use-converge';
import { Chooser } from './Chooser';
import type { ChooserProps, Choices } from './Chooser';

/** The value is the chosen project; empty: none. */
type ProjectChooserProps = Omit<ChooserProps, 'choices' | 'onOpen' | 'strangerText' | 'extrasOf' | 'footer'>;

/**
 * Chooses a project among those that the user may see, or creates one where that is permitted. They are asked for when the list is
 * opened. Where they cannot be listed, the name is typed.
 */
export const ProjectChooser = (props: ProjectChooserProps) => {
  const t = useTranslate();
  const { onChange, problem } = props;
  const [isWanted, setWanted] = useState(false);
  const { list, projects } = useProjects(isWanted);
  const mayCreate = useMayCreate(list, isWanted);
  const [creating, setCreating] = useState('');
  const { run, start, reset } = useConverge<never>();
  const canBeMade = mayCreate && run.state !== 'running';

  const make = async (name: string): Promise<void> => {
    setCreating(name);
    const made = await start(projectNeeds(list), planProject(list, name));
    if (made.ok) onChange(name);
  };
  const take = (project: string): void => {
    reset();
    onChange(project);
  };
  return (
    <Chooser
      {...props}
      choices={choicesOf(t, projects)}
      onOpen={() => {
        setWanted(true);
      }}
      onChange={take}
      strangerText={(typed) =>
        mayCreate
          ? (newProjectProblem(t, typed) ??
            t('You see no project {{project}}. Choose one from the list, or create it there.', { project: typed }))
          : t('You see no project {{project}}. Choose one from the list.', { project: typed })
      }
      extrasOf={(name) => [
        ...(canBeMade && newProjectProblem(t, name) === undefined
          ? [{ text: t('Create project {{project}}', { project: name }), run: () => void make(name) }]
          : []),
        ...(checkName(name) === undefined
          ? [
              {
                text: t('Use project {{project}}, which you do not see', { project: name }),
                run: () => {
                  take(name);
                },
              },
            ]
          : []),
      ]}
      {...(mayCreate && { footer: t('To create a project, type its name.') })}
      {...(run.state === 'running' && { hint: t('Creating project {{project}}…', { project: creating }) })}
      problem={problem ?? (run.state === 'failed' ? creationFailureText(t, creating, run.failure) : undefined)}
    />
  );
};

const creationFailureText = (t: Translate, project: string, failure: ConvergeFailure<never>): string =>
  failure.code === 'WriteFailed' && failure.failure.code === 'AlreadyExists'
    ? t('Project {{project}} exists already, and you are not permitted to see it. Choose another name.', { project })
    : convergeFailureText(t, failure, () => '');

const choicesOf = (t: Translate, projects: Watched<Namespace>): Choices => {
  switch (projects.state) {
    case 'loading':
      return projects;
    case 'loaded':
      return { state: 'loaded', items: projectChoices(t, projects.items) };
    case 'absent':
      return { state: 'free', why: t('This cluster does not list its projects. Type the name.') };
    case 'failed':
      return {
        state: 'free',
        why: t('The projects cannot be listed, so type the name. {{why}}', { why: failureText(t, projects.failure) }),
      };
  }
};

/** The projects of the user, live: by OpenShift's own API, otherwise the namespaces of the cluster. */
const useProjects = (isWanted: boolean): { readonly list: ProjectList; readonly projects: Watched<Namespace> } => {
  const { useWatch } = useServices();
  const projects = useWatch(isWanted ? { list: 'projects' } : undefined);
  const isLacking = projects.state === 'absent' || projects.state === 'failed';
  const namespaces = useWatch(isLacking ? { list: 'namespaces' } : undefined);
  if (!isLacking) return { list: 'projects', projects };
  if (namespaces.state === 'failed' && projects.state === 'failed') return { list: 'projects', projects };
  return { list: 'namespaces', projects: namespaces };
};

/** Whether the user may create a project. Not known is not allowed. */
const useMayCreate = (list: ProjectList, isWanted: boolean): boolean => {
  const { cluster } = useServices();
  const [may, setMay] = useState<ProjectList>();
  useEffect(() => {
    if (!isWanted) return undefined;
    let isShown = true;
    void cluster.can({ kind: creationKind[list], verb: 'create' }).then((allowed) => {
      if (isShown) setMay(allowed.ok && allowed.value ? list : undefined);
    });
    return () => {
      isShown = false;
    };
  }, [cluster, list, isWanted]);
  return may === list;
};
