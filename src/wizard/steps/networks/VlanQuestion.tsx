import { FormGroup, Radio } from '@patternfly/react-core';
import type { PortGroup } from '../../../domain/networks/port-groups';
import { questionText } from '../../../domain/networks/vlan';
import type { VlanAnswer } from '../../../domain/networks/vlan';
import { Field } from '../../parts/Field';
import { useTranslate } from '../../../parts/use-translate';

interface VlanQuestionProps {
  readonly portGroup: PortGroup;
  readonly answer: VlanAnswer;
  readonly onAnswer: (answer: VlanAnswer) => void;
  readonly problem: string | undefined;
}

/** Asks what the inventory leaves open about a port group's VLAN. Nothing is chosen beforehand: it is never guessed. */
export const VlanQuestion = ({
  portGroup: { id, label: portGroup, reading },
  answer,
  onAnswer,
  problem,
}: VlanQuestionProps) => {
  const t = useTranslate();
  const choice = (use: NonNullable<VlanAnswer['use']>, label: string) => (
    <Radio
      id={`vlan-${id}-${use}`}
      name={`vlan-${id}`}
      label={label}
      aria-describedby={`vlan-${id}-question`}
      isChecked={answer.use === use}
      onChange={() => {
        onAnswer({ ...answer, use });
      }}
    />
  );
  return (
    <FormGroup role="radiogroup" label={t('VLAN of {{portGroup}}', { portGroup })} fieldId={`vlan-${id}`}>
      <p id={`vlan-${id}-question`}>{questionText(t, reading)}</p>
      {choice('vlan', t('One VLAN'))}
      {answer.use === 'vlan' && (
        <Field
          id={`vlan-${id}-text`}
          label={t('VLAN number')}
          isRequired
          value={answer.text ?? ''}
          onChange={(text) => {
            onAnswer({ ...answer, text });
          }}
          problem={problem}
          hint={t('1 to 4094')}
        />
      )}
      {choice('untagged', t('Untagged'))}
      {reading.state === 'trunk' && choice('trunk', t('All of its VLANs, with their tags'))}
      {choice('skip', t('Skip this port group'))}
      {answer.use !== 'vlan' && problem !== undefined && <p role="alert">{problem}</p>}
    </FormGroup>
  );
};
