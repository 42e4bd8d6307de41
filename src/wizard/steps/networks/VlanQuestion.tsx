import { FormSelect, FormSelectOption, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import type { PortGroup } from '../../../domain/networks/port-groups';
import { answerText, questionText } from '../../../domain/networks/vlan';
import type { VlanAnswer } from '../../../domain/networks/vlan';
import { useTranslate } from '../../../parts/use-translate';

interface VlanQuestionProps {
  readonly portGroup: PortGroup;
  readonly answer: VlanAnswer;
  readonly onAnswer: (answer: VlanAnswer) => void;
  readonly problem: string | undefined;
}

type Use = NonNullable<VlanAnswer['use']>;

/** Why the VLAN of a port group is asked about; it stands below its row until it is answered. */
export const VlanReason = ({ portGroup: { id, reading } }: Pick<VlanQuestionProps, 'portGroup'>) => {
  const t = useTranslate();
  return (
    <HelperText id={reasonId(id)}>
      <HelperTextItem>{questionText(t, reading)}</HelperTextItem>
    </HelperText>
  );
};

const reasonId = (portGroup: string): string => `vlan-${portGroup}-reason`;

/** Asks, within the row of a port group, what the inventory leaves open about its VLAN. Nothing is chosen beforehand: it is never guessed. */
export const VlanQuestion = ({
  portGroup: { id, label: portGroup, reading },
  answer,
  onAnswer,
  problem,
}: VlanQuestionProps) => {
  const t = useTranslate();
  const uses: readonly Use[] = ['vlan', 'untagged', ...(reading.state === 'trunk' ? (['trunk'] as const) : []), 'skip'];
  const problemId = `vlan-${id}-problem`;
  const described = [
    ...(answer.use === undefined ? [reasonId(id)] : []),
    ...(problem === undefined ? [] : [problemId]),
  ].join(' ');
  const validated = problem === undefined ? 'default' : 'error';
  return (
    <>
      <FormSelect
        id={`vlan-${id}-use`}
        value={answer.use ?? ''}
        aria-label={t('VLAN of {{portGroup}}', { portGroup })}
        aria-describedby={described}
        title={questionText(t, reading)}
        validated={answer.use === 'vlan' ? 'default' : validated}
        onChange={(_event, use) => {
          onAnswer({ ...answer, use: use as Use });
        }}
      >
        <FormSelectOption value="" label={t('Choose…')} isDisabled isPlaceholder />
        {uses.map((use) => (
          <FormSelectOption key={use} value={use} label={answerText(t, use)} />
        ))}
      </FormSelect>
      {answer.use === 'vlan' && (
        <TextInput
          id={`vlan-${id}-text`}
          aria-label={t('VLAN number of {{portGroup}}', { portGroup })}
          aria-describedby={described}
          placeholder={t('1 to 4094')}
          inputMode="numeric"
          isRequired
          value={answer.text ?? ''}
          validated={validated}
          onChange={(_event, text) => {
            onAnswer({ ...answer, text });
          }}
        />
      )}
      {problem !== undefined && (
        <HelperText id={problemId}>
          <HelperTextItem variant="error">
            <span role="alert">{problem}</span>
          </HelperTextItem>
        </HelperText>
      )}
    </>
  );
};
