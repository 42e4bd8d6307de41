import { useEffect, useMemo, useRef, useState } from 'react';
import { Button, List, ListItem } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import { arrangeNads } from '../../../domain/networks/arrange-nads';
import type { Arrangement, NetworksWish } from '../../../domain/networks/arrange-nads';
import type { Translate } from '../../../domain/translate';
import { ProjectChooser } from '../../parts/ProjectChooser';
import { useServices } from '../../ServicesContext';
import { useTranslate } from '../../../parts/use-translate';

interface MoreProjectsProps {
  /** The project that is chosen above. */
  readonly project: string;
  /** The further ones. */
  readonly projects: readonly string[];
  readonly onChange: (projects: readonly string[]) => void;
  /** What each of them is to get. */
  readonly wish: NetworksWish;
}

const fieldId = 'more-projects';
const focusField = (): void => document.getElementById(fieldId)?.focus();

/** Further projects that get the same networks, each with what it comes to there. */
export const MoreProjects = ({ project, projects, onChange, wish }: MoreProjectsProps) => {
  const t = useTranslate();
  const [twice, setTwice] = useState<string>();
  const isEmpty = projects.length === 0;
  // The address may lag behind what was chosen last, and nothing that was chosen may get lost meanwhile.
  const latest = useRef(projects);
  const shown = projects.join();
  useEffect(() => {
    latest.current = shown === '' ? [] : shown.split(',');
  }, [shown]);
  const choose = (chosen: readonly string[]): void => {
    latest.current = chosen;
    onChange(chosen);
  };
  // The button that asked for this is gone, and so is the last project that was left out.
  useEffect(() => {
    if (isEmpty) focusField();
  }, [isEmpty]);
  const add = (name: string): void => {
    const isThere = name === project || latest.current.includes(name);
    setTwice(isThere ? name : undefined);
    if (!isThere && name !== '') choose([...latest.current, name]);
  };
  return (
    <>
      <ProjectChooser
        id={fieldId}
        label={t('Further project')}
        value=""
        onChange={add}
        problem={twice === undefined ? undefined : t('Project {{project}} is chosen already.', { project: twice })}
        hint={t('The same networks are created in each project. A migration plan uses those of its target project.')}
      />
      {!isEmpty && (
        <List isPlain aria-label={t('Further projects')}>
          {projects.map((each) => (
            <ListItem key={each}>
              <strong>{each}</strong> <InProject wish={wish} project={each} />{' '}
              <Button
                variant="link"
                isInline
                onClick={() => {
                  choose(latest.current.filter((other) => other !== each));
                  focusField();
                }}
              >
                {t('Leave out {{project}}', { project: each })}
              </Button>
            </ListItem>
          ))}
        </List>
      )}
    </>
  );
};

/** What is there and what will be made in one project. */
const InProject = ({ wish, project }: Pick<MoreProjectsProps, 'wish' | 'project'>) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const nads = useWatch({ list: 'networkAttachmentDefinitions', namespace: project });
  const arrangements = useMemo(
    () => (nads.state === 'loaded' ? arrangeNads({ ...wish, project }, nads.items) : []),
    [wish, project, nads],
  );
  switch (nads.state) {
    case 'loading':
      return <>{t('Checking the cluster…')}</>;
    case 'absent':
      return <>{t('None: this cluster does not have this kind.')}</>;
    case 'failed':
      return <>{failureText(t, nads.failure)}</>;
    case 'loaded':
      return <>{arrangedText(t, arrangements)}</>;
  }
};

const arrangedText = (t: Translate, arrangements: readonly Arrangement[]): string => {
  const number = (of: 'existing' | 'missing'): number => arrangements.reduce((sum, each) => sum + each[of].length, 0);
  const inTheWay = arrangements.flatMap((each) => each.inTheWay.map(({ metadata }) => metadata.name));
  return [
    t('Will be created: {{missing}}. Already there: {{existing}}.', {
      missing: number('missing'),
      existing: number('existing'),
    }),
    ...(inTheWay.length > 0
      ? [
          t('Other networks have these names: {{names}}. Give the new ones other names, or leave this project out.', {
            names: inTheWay.join(', '),
          }),
        ]
      : []),
  ].join(' ');
};
