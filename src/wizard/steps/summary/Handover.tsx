import { useState } from 'react';
import { Button, Content, Flex, Title } from '@patternfly/react-core';
import { useTranslate } from '../../../parts/use-translate';
import { OnDemand } from '../../parts/OnDemand';
import { useImageProject, useMoreProjects, useProject } from '../../parts/use-address';
import { useMtvProject } from '../../MtvProjectContext';
import { useProviders } from '../../use-facts';

const dialogs = {
  export: async () => (await import('./ExportDialog')).ExportDialog,
  undo: async () => (await import('./UndoAll')).UndoAll,
};

/** What can be done with everything that was prepared: export it, or undo it. */
export const Handover = () => {
  const t = useTranslate();
  const [dialog, setDialog] = useState<keyof typeof dialogs>();
  const { name: mtv } = useMtvProject();
  const { home } = useProviders();
  const [project] = useProject();
  const [more] = useMoreProjects();
  const [imageProject] = useImageProject();
  const projects = [...new Set([mtv, home, project, ...more, imageProject])].filter((each) => each !== '');
  return (
    <section aria-labelledby="handover">
      <Title id="handover" headingLevel="h3" size="lg">
        {t('Take it with you, or take it back')}
      </Title>
      <Content component="p">
        {t(
          'Export makes a folder for Git that leads another cluster to the same. Undo takes back what Migration Prep did on this cluster. You see everything that would go before anything goes.',
        )}
      </Content>
      <Flex>
        <Button
          variant="secondary"
          onClick={() => {
            setDialog('export');
          }}
        >
          {t('Export…')}
        </Button>
        <Button
          variant="secondary"
          isDanger
          onClick={() => {
            setDialog('undo');
          }}
        >
          {t('Undo…')}
        </Button>
      </Flex>
      {dialog && (
        <OnDemand
          key={dialog}
          load={dialogs[dialog]}
          props={{
            projects,
            onClose: () => {
              setDialog(undefined);
            },
          }}
        />
      )}
    </section>
  );
};
