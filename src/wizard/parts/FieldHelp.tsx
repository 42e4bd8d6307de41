import type { ReactNode } from 'react';
import { FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core';

interface FieldHelpProps {
  /** What the field's `aria-describedby` names. */
  readonly id: string;
  readonly variant: 'default' | 'warning' | 'error';
  /** Left out: nothing is shown. */
  readonly children?: ReactNode;
}

/** What is said below a field: a hint, a warning, or what is wrong. It is announced when it changes. */
export const FieldHelp = ({ id, variant, children }: FieldHelpProps) =>
  children !== undefined && (
    <FormHelperText>
      <HelperText id={id} aria-live="polite">
        <HelperTextItem variant={variant}>{children}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  );
