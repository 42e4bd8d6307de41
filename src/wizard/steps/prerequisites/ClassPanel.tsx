import { useId } from 'react';
import { Checkbox, Content } from '@patternfly/react-core';
import { planVirtDefault, virtDefaultNeeds, virtDefaultProblemText } from '../../../domain/storage/plan-virt-default';
import { classToOffer, has, virtDefaultAnnotation } from '../../../domain/storage/virt-default';
import { itemsOf } from '../../../domain/checks/need';
import { useTranslate } from '../../../parts/use-translate';
import { useDraft } from '../../parts/use-draft';
import { ClassRadios } from './ClassRadios';
import { FixForm } from './FixForm';
import type { FixProps } from './PrerequisiteRow';

interface Draft {
  /** Empty: nothing was chosen yet. */
  readonly name: string;
  readonly unsetOthers: boolean;
}

const empty: Draft = { name: '', unsetOthers: true };

/** Chooses the storage class that disks of virtual machines get, among those that exist. */
export const ClassPanel = ({ facts }: FixProps) => {
  const t = useTranslate();
  const ids = useId();
  const classes = itemsOf(facts, { list: 'storageClasses' });
  const [draft, change] = useDraft('virt-default-class', empty);
  const chosen = classToOffer(classes, draft.name);
  const others = classes.filter((each) => has(virtDefaultAnnotation)(each) && each.metadata.name !== chosen);
  return (
    <FixForm
      label={t('Storage class for virtual machines')}
      action={t('Mark this class')}
      runKey="virt-default-class"
      file="migration-prep-storage-class"
      needs={virtDefaultNeeds}
      plan={planVirtDefault({ className: chosen, unsetOthers: others.length > 0 && draft.unsetOthers })}
      problemText={virtDefaultProblemText}
    >
      <ClassRadios
        classes={classes}
        chosen={chosen}
        onChange={(name) => {
          change({ name });
        }}
      />
      {others.length > 0 && (
        <Checkbox
          id={`${ids}-others`}
          label={t('Take the mark from {{list}}', { list: others.map(({ metadata }) => metadata.name).join(', ') })}
          description={t('Of several marked classes, the newest is used.')}
          isChecked={draft.unsetOthers}
          onChange={(_event, unsetOthers) => {
            change({ unsetOthers });
          }}
        />
      )}
      <Content component="p">
        {t('The class is marked for virtual machines. The default of the cluster stays as it is.')}
      </Content>
    </FixForm>
  );
};
