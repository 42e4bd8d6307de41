import {
  Button,
  CodeBlock,
  CodeBlockCode,
  Content,
  List,
  ListItem,
  Skeleton,
  Stack,
  Title,
} from '@patternfly/react-core';
import { observe } from '../../../domain/converge';
import { exportFiles, exportFilesNeeds } from '../../../domain/export-files';
import type { ExportedFolder } from '../../../domain/export-files';
import type { ClusterFailure } from '../../../domain/failure';
import { failureText } from '../../../domain/failure';
import { kinds } from '../../../domain/kinds';
import type { Result } from '../../../domain/result';
import { ok } from '../../../domain/result';
import { zipOf } from '../../../domain/zip';
import { useTranslate } from '../../../parts/use-translate';
import { withoutAbsentKinds } from '../../../work/prepare/absent-kinds';
import { withinReach, withoutForbidden } from '../../../work/within-reach';
import { Dialog } from '../../parts/Dialog';
import { FailureAlert } from '../../parts/FailureAlert';
import { saveFile } from '../../parts/save-file';
import { useAnswer } from '../../parts/use-answer';
import { useServices } from '../../ServicesContext';

interface ExportDialogProps {
  /** Where to look for users who may not look into the whole cluster. */
  readonly projects: readonly string[];
  readonly onClose: () => void;
}

const folder = 'migration-prep';

/** A folder for Git of what there is: its files, and what it leaves to people, before it is downloaded as one ZIP archive. */
export const ExportDialog = ({ projects, onClose }: ExportDialogProps) => {
  const t = useTranslate();
  const { cluster } = useServices();
  const [exported, again] = useAnswer(async (): Promise<Result<ExportedFolder, ClusterFailure>> => {
    const unseen = new Set<string>();
    const reached = withinReach(cluster, projects, () => undefined);
    const answer = await observe(
      withoutForbidden(withoutAbsentKinds(reached), (kind) => unseen.add(kinds[kind].kind)),
      exportFilesNeeds,
    );
    return answer.ok ? ok(exportFiles(t, answer.value, [...unseen].join(', '))) : answer;
  }, projects.join(' '));

  const files = exported?.ok === true ? exported.value.files : [];
  return (
    <Dialog
      title={t('Export')}
      about={t(
        'A folder for Git: values of the chart that lead to the same, and the objects for kubectl and Argo CD. Passwords are neither read nor exported.',
      )}
      onClose={onClose}
      footer={
        <>
          <Button
            isDisabled={files.length === 0}
            onClick={() => {
              const inFolder = files.map(({ path, content }) => ({ path: `${folder}/${path}`, content }));
              saveFile(`${folder}.zip`, zipOf(inFolder), 'application/zip');
            }}
          >
            {t('Download')}
          </Button>
          <Button variant="link" onClick={onClose}>
            {t('Close')}
          </Button>
        </>
      }
    >
      {!exported && <Skeleton screenreaderText={t('Checking the cluster…')} />}
      {exported?.ok === false && (
        <FailureAlert
          title={t('The cluster could not be asked')}
          text={failureText(t, exported.error)}
          onRetry={again}
        />
      )}
      {exported?.ok === true && (
        <Stack hasGutter>
          <Title headingLevel="h2" size="md">
            {t('Files')}
          </Title>
          <CodeBlock>
            <CodeBlockCode>{files.map(({ path }) => path).join('\n')}</CodeBlockCode>
          </CodeBlock>
          {exported.value.left.length > 0 && (
            <>
              <Title headingLevel="h2" size="md">
                {t('What is left for you')}
              </Title>
              <List aria-label={t('What is left for you')}>
                {exported.value.left.map((note) => (
                  <ListItem key={note}>{note}</ListItem>
                ))}
              </List>
            </>
          )}
          <Content component="p">
            {t('The browser saves {{file}}, under another name if there is a file of that name.', {
              file: `${folder}.zip`,
            })}
          </Content>
        </Stack>
      )}
    </Dialog>
  );
};
