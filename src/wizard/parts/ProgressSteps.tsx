import type { ReactNode } from 'react';
import { CheckCircleIcon, ExclamationCircleIcon, ResourcesFullIcon } from '@patternfly/react-icons';

/** One step of something that goes on by itself. */
export interface ProgressStep {
  readonly id: string;
  readonly title: string;
  readonly state: 'pending' | 'current' | 'done' | 'failed';
  /** The state in words. */
  readonly description: string;
}

interface ProgressStepsProps {
  readonly label: string;
  readonly steps: readonly ProgressStep[];
}

const looks: Readonly<Record<ProgressStep['state'], { readonly modifier: string; readonly icon?: ReactNode }>> = {
  pending: { modifier: 'pf-m-pending' },
  current: { modifier: 'pf-m-info pf-m-current', icon: <ResourcesFullIcon /> },
  done: { modifier: 'pf-m-success', icon: <CheckCircleIcon /> },
  failed: { modifier: 'pf-m-danger', icon: <ExclamationCircleIcon /> },
};

/** PatternFly's ProgressStepper: the console has its styles, but does not share the component (sandbox/recorded/README.md, "Console"). */
export const ProgressSteps = ({ label, steps }: ProgressStepsProps) => (
  <ol className="pf-v6-c-progress-stepper pf-m-vertical" role="list" aria-label={label}>
    {steps.map(({ id, title, state, description }) => (
      <li
        key={id}
        className={`pf-v6-c-progress-stepper__step ${looks[state].modifier}`}
        role="listitem"
        aria-label={`${title}: ${description}`}
        {...(state === 'current' && { 'aria-current': 'step' })}
      >
        <div className="pf-v6-c-progress-stepper__step-connector">
          <span className="pf-v6-c-progress-stepper__step-icon">{looks[state].icon}</span>
        </div>
        <div className="pf-v6-c-progress-stepper__step-main">
          <div className="pf-v6-c-progress-stepper__step-title">{title}</div>
          <div className="pf-v6-c-progress-stepper__step-description">{description}</div>
        </div>
      </li>
    ))}
  </ol>
);
