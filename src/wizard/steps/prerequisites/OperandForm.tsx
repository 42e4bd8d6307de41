import { Content, FormGroup, Radio } from '@patternfly/react-core';
import { useId } from 'react';
import { itemsOf } from '../../../domain/checks/need';
import { kinds } from '../../../domain/kinds';
import { operators } from '../../../domain/operators/operator';
import type { OperatorId } from '../../../domain/operators/operator';
import { operandNeeds, operandProblemText, planOperand } from '../../../domain/operators/plan-operand';
import type { OperandWish } from '../../../domain/operators/plan-operand';
import { isOnOneNode } from '../../../domain/storage/virt-default';
import type { Facts } from '../../../domain/watched';
import { useTranslate } from '../../../parts/use-translate';
import { useDraft } from '../../parts/use-draft';
import { FixForm } from './FixForm';

interface OperandFormProps {
  readonly id: Exclude<OperatorId, 'lvms'>;
  readonly home: string;
  readonly facts: Facts;
}

interface Draft {
  /** `undefined`: nothing was chosen, and the storage decides. */
  readonly eviction: 'default' | 'LiveMigrateIfPossible' | undefined;
}

const empty: Draft = { eviction: undefined };

/** Creates the custom resource of an operator, without which it does nothing. */
export const OperandForm = ({ id, home, facts }: OperandFormProps) => {
  const t = useTranslate();
  const ids = useId();
  const { name, operand } = operators[id];
  const [draft, change] = useDraft(`operand ${id}`, empty);
  const isLocal = isOnOneNode(itemsOf(facts, { list: 'storageClasses' }));
  const eviction = draft.eviction ?? (isLocal ? 'LiveMigrateIfPossible' : 'default');
  return (
    <FixForm
      label={t('Set up {{operator}}', { operator: name })}
      action={t('Set up {{operator}}', { operator: name })}
      runKey={`operand ${id}`}
      file={`migration-prep-${operand.name}`}
      needs={operandNeeds(id)}
      plan={planOperand(wishOf(id, eviction), home)}
      problemText={operandProblemText}
    >
      <Content component="p">
        {t('{{operator}} begins to work with its custom resource: {{kind}} {{name}}.', {
          operator: name,
          kind: kinds[operand.kind].kind,
          name: operand.name,
        })}
      </Content>
      {id === 'cnv' && (
        <FormGroup
          role="radiogroup"
          label={t('Virtual machines on a node that is drained')}
          fieldId={`${ids}-eviction`}
        >
          <Radio
            id={`${ids}-default`}
            name={`${ids}-eviction`}
            label={t('Migrate live; a machine that cannot keeps its node from draining')}
            description={t('The default of OpenShift Virtualization. For storage that every node reaches.')}
            isChecked={eviction === 'default'}
            onChange={() => {
              change({ eviction: 'default' });
            }}
          />
          <Radio
            id={`${ids}-possible`}
            name={`${ids}-eviction`}
            label={t('Migrate live where possible; shut down a machine that cannot')}
            description={t('For storage on one node, such as LVM Storage: updates of the cluster drain every node.')}
            isChecked={eviction === 'LiveMigrateIfPossible'}
            onChange={() => {
              change({ eviction: 'LiveMigrateIfPossible' });
            }}
          />
        </FormGroup>
      )}
    </FixForm>
  );
};

const wishOf = (id: OperandFormProps['id'], eviction: NonNullable<Draft['eviction']>): OperandWish => {
  switch (id) {
    // As the chart's values have it: MTV's pages come with it.
    case 'mtv':
      return { id, settings: { feature_ui_plugin: 'true' } };
    case 'nmstate':
      return { id };
    case 'cnv':
      return { id, evictionStrategy: eviction === 'default' ? undefined : eviction };
  }
};
