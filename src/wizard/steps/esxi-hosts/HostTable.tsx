import { Button, Checkbox, Flex, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { isSelectable, isSelected, matchOf } from '../../../domain/hosts/draft';
import type { HostRow, HostsDraft } from '../../../domain/hosts/draft';
import { conditionText } from '../../../domain/hosts/esxi-host';
import type { EsxiAdapter } from '../../../domain/hosts/esxi-host';
import { hostFailureText } from '../../../domain/hosts/host-failure';
import { readHost } from '../../../domain/hosts/host-status';
import { hostTexts } from '../../../domain/hosts/host-text';
import { noAddressText, speedText, subnetOf } from '../../../domain/hosts/subnets';
import { isOurs, releaseOf } from '../../../domain/ownership';
import type { Translate } from '../../../domain/translate';
import { StateIcon } from '../../../parts/StateIcon';
import { useTranslate } from '../../../parts/use-translate';
import type { HostProgress } from '../../../work/set-hosts';
import { FieldHelp } from '../../parts/FieldHelp';
import { ManagedByValues } from '../../parts/ManagedByValues';
import type { ProblemOf } from './places';

interface OfTable {
  readonly draft: HostsDraft;
  /** What came of hosts, by moRef. */
  readonly progress: Readonly<Record<string, HostProgress>>;
  readonly isBusy: boolean;
  readonly problemOf: ProblemOf;
  readonly onChange: (patch: Partial<HostsDraft>) => void;
  readonly onEdit: (row: HostRow) => void;
  readonly onRotate: (row: HostRow) => void;
  readonly onRemove: (row: HostRow) => void;
}

interface HostTableProps extends OfTable {
  readonly label: string;
  readonly rows: readonly HostRow[];
}

/** Hosts with their adapters: which are selected, at which address MTV reaches each, and how each stands. */
export const HostTable = ({ label, rows, ...of }: HostTableProps) => {
  const t = useTranslate();
  const { draft, onChange, isBusy } = of;
  const selectable = rows.filter((row) => isSelectable(draft, row));
  const isAll = selectable.length > 0 && selectable.every((row) => isSelected(draft, row));
  return (
    <Table variant="compact" aria-label={label}>
      <Thead>
        <Tr>
          <Th screenReaderText={t('Selected')} />
          <Th modifier="wrap">{label}</Th>
          <Th modifier="wrap">{t('Network adapter')}</Th>
          <Th modifier="wrap" width={45}>
            {t('State')}
          </Th>
        </Tr>
      </Thead>
      <Tbody>
        {selectable.length > 1 && (
          <Tr>
            <Td>
              <Checkbox
                id={`all-${selectable[0]?.esxi.id ?? ''}`}
                aria-label={t('Select all: {{list}}', { list: label })}
                isChecked={isAll}
                isDisabled={isBusy}
                onChange={(_event, isChosen) => {
                  const changed = Object.fromEntries(selectable.map(({ esxi }) => [esxi.id, isChosen]));
                  onChange({ selected: { ...draft.selected, ...changed } });
                }}
              />
            </Td>
            <Td colSpan={3}>{t('Select all ({{number}})', { number: selectable.length })}</Td>
          </Tr>
        )}
        {rows.map((row) => (
          <OneHost key={row.esxi.id} row={row} {...of} />
        ))}
      </Tbody>
    </Table>
  );
};

const OneHost = ({ row, draft, progress, isBusy, problemOf, onChange, ...on }: OfTable & { readonly row: HostRow }) => {
  const t = useTranslate();
  const { esxi, condition } = row;
  const { id, name } = esxi;
  return (
    <Tr>
      <Td>
        <Checkbox
          id={`host-${id}`}
          aria-label={t('Set {{host}}', { host: name })}
          isChecked={isSelected(draft, row)}
          isDisabled={isBusy || !isSelectable(draft, row)}
          onChange={(_event, isChosen) => {
            onChange({ selected: { ...draft.selected, [id]: isChosen } });
          }}
        />
      </Td>
      <Td dataLabel={t('ESXi host')}>
        {name}
        {condition !== 'available' && (
          <div>
            <StateIcon state="warning" isBesideText /> {conditionText(t, condition)}
          </div>
        )}
      </Td>
      <Td dataLabel={t('Network adapter')}>
        <Adapters row={row} draft={draft} onChange={onChange} problem={problemOf('address', id)} />
      </Td>
      <Td dataLabel={t('State')}>
        <div aria-live="polite">
          <HostState row={row} draft={draft} progress={progress[id]} />
        </div>
        {row.host && row.isFree && <Actions row={row} isBusy={isBusy} {...on} />}
      </Td>
    </Tr>
  );
};

const adapterText = (t: Translate, adapter: EsxiAdapter): string =>
  t('{{address}} ({{adapter}}, {{speed}}, MTU {{mtu}})', {
    address: adapter.ipAddress,
    adapter: adapter.name === '' ? t('without a name') : adapter.name,
    speed: speedText(t, adapter.linkSpeed),
    mtu: adapter.mtu ?? 0,
  });

interface AdaptersProps extends Pick<OfTable, 'draft' | 'onChange'> {
  readonly row: HostRow;
  readonly problem: string | undefined;
}

const Adapters = ({ row, draft, onChange, problem }: AdaptersProps) => {
  const t = useTranslate();
  const { esxi } = row;
  const match = matchOf(draft, row);
  if (match.state === 'unchosen') {
    const usable = (esxi.networkAdapters ?? []).filter((each) => subnetOf(each) !== undefined);
    return usable.length === 0
      ? noAddressText(t, esxi)
      : usable.map((each) => <div key={`${each.name} ${each.ipAddress}`}>{adapterText(t, each)}</div>);
  }
  if (match.state === 'no-address') return noAddressText(t, esxi);
  if (match.adapters.length === 1 && match.state === 'matched') return adapterText(t, match.adapter);
  const place = `address-${esxi.id}`;
  return (
    <>
      <FormSelect
        id={place}
        aria-label={t('Address of {{host}}', { host: esxi.name })}
        aria-describedby={`${place}-help`}
        validated={problem === undefined ? 'default' : 'error'}
        value={match.state === 'matched' ? match.adapter.ipAddress : ''}
        onChange={(_event, address) => {
          onChange({ addresses: { ...draft.addresses, [esxi.id]: address } });
        }}
      >
        <FormSelectOption value="" label={t('Choose…')} isDisabled isPlaceholder />
        {match.adapters.map((each) => (
          <FormSelectOption key={each.ipAddress} value={each.ipAddress} label={adapterText(t, each)} />
        ))}
      </FormSelect>
      <FieldHelp id={`${place}-help`} variant={problem === undefined ? 'default' : 'error'}>
        {problem ?? t('Several addresses in this subnet')}
      </FieldHelp>
    </>
  );
};

interface HostStateProps {
  readonly row: HostRow;
  readonly draft: HostsDraft;
  readonly progress: HostProgress | undefined;
}

const HostState = ({ row: { host, esxi }, draft, progress }: HostStateProps) => {
  const t = useTranslate();
  if (progress?.state === 'underway')
    return (
      <>
        <StateIcon state="waiting" isBesideText /> {t('MTV signs in to the host…')}
      </>
    );
  if (progress?.state === 'failed') {
    const match = matchOf(draft, { esxi, host, condition: 'available', isFree: true });
    const address = match.state === 'matched' ? match.adapter.ipAddress : t('that address');
    return (
      <>
        <StateIcon state="blocked" isBesideText /> {t('Not set.')} {hostFailureText(t, address, progress.failure)}
      </>
    );
  }
  if (!host) return t('Not set: MTV uses the management network.');
  const { state, reason, params } = readHost(host);
  const release = releaseOf(host);
  const address = host.spec?.ipAddress ?? '';
  const isThere = esxi.networkAdapters?.some(({ ipAddress }) => ipAddress === address) === true;
  return (
    <>
      <div>
        <StateIcon state={state === 'absent' ? 'blocked' : state} isBesideText /> {hostTexts[reason](t, params)}
      </div>
      <div>
        {isThere
          ? t('Address: {{address}}', { address })
          : t('Address: {{address}}, which the host no longer has. Choose another.', { address })}
      </div>
      {release && <ManagedByValues release={release} />}
      {!release && !isOurs(host) && t("Created by somebody else, for example on MTV's page. Change it there.")}
    </>
  );
};

type ActionsProps = Pick<OfTable, 'isBusy' | 'onEdit' | 'onRotate' | 'onRemove'> & { readonly row: HostRow };

const Actions = ({ row, isBusy, onEdit, onRotate, onRemove }: ActionsProps) => {
  const t = useTranslate();
  const { name } = row.esxi;
  const action = (text: string, label: string, run: (row: HostRow) => void) => (
    <Button
      variant="link"
      isInline
      aria-label={label}
      isDisabled={isBusy}
      onClick={() => {
        run(row);
      }}
    >
      {text}
    </Button>
  );
  return (
    <Flex>
      {action(t('Edit'), t('Edit {{name}}', { name }), onEdit)}
      {action(t('Rotate password'), t('Rotate password of {{name}}', { name }), onRotate)}
      {action(t('Remove'), t('Remove {{name}}', { name }), onRemove)}
    </Flex>
  );
};
