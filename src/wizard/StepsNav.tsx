import { useEffect, useState } from 'react';
import { AngleDownIcon, CheckCircleIcon } from '@patternfly/react-icons';
import type { ReactNode } from 'react';
import { steps } from './registry';
import type { StepId } from './registry';
import { useTranslate } from '../parts/use-translate';

interface StepsNavProps {
  readonly current: StepId;
  readonly isDone: (step: StepId) => boolean;
  readonly onChoose: (step: StepId) => void;
  /** What stands beside the steps. */
  readonly children: ReactNode;
}

/**
 * The steps beside the one that is shown; where the page is narrow, behind a button above it. Markup and styles are those of
 * PatternFly's Wizard, which the console does not share (sandbox/recorded/README.md, "Console").
 */
export const StepsNav = ({ current, isDone, onChoose, children }: StepsNavProps) => {
  const t = useTranslate();
  const [isOpen, setIsOpen] = useState(false);

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
  const at = steps.findIndex(({ id }) => id === current);
  return (
    <div className="pf-v6-c-wizard">
      <button
        type="button"
        className={`pf-v6-c-wizard__toggle${expanded}`}
        aria-expanded={isOpen}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        <span className="pf-v6-c-wizard__toggle-list">
          <span className="pf-v6-c-wizard__toggle-list-item">
            <span className="pf-v6-c-wizard__toggle-num">{at + 1}</span> {steps[at]?.name(t)}
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
              {steps.map(({ id, name }) => (
                <li key={id} className="pf-v6-c-wizard__nav-item">
                  <button
                    type="button"
                    className={`pf-v6-c-wizard__nav-link${id === current ? ' pf-m-current' : ''}${isDone(id) ? ' pf-m-success' : ''}`}
                    data-quickstart-id={`migration-prep-${id}`}
                    {...(id === current && { 'aria-current': 'step' })}
                    onClick={() => {
                      setIsOpen(false);
                      onChoose(id);
                    }}
                  >
                    {isDone(id) && (
                      <>
                        <span className="pf-v6-screen-reader">{t('success')}</span>
                        <span className="pf-v6-c-wizard__nav-link-status-icon">
                          <CheckCircleIcon />
                        </span>
                      </>
                    )}
                    <span className="pf-v6-c-wizard__nav-link-main">{name(t)}</span>
                  </button>
                </li>
              ))}
            </ol>
          </nav>
          {children}
        </div>
      </div>
    </div>
  );
};
