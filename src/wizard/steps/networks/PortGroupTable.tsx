import { useState } from 'react';
import { Checkbox, Content } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { isLeftOut, selectionOf } from '../../../domain/networks/draft';
import type { NetworksDraft, PortGroupChoice } from '../../../domain/networks/draft';
import type { Arrangement } from '../../../domain/networks/plan-nads';
import { flawText } from '../../../domain/networks/network-text';
import type { PortGroup } from '../../../domain/networks/port-groups';
import { switchText } from '../../../domain/networks/switches';
import { isCertain, readingText } from '../../../domain/networks/vlan';
import { Field } from '../../parts/Field';
import { useProject } from '../../parts/use-address';
import { useTranslate } from '../../../parts/use-translate';
import { VlanQuestion } from './VlanQuestion';

interface PortGroupTableProps {
  readonly portGroups: readonly PortGroup[];
  readonly draft: NetworksDraft;
  readonly onChoose: (id: string, choice: PortGroupChoice) => void;
  /** What each port group that is in comes to, as far as the form says enough. */
  readonly arrangements: readonly Arrangement[];
  readonly problemOf: (field: 'vlan' | 'tag' | 'name', portGroup: string) => string | undefined;
}

/** The port groups: those that VMs use first, the others on request. */
export const PortGroupTable = ({ portGroups, draft, onChoose, arrangements, problemOf }: PortGroupTableProps) => {
  const t = useTranslate();
  const [filter, setFilter] = useState('');
  const [isUnusedShown, setUnusedShown] = useState(false);
  const choiceOf = (id: string): PortGroupChoice => draft.choices[id] ?? {};
  const arrangementOf = new Map(arrangements.flatMap((each) => each.portGroups.map(({ id }) => [id, each] as const)));
  const shown = portGroups.filter(
    (portGroup) =>
      portGroup.label.toLowerCase().includes(filter.trim().toLowerCase()) &&
      (isUnusedShown || portGroup.vms > 0 || selectionOf(portGroup, choiceOf(portGroup.id)) !== 'out'),
  );
  const used = portGroups.filter(({ vms }) => vms > 0).length;
  return (
    <>
      <Field label={t('Filter by name')} value={filter} onChange={setFilter} autoComplete="off" />
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
      {shown.length > 0 && (
        <Table variant="compact" aria-label={t('Port groups')}>
          <Thead>
            <Tr>
              <Th screenReaderText={t('Selected')} />
              <Th modifier="wrap">{t('Port group')}</Th>
              <Th modifier="wrap">{t('Switch')}</Th>
              <Th modifier="wrap">{t('VLAN')}</Th>
              <Th modifier="wrap">{t('Virtual machines')}</Th>
              <Th modifier="wrap">{t('Network in this cluster')}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {shown.map((portGroup) => (
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
              onChoose(id, { ...choice, selected, answer: use === 'skip' ? rest : { ...rest, ...(use && { use }) } });
            }}
          />
        </Td>
        <Td dataLabel={t('Port group')}>{label}</Td>
        <Td dataLabel={t('Switch')}>{switchText(t, portGroup.switch)}</Td>
        <Td dataLabel={t('VLAN')}>{readingText(t, reading)}</Td>
        <Td dataLabel={t('Virtual machines')}>{vms}</Td>
        <Td dataLabel={t('Network in this cluster')}>
          {isLeftOut && t('Skipped with its switch')}
          {tagProblem !== undefined && <p role="alert">{tagProblem}</p>}
          {arrangement && <Outcome arrangement={arrangement} />}
        </Td>
      </Tr>
      {selection !== 'out' && (!isCertain(reading) || isNameAsked) && (
        <Tr>
          <Td />
          <Td colSpan={5}>
            {!isCertain(reading) && (
              <VlanQuestion
                portGroup={portGroup}
                answer={choice.answer ?? {}}
                problem={problemOf('vlan', id)}
                onAnswer={(answer) => {
                  onChoose(id, { ...choice, answer });
                }}
              />
            )}
            {isNameAsked && (
              <Field
                id={`name-${id}`}
                label={t('Name of the network for {{portGroup}}', { portGroup: label })}
                value={choice.name ?? ''}
                problem={problemOf('name', id)}
                hint={t('The suggested name is already used by another network in this project.')}
                onChange={(typed) => {
                  onChoose(id, { ...choice, name: typed });
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
      {unfit.map(({ nad, network, flaw }) => (
        <div key={nameOf(nad)}>
          {t('{{name}}: cannot be used, because it {{flaw}}', { name: nameOf(nad), flaw: flawText(t, flaw, network) })}
        </div>
      ))}
      {inTheWay.length > 0 && (
        <div>{t('{{names}}: name already used by another network', { names: names(inTheWay) })}</div>
      )}
    </>
  );
};
