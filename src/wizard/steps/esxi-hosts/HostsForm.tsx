import { useEffect, useRef, useState } from 'react';
import { ActionGroup, Alert, Content, Form, FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import type { PemProblem } from '../../../domain/connection/pem';
import {
  checkHosts,
  draftForHost,
  emptyHosts,
  hostsProblemText,
  isSelected,
  wantedOf,
} from '../../../domain/hosts/draft';
import type { HostRow, HostsDraft, HostsProblem, WantedHost } from '../../../domain/hosts/draft';
import { subnetOf, subnetsOf, subnetText } from '../../../domain/hosts/subnets';
import type { Provider } from '../../../domain/objects';
import { FieldHelp } from '../../parts/FieldHelp';
import { NotLoaded } from '../../parts/NotLoaded';
import { OnDemand } from '../../parts/OnDemand';
import { PreviewButton } from '../../parts/PreviewButton';
import type { Rehearsal } from '../../parts/rehearsal';
import { formWidth } from '../../parts/form-width';
import { useDraft } from '../../parts/use-draft';
import { useStepAction } from '../../parts/use-step-action';
import { useServices } from '../../ServicesContext';
import { useTranslate } from '../../../parts/use-translate';
import { CredentialFields } from './CredentialFields';
import { HostsOutcome } from './HostsOutcome';
import { HostTable } from './HostTable';
import { placeOf } from './places';
import { HostTrustFields } from './HostTrustFields';
import { useSetting } from './use-setting';

interface HostsFormProps {
  readonly provider: Provider;
  readonly rows: readonly HostRow[];
}

const loadRemoval = async () => (await import('./RemoveHost')).RemoveHost;
const formId = 'esxi-hosts-form';

/** Chooses the network, the hosts and their credentials, and sets each host for itself. */
export const HostsForm = ({ provider, rows }: HostsFormProps) => {
  const t = useTranslate();
  const { readCertificates } = useServices();
  const uid = provider.metadata.uid ?? '';
  const [draft, change, clear] = useDraft<HostsDraft>(`esxi-hosts ${uid}`, emptyHosts);
  const { setting, set, forget } = useSetting(uid);
  const [certificate, setCertificate] = useState<PemProblem>();
  const [isChecked, setChecked] = useState(false);
  const [focus, setFocus] = useState<{ readonly at: string }>();
  // Not the row's: its Host goes, and what came of it is still to be said.
  const [removing, setRemoving] = useState<HostRow>();
  const form = useRef<HTMLFormElement>(null);

  // After what leads there is shown.
  useEffect(() => {
    if (focus) form.current?.querySelector<HTMLElement>(focus.at)?.focus();
  }, [focus]);

  const problems = isChecked ? checkHosts(draft, rows, certificate) : [];
  const problemOf = (field: HostsProblem['field'], host?: string): string | undefined => {
    const problem = problems.find((each) => each.field === field && ('host' in each ? each.host : undefined) === host);
    return problem && hostsProblemText(t, problem);
  };
  const subnets = subnetsOf(rows.map(({ esxi }) => esxi));
  const { isBusy, progress } = setting;

  /** What is wanted; `undefined` where something is wrong, which is said, and where the focus goes. */
  const readWanted = async (): Promise<readonly WantedHost[] | undefined> => {
    setChecked(true);
    const read = draft.trust === 'certificate' ? await readCertificates(draft.certificate) : undefined;
    const wrong = read && !read.ok ? read.error : undefined;
    setCertificate(wrong);
    const [first] = checkHosts(draft, rows, wrong);
    if (first) setFocus({ at: placeOf(first) });
    return first ? undefined : wantedOf(draft, rows, provider, read?.ok ? read.value.pem : '');
  };

  const submit = async (): Promise<void> => {
    const wanted = await readWanted();
    const done = wanted && (await set(wanted));
    if (!wanted || !done) return;
    setChecked(false);
    if (done.length === wanted.length) clear(draft);
    else {
      // Those that failed stay selected, so that the next press tries them and no others.
      const tried = new Set(wanted.map(({ id }) => id));
      change({
        selected: Object.fromEntries(rows.map(({ esxi: { id } }) => [id, tried.has(id) && !done.includes(id)])),
      });
    }
  };

  const preview = async (): Promise<Rehearsal | undefined> => {
    const wanted = await readWanted();
    return wanted && (async (cluster) => (await import('./hosts-rehearsal')).rehearsalOfHosts(wanted)(cluster));
  };

  /** The form for one host: its address, or its credentials, are to change. */
  const open = (row: HostRow, at: string): void => {
    const adapter = row.esxi.networkAdapters?.find(({ ipAddress }) => ipAddress === row.host?.spec?.ipAddress);
    change(draftForHost(rows, row, (adapter && subnetOf(adapter)) ?? ''));
    forget();
    setChecked(false);
    setFocus({ at });
  };

  useStepAction({ label: t('Set the selected hosts'), form: formId, isBusy });

  const shared = {
    draft,
    progress,
    isBusy,
    problemOf,
    onChange: change,
    onEdit: (row: HostRow) => {
      open(row, '#transfer-subnet');
    },
    onRotate: (row: HostRow) => {
      open(row, '#esxi-user');
    },
    onRemove: setRemoving,
  };
  const available = rows.filter(({ condition }) => condition === 'available');
  const away = rows.filter(({ condition }) => condition !== 'available');
  const selected = rows.filter((row) => isSelected(draft, row));

  return (
    <>
      <Form
        id={formId}
        ref={form}
        aria-label={t('Network for copying disks')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      >
        {subnets.length === 0 ? (
          <Content component="p">
            {t(
              'No host has a network adapter with an IPv4 address. Give them VMkernel adapters with addresses in vCenter.',
            )}
          </Content>
        ) : (
          <FormGroup
            label={t('Network that disks are copied over')}
            fieldId="transfer-subnet"
            isRequired
            style={{ maxWidth: formWidth }}
          >
            <FormSelect
              id="transfer-subnet"
              value={draft.subnet}
              isRequired
              validated={problemOf('subnet') === undefined ? 'default' : 'error'}
              aria-describedby="transfer-subnet-help"
              onChange={(_event, subnet) => {
                change({ subnet });
              }}
            >
              <FormSelectOption value="" label={t('Choose…')} isDisabled isPlaceholder />
              {subnets.map((subnet) => (
                <FormSelectOption key={subnet.cidr} value={subnet.cidr} label={subnetText(t, subnet)} />
              ))}
            </FormSelect>
            <FieldHelp id="transfer-subnet-help" variant={problemOf('subnet') === undefined ? 'default' : 'error'}>
              {problemOf('subnet') ??
                t(
                  'Each host is reached at its address in this subnet, whatever its adapter is called. The nodes of this cluster must reach it.',
                )}
            </FieldHelp>
          </FormGroup>
        )}
        {available.length > 0 ? (
          <HostTable {...shared} label={t('ESXi hosts')} rows={available} />
        ) : (
          <Content component="p">{t('None of the ESXi hosts is available now.')}</Content>
        )}
        {away.length > 0 && <HostTable {...shared} label={t('Hosts that are not available now')} rows={away} />}
        {problemOf('hosts') !== undefined && (
          <Alert isInline isLiveRegion component="h3" variant="danger" title={problemOf('hosts')} />
        )}
        <CredentialFields draft={draft} selected={selected} onChange={change} problemOf={problemOf} />
        <HostTrustFields draft={draft} onChange={change} problemOf={problemOf} />
        <ActionGroup>
          <PreviewButton file="migration-prep-esxi-hosts" ask={preview} isDisabled={isBusy} />
        </ActionGroup>
      </Form>
      {setting.isUnloaded && <NotLoaded onRetry={() => void submit()} />}
      <HostsOutcome rows={rows} setting={setting} />
      {removing?.host && (
        <OnDemand
          load={loadRemoval}
          props={{
            host: removing.host,
            name: removing.esxi.name,
            onClose: () => {
              setRemoving(undefined);
              forget();
            },
          }}
        />
      )}
    </>
  );
};
