import { ProgressStep, ProgressStepper } from '@patternfly/react-core';

export interface ShownCondition {
  readonly key: string;
  readonly state: 'success' | 'warning' | 'danger' | 'info' | 'pending';
  readonly title: string;
  readonly text: string;
  readonly remedy?: string;
}

interface ConditionListProps {
  readonly label: string;
  readonly conditions: readonly ShownCondition[];
}

/** Conditions of an object in plain words, each with what to do about it. */
export const ConditionList = ({ label, conditions }: ConditionListProps) => (
  <ProgressStepper isVertical aria-label={label}>
    {conditions.map(({ key, state, title, text, remedy }) => (
      <ProgressStep
        key={key}
        id={`${key}-step`}
        titleId={`${key}-title`}
        variant={state}
        aria-label={`${title}: ${text}`}
        description={remedy === undefined ? text : `${text} ${remedy}`}
      >
        {title}
      </ProgressStep>
    ))}
  </ProgressStepper>
);
