import { useEffect, useId, useState } from 'react';
import { AngleDownIcon } from '@patternfly/react-icons';
import type { ReactNode } from 'react';
import type { StepState } from '../domain/checks/step-state';
import { steps } from './registry';
import type { StepId } from './registry';
import { StepStateLabel } from './StepStateLabel';
import { useTranslate } from '../parts/use-translate';

interface StepsNavProps {
  /** The place of the step that is shown, from 0. */
  readonly at: number;
  readonly states: ReadonlyMap<string, StepState>;
  readonly onChoose: (step: StepId) => void;
  /** What stands beside the steps. */
  readonly children: ReactNode;
}

/** Beside the step's own name for those who see it, and said after it for those who do not. */
const described = (id: string, state: StepState | undefined) =>
  state && { 'aria-labelledby': `${id}-name`, 'aria-describedby': `${id}-state` };

/**
 * The steps beside the one that is shown; where the page is narrow, behind a button above it. Markup and styles are those of
 * PatternFly's Wizard, which the console does not share (sandbox/recorded/README.md, "Console").
 */
export const StepsNav = ({ at, states, onChoose, children }: StepsNavProps) => {
  const t = useTranslate();
  const [isOpen, setIsOpen] = useState(false);
  const ids = useId();

  useEffect(() => {
    if (!isOpen) return;
    const close = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') setIsOpen(false);
    };
    document.body.addEventListener('keydown', close);
    return () => {
      document.body.removeEventListener('keydown', close);
    };
  }, [isOpen]);

  const expanded = isOpen ? ' pf-m-expanded' : '';
  const current = steps[at];
  const currentState = current && states.get(current.id);
  return (
    <div className="pf-v6-c-wizard">
      <button
        type="button"
        className={`pf-v6-c-wizard__toggle${expanded}`}
        aria-expanded={isOpen}
        {...described(`${ids}-toggle`, currentState)}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        <span className="pf-v6-c-wizard__toggle-list">
          <span className="pf-v6-c-wizard__toggle-list-item">
            <span id={`${ids}-toggle-name`}>
              <span className="pf-v6-c-wizard__toggle-num">{at + 1}</span> {current?.name(t)}
            </span>
            {currentState && <StepStateLabel id={`${ids}-toggle-state`} state={currentState} />}
          </span>
        </span>
        <span className="pf-v6-c-wizard__toggle-icon">
          <AngleDownIcon />
        </span>
      </button>
      <div className="pf-v6-c-wizard__outer-wrap">
        <div className="pf-v6-c-wizard__inner-wrap">
          <nav className={`pf-v6-c-wizard__nav${expanded}`} aria-label={t('Steps of Migration Prep')}>
            <ol className="pf-v6-c-wizard__nav-list" role="list">
              {steps.map(({ id, name }) => {
                const state = states.get(id);
                const isCurrent = id === current?.id;
                return (
                  <li key={id} className="pf-v6-c-wizard__nav-item">
                    <button
                      type="button"
                      className={`pf-v6-c-wizard__nav-link${isCurrent ? ' pf-m-current' : ''}`}
                      data-quickstart-id={`migration-prep-${id}`}
                      {...described(`${ids}-${id}`, state)}
                      {...(isCurrent && { 'aria-current': 'step' })}
                      onClick={() => {
                        setIsOpen(false);
                        onChoose(id);
                      }}
                    >
                      <span className="pf-v6-c-wizard__nav-link-main">
                        <span>
                          <span id={`${ids}-${id}-name`}>{name(t)}</span>
                          {state && <StepStateLabel id={`${ids}-${id}-state`} state={state} />}
                        </span>
                      </span>
                    </button>
                  </li>
                );
              })}
            </ol>
          </nav>
          {children}
        </div>
      </div>
    </div>
  );
};
