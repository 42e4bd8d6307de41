import { useState } from 'react';
import { Checkbox, Content, FormGroup, FormSelect, FormSelectOption, Pagination } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { isLeftOut, selectionOf } from '../../../domain/networks/draft';
import type { NetworksDraft, NetworksProblem, PortGroupChoice } from '../../../domain/networks/draft';
import type { Arrangement } from '../../../domain/networks/arrange-nads';
import type { PortGroup } from '../../../domain/networks/port-groups';
import { switchText } from '../../../domain/networks/switches';
import { answerText, isCertain, readingText } from '../../../domain/networks/vlan';
import type { VlanAnswer } from '../../../domain/networks/vlan';
import { Field } from '../../parts/Field';
import { OnDemand } from '../../parts/OnDemand';
import { useProject } from '../../parts/use-address';
import { useTranslate } from '../../../parts/use-translate';
import { VlanQuestion, VlanReason } from './VlanQuestion';

interface PortGroupTableProps {
  readonly portGroups: readonly PortGroup[];
  readonly draft: NetworksDraft;
  /** Of some port groups, by moRef, what is decided about them now. */
  readonly onChoose: (choices: NetworksDraft['choices']) => void;
  /** What each port group that is in comes to, as far as the form says enough. */
  readonly arrangements: readonly Arrangement[];
  readonly problemOf: (field: 'vlan' | 'tag' | 'name', portGroup: string) => string | undefined;
  /** A problem that the user is led to: if it is one of a port group, its row is shown. */
  readonly toMend: NetworksProblem | undefined;
}

const loadUnfit = async () => (await import('./UnfitNetworks')).UnfitNetworks;

/** How many rows are drawn at once: a vCenter may have ten thousand port groups. */
const pageSizes: readonly [number, ...number[]] = [50, 100, 200];

/** The port groups: those that VMs use first, the others on request. */
export const PortGroupTable = (props: PortGroupTableProps) => {
  const { portGroups, draft, onChoose, arrangements, problemOf, toMend } = props;
  const t = useTranslate();
  const [filter, setFilter] = useState('');
  const [isUnusedShown, setUnusedShown] = useState(false);
  const [page, setPage] = useState({ at: 1, size: pageSizes[0] });
  const [mended, setMended] = useState(toMend);
  const choiceOf = (id: string): PortGroupChoice => draft.choices[id] ?? {};
  const arrangementOf = new Map(arrangements.flatMap((each) => each.portGroups.map(({ id }) => [id, each] as const)));
  const wanted = filter.trim().toLowerCase();
  const listed = portGroups.filter(
    (each) => isUnusedShown || each.vms > 0 || selectionOf(each, choiceOf(each.id)) !== 'out',
  );
  const shown = wanted === '' ? listed : listed.filter(({ label }) => label.toLowerCase().includes(wanted));
  const pages = Math.max(1, Math.ceil(shown.length / page.size));
  const at = Math.min(page.at, pages);
  const rows = shown.slice((at - 1) * page.size, at * page.size);
  if (toMend !== mended) {
    setMended(toMend);
    const place = listed.findIndex(({ id }) => toMend && 'portGroup' in toMend && toMend.portGroup === id);
    if (place >= 0 && !rows.some(({ id }) => id === listed[place]?.id)) {
      setFilter('');
      setPage({ ...page, at: Math.floor(place / page.size) + 1 });
    }
  }
  const used = portGroups.filter(({ vms }) => vms > 0).length;
  const open = shown.filter((each) => !isLeftOut(draft, each) && selectionOf(each, choiceOf(each.id)) === 'ask');
  return (
    <>
      <Field
        label={t('Filter by name')}
        value={filter}
        onChange={(text) => {
          setFilter(text);
          setPage({ ...page, at: 1 });
        }}
        autoComplete="off"
      />
      <Checkbox
        id="show-unused"
        label={t('Also show port groups without virtual machines ({{number}})', { number: portGroups.length - used })}
        isChecked={isUnusedShown}
        onChange={(_event, isChecked) => {
          setUnusedShown(isChecked);
        }}
      />
      <Content component="p" aria-live="polite">
        {t('{{shown}} of {{total}} port groups shown', { shown: shown.length, total: portGroups.length })}
      </Content>
      {shown.length > pageSizes[0] && (
        <Pagination
          isCompact
          itemCount={shown.length}
          page={at}
          perPage={page.size}
          perPageOptions={pageSizes.map((size) => ({ title: String(size), value: size }))}
          onSetPage={(_event, next) => {
            setPage({ ...page, at: next });
          }}
          onPerPageSelect={(_event, size, next) => {
            setPage({ at: next, size });
          }}
          titles={{
            paginationAriaLabel: t('Pages of port groups'),
            toPreviousPageAriaLabel: t('Previous page'),
            toNextPageAriaLabel: t('Next page'),
            perPageSuffix: t('on a page'),
          }}
        />
      )}
      {open.length > 1 && (
        <AnswerForAll
          number={open.length}
          onAnswer={(use) => {
            onChoose(Object.fromEntries(open.map(({ id }) => [id, { ...choiceOf(id), answer: { use } }])));
          }}
        />
      )}
      {shown.length > 0 && (
        <Table variant="compact" aria-label={t('Port groups')}>
          <Thead>
            <Tr>
              <Th screenReaderText={t('Selected')} />
              <Th modifier="wrap">{t('Port group')}</Th>
              <Th modifier="wrap">{t('Switch')}</Th>
              <Th modifier="wrap" width={30}>
                {t('VLAN')}
              </Th>
              <Th modifier="wrap">{t('Virtual machines')}</Th>
              <Th modifier="wrap">{t('Network in this cluster')}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {rows.map((portGroup) => (
              <PortGroupRow
                key={portGroup.id}
                portGroup={portGroup}
                choice={choiceOf(portGroup.id)}
                onChoose={onChoose}
                isLeftOut={isLeftOut(draft, portGroup)}
                arrangement={arrangementOf.get(portGroup.id)}
                problemOf={problemOf}
              />
            ))}
          </Tbody>
        </Table>
      )}
    </>
  );
};

interface AnswerForAllProps {
  readonly number: number;
  readonly onAnswer: (use: NonNullable<VlanAnswer['use']>) => void;
}

/** One answer for every question that is open, of the port groups that are shown. It can be changed row by row. */
const AnswerForAll = ({ number, onAnswer }: AnswerForAllProps) => {
  const t = useTranslate();
  return (
    <FormGroup
      label={t('Answer all open VLAN questions of the port groups shown ({{number}})', { number })}
      fieldId="answer-all"
    >
      <FormSelect
        id="answer-all"
        value=""
        onChange={(_event, use) => {
          onAnswer(use === 'skip' ? 'skip' : 'untagged');
        }}
      >
        <FormSelectOption value="" label={t('Choose…')} isDisabled isPlaceholder />
        <FormSelectOption value="untagged" label={answerText(t, 'untagged')} />
        <FormSelectOption value="skip" label={answerText(t, 'skip')} />
      </FormSelect>
    </FormGroup>
  );
};

interface PortGroupRowProps extends Pick<PortGroupTableProps, 'onChoose' | 'problemOf'> {
  readonly portGroup: PortGroup;
  readonly choice: PortGroupChoice;
  readonly arrangement: Arrangement | undefined;
  /** With its switch. */
  readonly isLeftOut: boolean;
}

const PortGroupRow = ({ portGroup, choice, onChoose, arrangement, isLeftOut, problemOf }: PortGroupRowProps) => {
  const t = useTranslate();
  const { id, label, vms, reading } = portGroup;
  const selection = isLeftOut ? 'out' : selectionOf(portGroup, choice);
  const choose = (decided: PortGroupChoice): void => {
    onChoose({ [id]: decided });
  };
  const tagProblem = problemOf('tag', id);
  // A name once asked for stays to be typed, also while it is no longer in the way.
  const isNameAsked = choice.name !== undefined || (arrangement?.inTheWay.length ?? 0) > 0;
  return (
    <>
      <Tr>
        <Td>
          <Checkbox
            id={`choose-${id}`}
            aria-label={t('Network for {{portGroup}}', { portGroup: label })}
            isChecked={selection !== 'out'}
            isDisabled={isLeftOut}
            onChange={(_event, selected) => {
              // Whoever chooses a skipped port group again is asked again.
              const { answer: { use, ...rest } = {} } = choice;
              choose({ ...choice, selected, answer: use === 'skip' ? rest : { ...rest, ...(use && { use }) } });
            }}
          />
        </Td>
        <Td dataLabel={t('Port group')}>{label}</Td>
        <Td dataLabel={t('Switch')}>{switchText(t, portGroup.switch)}</Td>
        <Td dataLabel={t('VLAN')}>
          <div>{readingText(t, reading)}</div>
          {selection !== 'out' && !isCertain(reading) && (
            <VlanQuestion
              portGroup={portGroup}
              answer={choice.answer ?? {}}
              problem={problemOf('vlan', id)}
              onAnswer={(answer) => {
                choose({ ...choice, answer });
              }}
            />
          )}
        </Td>
        <Td dataLabel={t('Virtual machines')}>{vms}</Td>
        <Td dataLabel={t('Network in this cluster')}>
          {isLeftOut && t('Skipped with its switch')}
          {tagProblem !== undefined && <p role="alert">{tagProblem}</p>}
          {arrangement && <Outcome arrangement={arrangement} />}
        </Td>
      </Tr>
      {(selection === 'ask' || (selection === 'in' && isNameAsked)) && (
        <Tr>
          <Td />
          <Td colSpan={5}>
            {selection === 'ask' && <VlanReason portGroup={portGroup} />}
            {isNameAsked && (
              <Field
                id={`name-${id}`}
                label={t('Name of the network for {{portGroup}}', { portGroup: label })}
                value={choice.name ?? ''}
                problem={problemOf('name', id)}
                hint={t('The suggested name is already used by another network in this project.')}
                onChange={(typed) => {
                  choose({ ...choice, name: typed });
                }}
              />
            )}
          </Td>
        </Tr>
      )}
    </>
  );
};

/** What is there and what will be made. Port groups that are one network share it. */
const Outcome = ({ arrangement: { existing, unfit, missing, inTheWay } }: { readonly arrangement: Arrangement }) => {
  const t = useTranslate();
  const [project] = useProject();
  const nameOf = ({ metadata: { name, namespace = project } }: Arrangement['existing'][number]): string =>
    namespace === project ? name : `${namespace}/${name}`;
  const names = (nads: Arrangement['existing']): string => nads.map(nameOf).join(', ');
  return (
    <>
      {existing.length > 0 && <div>{t('{{names}}: already exists', { names: names(existing) })}</div>}
      {missing.length > 0 && <div>{t('{{names}}: will be created', { names: names(missing) })}</div>}
      {unfit.length > 0 && (
        <OnDemand load={loadUnfit} props={{ unfit: unfit.map((each) => ({ ...each, name: nameOf(each.nad) })) }} />
      )}
      {inTheWay.length > 0 && (
        <div>{t('{{names}}: name already used by another network', { names: names(inTheWay) })}</div>
      )}
    </>
  );
};
