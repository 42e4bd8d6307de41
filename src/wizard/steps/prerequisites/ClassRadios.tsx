import { useId } from 'react';
import { FormGroup, Radio } from '@patternfly/react-core';
import type { StorageClass } from '../../../domain/platform-objects';
import { useTranslate } from '../../../parts/use-translate';

interface ClassRadiosProps {
  readonly classes: readonly StorageClass[];
  /** The name of one of them. */
  readonly chosen: string;
  readonly onChange: (name: string) => void;
}

/** One of the storage classes that there are, each with its provisioner. */
export const ClassRadios = ({ classes, chosen, onChange }: ClassRadiosProps) => {
  const t = useTranslate();
  const ids = useId();
  return (
    <FormGroup role="radiogroup" label={t('Storage class')} fieldId={ids}>
      {classes.map(({ metadata: { name }, provisioner = '' }) => (
        <Radio
          key={name}
          id={`${ids}-${name}`}
          name={ids}
          label={name}
          description={provisioner}
          isChecked={name === chosen}
          onChange={() => {
            onChange(name);
          }}
        />
      ))}
    </FormGroup>
  );
};
