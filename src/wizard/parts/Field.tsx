import type { ReactElement, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { Button, FormGroup, InputGroup, InputGroupItem, TextInput } from '@patternfly/react-core';
import { EyeIcon, EyeSlashIcon } from '@patternfly/react-icons';
import { useTranslate } from '../../parts/use-translate';
import { FieldHelp } from './FieldHelp';

interface FieldProps {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  /** Said below the field while there is neither a problem nor a warning. */
  readonly hint?: ReactNode;
  /** What is wrong with the value, with the remedy. */
  readonly problem?: string | undefined;
  /** What may be wrong; the value is accepted. */
  readonly warning?: string | undefined;
  readonly type?: 'text' | 'password' | 'url';
  readonly autoComplete?: string;
  readonly placeholder?: string;
  readonly labelHelp?: ReactElement;
}

/** A labelled text field whose hint, warning or problem is bound to it for screen readers. A password can be shown. */
export const Field = ({
  id,
  label,
  hint,
  problem,
  warning,
  type = 'text',
  labelHelp,
  isRequired = false,
  ...rest
}: FieldProps) => {
  const t = useTranslate();
  const generated = useId();
  const [isShown, setShown] = useState(false);
  const fieldId = id ?? generated;
  const helpId = `${fieldId}-help`;
  const help = problem ?? warning ?? hint;
  const variant = problem !== undefined ? 'error' : warning !== undefined ? 'warning' : 'default';
  const { value, onChange, onBlur, isDisabled = false, ...native } = rest;

  // React writes the value of a controlled input into the document as an attribute, where anybody's snapshot of the page
  // would find it. A password therefore lives in the input only.
  const isSecret = type === 'password';
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (secret.current && secret.current.value !== value) secret.current.value = value;
  }, [value]);

  const input = (
    <TextInput
      {...native}
      {...(isSecret ? { ref: secret, defaultValue: '' } : { value })}
      id={fieldId}
      type={isSecret && isShown ? 'text' : type}
      isRequired={isRequired}
      isDisabled={isDisabled}
      validated={variant}
      onChange={(_event, typed) => {
        onChange(typed);
      }}
      {...(onBlur && { onBlur })}
      {...(help !== undefined && { 'aria-describedby': helpId })}
      aria-invalid={problem !== undefined}
    />
  );

  return (
    <FormGroup label={label} fieldId={fieldId} isRequired={isRequired} {...(labelHelp && { labelHelp })}>
      {isSecret ? (
        <InputGroup>
          <InputGroupItem isFill>{input}</InputGroupItem>
          <InputGroupItem>
            <Button
              variant="control"
              aria-label={isShown ? t('Hide password') : t('Show password')}
              icon={isShown ? <EyeSlashIcon /> : <EyeIcon />}
              onClick={() => {
                setShown(!isShown);
              }}
            />
          </InputGroupItem>
        </InputGroup>
      ) : (
        input
      )}
      <FieldHelp id={helpId} variant={variant}>
        {help}
      </FieldHelp>
    </FormGroup>
  );
};
