import { useId, useState } from 'react';
import { Alert, Content, FormGroup, Radio, TextArea } from '@patternfly/react-core';
import { operandNeeds, operandProblemText, planOperand } from '../../../domain/operators/plan-operand';
import {
  checkPaths,
  disksOf,
  pathsOf,
  pathsProblemText,
  readPaths,
  unstablePaths,
} from '../../../domain/storage/node-disks';
import type { NodeDisk } from '../../../domain/storage/node-disks';
import { useTranslate } from '../../../parts/use-translate';
import { FieldHelp } from '../../parts/FieldHelp';
import { useDraft } from '../../parts/use-draft';
import { useServices } from '../../ServicesContext';
import { FixForm } from './FixForm';
import { ReportedDisks } from './ReportedDisks';

interface Draft {
  /** Paths of disks that nodes report. */
  readonly chosen: readonly string[];
  /** Further paths, as they were typed. */
  readonly typed: string;
  /** Whether every node has the disks that were typed. */
  readonly everywhere: boolean;
}

const empty: Draft = { chosen: [], typed: '', everywhere: true };

/** What the chart's values have; nothing of it can be changed later (docs/facts/platform.md §2). */
const fixed = {
  name: 'lvmcluster-sample',
  deviceClass: 'vg1',
  allEmptyDisks: false,
  thinPool: { name: 'thin-pool-1', sizePercent: 90, overprovisionRatio: 10 },
  fstype: 'xfs',
  nodeSelector: {},
  tolerations: [],
} as const;

const wishOf = ({ chosen, typed, everywhere }: Draft, disks: readonly NodeDisk[]) => {
  const reported = pathsOf(
    chosen.filter((path) => disks.some((disk) => disk.path === path)),
    disks,
  );
  const others = readPaths(typed);
  return {
    ...fixed,
    paths: [...reported.paths, ...(everywhere ? others : [])],
    optionalPaths: [...reported.optionalPaths, ...(everywhere ? [] : others)],
  };
};

/** Gives LVM Storage the disks that somebody chose: never those that nobody named. */
export const LvmForm = ({ home }: { readonly home: string }) => {
  const t = useTranslate();
  const ids = useId();
  const { useWatch } = useServices();
  const results = useWatch({ list: 'localVolumeDiscoveryResults' });
  const disks = results.state === 'loaded' ? disksOf(results.items) : [];
  const [draft, change] = useDraft('lvm', empty);
  const [isChecked, setChecked] = useState(false);
  const wish = wishOf(draft, disks);
  const paths = [...wish.paths, ...wish.optionalPaths];
  const problem = checkPaths([...draft.chosen, ...readPaths(draft.typed)]);
  const unstable = unstablePaths(paths);

  /** Whether the form can be used as it is; what is wrong is said, and gets the focus. */
  const isFilledIn = (): boolean => {
    setChecked(true);
    if (problem) document.getElementById(`${ids}-typed`)?.focus();
    return !problem;
  };
  const help = isChecked && problem ? pathsProblemText(t, problem) : undefined;
  return (
    <FixForm
      label={t('Disks for LVM Storage')}
      action={t('Use these disks')}
      runKey="operand lvms"
      file="migration-prep-lvmcluster"
      needs={operandNeeds('lvms')}
      plan={planOperand({ id: 'lvms', lvm: wish }, home)}
      problemText={operandProblemText}
      isFilledIn={isFilledIn}
    >
      <Alert
        isInline
        component="h4"
        variant="warning"
        title={t('The data of a virtual machine is on one disk of one node')}
      >
        {t(
          'If that disk or node is lost, so is the data: keep backups. Such a machine cannot be migrated live. On a cluster with a single node, everything depends on it.',
        )}
      </Alert>
      {results.state === 'loaded' && disks.length > 0 ? (
        <ReportedDisks
          disks={disks}
          chosen={draft.chosen}
          onChange={(chosen) => {
            change({ chosen });
          }}
        />
      ) : (
        results.state !== 'loading' && (
          <Content component="p">
            {results.state === 'failed'
              ? t(
                  'The disks of the nodes cannot be shown: you are not permitted to read LocalVolumeDiscoveryResult. Enter their paths.',
                )
              : t(
                  'No node reports its disks: that needs the Local Storage Operator with a LocalVolumeDiscovery. Enter their paths. To see them, run “lsblk --output NAME,SIZE,FSTYPE” and “ls -l /dev/disk/by-id” on each node.',
                )}
          </Content>
        )
      )}
      <FormGroup
        label={disks.length > 0 ? t('Other disks') : t('Disks')}
        isRequired={disks.length === 0}
        fieldId={`${ids}-typed`}
      >
        <TextArea
          id={`${ids}-typed`}
          rows={3}
          value={draft.typed}
          validated={help === undefined ? 'default' : 'error'}
          aria-invalid={help !== undefined}
          aria-describedby={`${ids}-help`}
          placeholder="/dev/disk/by-id/…"
          onChange={(_event, typed) => {
            change({ typed });
          }}
        />
        <FieldHelp
          id={`${ids}-help`}
          variant={help === undefined ? (unstable.length > 0 ? 'warning' : 'default') : 'error'}
        >
          {help ??
            (unstable.length > 0
              ? t('After the next start of a node, another disk may be {{list}}. Use its path below /dev/disk/by-id.', {
                  list: unstable.join(', '),
                })
              : t(
                  'One path a line. LVM Storage takes only disks without any partition or file system; it does not erase others.',
                ))}
        </FieldHelp>
      </FormGroup>
      {draft.typed.trim() !== '' && (
        <FormGroup role="radiogroup" label={t('Which nodes have these disks')} fieldId={`${ids}-everywhere`}>
          <Radio
            id={`${ids}-every`}
            name={`${ids}-everywhere`}
            label={t('Every node has all of them')}
            description={t('A node that lacks one has no storage, and LVM Storage says so.')}
            isChecked={draft.everywhere}
            onChange={() => {
              change({ everywhere: true });
            }}
          />
          <Radio
            id={`${ids}-some`}
            name={`${ids}-everywhere`}
            label={t('Each node has some of them')}
            isChecked={!draft.everywhere}
            onChange={() => {
              change({ everywhere: false });
            }}
          />
        </FormGroup>
      )}
    </FixForm>
  );
};
