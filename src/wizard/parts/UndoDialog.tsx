import { useState } from 'react';
import { Alert, Button, Content, List, ListItem, Skeleton, Stack, Title } from '@patternfly/react-core';
import { nameOfChange } from '../../domain/change';
import type { Cluster } from '../../domain/cluster';
import type { ChangeProgress } from '../../domain/converge';
import { changeInProjectText, convergeFailureText } from '../../domain/converge-text';
import { kinds } from '../../domain/kinds';
import { keptText } from '../../domain/undoing';
import { planCountText, plannedChange } from '../../domain/plan-text';
import { useTranslate } from '../../parts/use-translate';
import type { Listed, Undone, UndoListing } from '../../work/undo';
import { withinReach } from '../../work/within-reach';
import { ChangeProgressList } from './ChangeProgressList';
import { Dialog } from './Dialog';
import { FailureAlert } from './FailureAlert';
import { useAnswer } from './use-answer';
import { useServices } from '../ServicesContext';
import { UndoResult } from './UndoResult';

/** What can be undone: how it is listed, and how what was listed is undone. */
export interface Removal {
  readonly list: (cluster: Cluster) => Promise<UndoListing>;
  readonly undo: (
    cluster: Cluster,
    listed: readonly Listed[],
    onProgress: (changes: readonly ChangeProgress[]) => void,
  ) => Promise<Undone>;
}

interface UndoDialogProps {
  readonly removal: Removal;
  readonly title: string;
  /** What happens. */
  readonly about: string;
  /** What the button says that does it. */
  readonly action: string;
  /** Where to look for users who may not look into the whole cluster. */
  readonly projects: readonly string[];
  readonly onClose: () => void;
}

/** Lists what Migration Prep made and what of it can go, asks, undoes it, and says what came of it. */
export const UndoDialog = ({ removal, title, about, action, projects, onClose }: UndoDialogProps) => {
  const t = useTranslate();
  const { cluster } = useServices();
  const [listing, listAgain] = useAnswer(async () => {
    let isNarrowed = false;
    const reached = withinReach(cluster, projects, () => {
      isNarrowed = true;
    });
    return { ...(await removal.list(reached)), isNarrowed };
  }, projects.join(' '));
  const [run, setRun] = useState<{ readonly changes: readonly ChangeProgress[]; readonly undone?: Undone }>();
  const going = listing?.trials.filter(({ answer }) => answer.code !== 'Refused' && answer.code !== 'Stopped') ?? [];
  const isBusy = run !== undefined && run.undone === undefined;
  const start = async (): Promise<void> => {
    setRun({ changes: [] });
    let changes: readonly ChangeProgress[] = [];
    const undone = await removal.undo(
      withinReach(cluster, projects, () => undefined),
      going,
      (made) => {
        changes = made;
        setRun({ changes });
      },
    );
    setRun({ changes, undone });
  };

  return (
    <Dialog
      title={title}
      about={about}
      onClose={isBusy ? undefined : onClose}
      footer={
        <>
          {listing && !run && (
            <Button variant="danger" isDisabled={going.length === 0} onClick={() => void start()}>
              {action}
            </Button>
          )}
          {run?.undone && (
            <Button
              variant="secondary"
              onClick={() => {
                setRun(undefined);
                listAgain();
              }}
            >
              {t('List what is left')}
            </Button>
          )}
          <Button variant="link" isDisabled={isBusy} onClick={onClose}>
            {run ? t('Close') : t('Cancel')}
          </Button>
        </>
      }
    >
      {!listing && <Skeleton screenreaderText={t('Checking the cluster…')} />}
      {listing && !run && <Listing listing={listing} going={going} projects={projects} />}
      {run && (
        <Stack hasGutter>
          <ChangeProgressList changes={run.changes} />
          {run.undone && <UndoResult undone={run.undone} onRetry={() => void start()} />}
        </Stack>
      )}
    </Dialog>
  );
};

interface ListingProps {
  readonly listing: UndoListing & { readonly isNarrowed: boolean };
  readonly going: readonly Listed[];
  readonly projects: readonly string[];
}

const Listing = ({ listing: { trials, kept, staying, failures, isNarrowed }, going, projects }: ListingProps) => {
  const t = useTranslate();
  const refused = trials.filter((trial) => !going.includes(trial)).map((trial) => plannedChange(t, trial));
  return (
    <Stack hasGutter>
      {isNarrowed && (
        <Alert
          isInline
          component="h2"
          variant="warning"
          title={t('You may not look into the whole cluster, so only this was looked at: {{list}}', {
            list: projects.join(', '),
          })}
        >
          {t('Whether something in another project needs what is listed is not known.')}
        </Alert>
      )}
      {failures.map((failure) => (
        <FailureAlert
          key={JSON.stringify(failure)}
          title={t('Some of it could not be listed, so it stays')}
          text={convergeFailureText<never>(t, failure, () => '')}
        />
      ))}
      {going.length === 0 ? (
        <Content component="p">{t('There is nothing to undo.')}</Content>
      ) : (
        <>
          <Content component="p">
            {planCountText(
              t,
              going.map((trial) => plannedChange(t, trial)),
            )}
          </Content>
          <List isPlain aria-label={t('What goes')}>
            {going.map(({ change }) => (
              <ListItem key={`${change.verb} ${JSON.stringify(nameOfChange(change))}`}>
                <strong>{changeInProjectText(t, nameOfChange(change))}</strong> {change.why(t)}
              </ListItem>
            ))}
          </List>
        </>
      )}
      {kept.length + staying.length + refused.length > 0 && (
        <>
          <Title headingLevel="h2" size="md">
            {t('What stays')}
          </Title>
          <List isPlain aria-label={t('What stays')}>
            {kept.map(({ kind, object: { metadata }, reason }) => (
              <ListItem key={`${kind} ${metadata.uid ?? ''}`}>
                <strong>{t('{{kind}} {{name}}', { kind: kinds[kind].kind, name: metadata.name })}</strong>{' '}
                {keptText(t, reason)}
              </ListItem>
            ))}
            {staying.map((text) => (
              <ListItem key={text(t)}>{text(t)}</ListItem>
            ))}
            {refused.map(({ kind, name, reason = '' }) => (
              <ListItem key={`${kind} ${name}`}>
                <strong>{t('{{kind}} {{name}}', { kind, name })}</strong> {reason}
              </ListItem>
            ))}
          </List>
        </>
      )}
    </Stack>
  );
};
