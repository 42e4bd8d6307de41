import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import {
  Button,
  FormGroup,
  MenuFooter,
  MenuToggle,
  Select,
  SelectList,
  SelectOption,
  TextInputGroup,
  TextInputGroupMain,
  TextInputGroupUtilities,
} from '@patternfly/react-core';
import { TimesIcon } from '@patternfly/react-icons';
import { choiceOf, matching } from '../../domain/choices';
import type { Choice } from '../../domain/choices';
import { useTranslate } from '../../parts/use-translate';
import { FieldHelp } from './FieldHelp';

/** What there is to choose from. `free`: nobody can tell, so anything may be typed. */
export type Choices =
  | { readonly state: 'loading' }
  | { readonly state: 'loaded'; readonly items: readonly Choice[] }
  /** `why`: a sentence that ends by what to do. */
  | { readonly state: 'free'; readonly why: string };

/** What follows the choices: something that can be done with the name that was typed. */
export interface Extra {
  /** The option's text. */
  readonly text: string;
  readonly run: () => void;
}

/** What a chooser is given; a chooser of projects finds the choices by itself. */
export interface ChooserProps {
  readonly id?: string;
  readonly label: string;
  /** What is chosen; empty: nothing. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: Choices;
  /** The user turns to the list: what it takes may be asked for now. */
  readonly onOpen?: () => void;
  /** Said of a name that is not among the choices. Left out: every text is taken as it is typed, and the choices are there to help. */
  readonly strangerText?: (typed: string) => string;
  /** What can be done with a name that is not among the choices. Nothing of it happens before it is chosen by its own words. */
  readonly extrasOf?: (typed: string) => readonly Extra[];
  /** Said below the choices. */
  readonly footer?: ReactNode;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value, with the remedy. */
  readonly problem?: string | undefined;
  /** What may be wrong; the value is accepted. */
  readonly warning?: string | undefined;
  readonly labelHelp?: ReactElement;
}

/**
 * A labelled text field that finds, among what there is, what is typed. What is not there is not taken, and the field says so. Only a
 * field that cannot know what there is takes everything.
 */
export const Chooser = (props: ChooserProps) => {
  const { label, value, onChange, choices, onOpen, strangerText, extrasOf, footer, labelHelp } = props;
  const { isRequired = false, isDisabled = false, placeholder, hint, problem, warning } = props;
  const t = useTranslate();
  const generated = useId();
  const id = props.id ?? generated;
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  // What is typed and not taken yet; `undefined`: the field shows what is chosen.
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(-1);
  const [stranger, setStranger] = useState<string>();
  const isFree = choices.state === 'free';
  const known = choices.state === 'loaded' ? choices.items : undefined;
  const { shown, more } = matching(known ?? [], typed ?? '');
  const isKnown = typed !== undefined && known !== undefined && choiceOf(known, typed) !== undefined;
  const isStrange = known !== undefined && typed !== undefined && typed.trim() !== '' && !isKnown;
  const extras = (isStrange ? extrasOf?.(typed.trim()) : undefined) ?? [];
  const count = shown.length + extras.length;
  // Where every text is taken, a list that helps nobody is not in the way.
  const isListed = isOpen && (strangerText !== undefined || isFree || count > 0);
  const optionId = (at: number) => `${id}-option-${String(at)}`;

  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const open = (): void => {
    onOpen?.();
    setOpen(true);
  };
  const take = (chosen: string): void => {
    setTyped(undefined);
    setStranger(undefined);
    close();
    if (chosen !== value) onChange(chosen);
  };
  const choose = (at: number): void => {
    const choice = shown[at];
    if (choice?.isDisabled) return;
    const extra = extras[at - shown.length];
    if (choice) {
      take(choice.value);
    } else if (extra) {
      setTyped(undefined);
      setStranger(undefined);
      close();
      extra.run();
    }
  };
  /** Takes what is typed, if it is there. What nobody can judge yet is kept until somebody can. */
  const settle = (): void => {
    close();
    if (typed === undefined) return;
    const name = typed.trim();
    if (isFree || !strangerText || name === '' || isKnown) {
      take(name);
    } else if (known) {
      setTyped(undefined);
      setStranger(name);
    }
  };

  const isWaiting = typed !== undefined && !isOpen && choices.state !== 'loading';
  useEffect(() => {
    if (isWaiting && document.activeElement !== input.current) settle();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the choices have come
  }, [isWaiting]);

  const move = (by: number): void => {
    if (!isOpen) open();
    if (isOpen && count > 0) setActive((active + by + (active < 0 && by < 0 ? 1 : 0) + count) % count);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        move(event.key === 'ArrowDown' ? 1 : -1);
        return;
      case 'Enter':
        // A closed list leaves the key to the form.
        if (isOpen) event.preventDefault();
        if (active >= 0) choose(active);
        else settle();
        return;
      case 'Escape':
        if (isOpen) event.stopPropagation();
        setTyped(undefined);
        close();
        return;
      case 'Tab':
        close();
    }
  };

  const strange = stranger === undefined ? undefined : strangerText?.(stranger);
  const help = problem ?? strange ?? warning ?? (isFree ? choices.why : hint);
  const variant = (problem ?? strange) !== undefined ? 'error' : warning !== undefined ? 'warning' : 'default';
  const helpId = `${id}-help`;
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired} {...(labelHelp && { labelHelp })}>
      <Select
        variant="typeahead"
        isOpen={isListed}
        // The field keeps the focus, also in browsers that give it to a button that is pressed.
        onMouseDown={(event) => {
          event.preventDefault();
        }}
        onOpenChange={(next) => {
          if (!next) close();
        }}
        onOpenChangeKeys={[]}
        onSelect={(_event, at) => {
          choose(Number(at));
        }}
        isScrollable
        maxMenuHeight="18rem"
        toggle={(toggle) => (
          <MenuToggle
            ref={toggle}
            variant="typeahead"
            isFullWidth
            isExpanded={isListed}
            isDisabled={isDisabled}
            aria-label={t('Choices for {{label}}', { label })}
            {...(variant !== 'default' && { status: variant === 'error' ? 'danger' : 'warning' })}
            onClick={() => {
              if (isOpen) close();
              else open();
              input.current?.focus();
            }}
          >
            <TextInputGroup isPlain isDisabled={isDisabled}>
              <TextInputGroupMain
                innerRef={input}
                inputId={id}
                value={typed ?? value}
                {...(placeholder !== undefined && { placeholder })}
                role="combobox"
                isExpanded={isListed}
                aria-controls={`${id}-list`}
                {...(active >= 0 && { 'aria-activedescendant': optionId(active) })}
                inputProps={{
                  'aria-label': undefined,
                  'aria-autocomplete': 'list',
                  'aria-invalid': variant === 'error',
                  'aria-describedby': help === undefined ? undefined : helpId,
                  autoComplete: 'off',
                  spellCheck: false,
                  required: isRequired,
                  onKeyDown,
                }}
                onClick={() => {
                  if (!isDisabled) open();
                }}
                onChange={(_event, text) => {
                  setTyped(text);
                  if (!strangerText) onChange(text);
                  setStranger(undefined);
                  onOpen?.();
                  setOpen(!isFree);
                  // Where every text is taken, Enter takes the text.
                  setActive(!strangerText || text === '' || matching(known ?? [], text).shown.length === 0 ? -1 : 0);
                }}
                onBlur={settle}
              />
              {value !== '' && !isRequired && !isDisabled && (
                <TextInputGroupUtilities>
                  <Button
                    variant="plain"
                    icon={<TimesIcon />}
                    aria-label={t('Clear {{label}}', { label })}
                    onClick={() => {
                      take('');
                      input.current?.focus();
                    }}
                  />
                </TextInputGroupUtilities>
              )}
            </TextInputGroup>
          </MenuToggle>
        )}
      >
        <SelectList id={`${id}-list`} aria-label={label}>
          {shown.map((choice, at) => (
            <SelectOption
              key={choice.value}
              id={optionId(at)}
              value={at}
              isFocused={at === active}
              isSelected={choice.value === value}
              isAriaDisabled={choice.isDisabled ?? false}
              {...(choice.description !== undefined && { description: choice.description })}
            >
              {choice.text ?? choice.value}
            </SelectOption>
          ))}
          {extras.map(({ text }, at) => (
            <SelectOption
              key={text}
              id={optionId(shown.length + at)}
              value={shown.length + at}
              isFocused={active === shown.length + at}
            >
              {text}
            </SelectOption>
          ))}
          {count === 0 && (
            <SelectOption isAriaDisabled value={-1}>
              {isFree
                ? choices.why
                : choices.state === 'loading'
                  ? t('Checking the cluster…')
                  : t('Nothing of that name')}
            </SelectOption>
          )}
        </SelectList>
        {(more > 0 || footer !== undefined) && (
          <MenuFooter>
            {more > 0 ? t('{{number}} more: type a part of the name.', { number: more }) : footer}
          </MenuFooter>
        )}
      </Select>
      <FieldHelp id={helpId} variant={variant}>
        {help}
      </FieldHelp>
    </FormGroup>
  );
};
