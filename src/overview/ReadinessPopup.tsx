import { StatusPopupItem, StatusPopupSection } from '@openshift-console/dynamic-plugin-sdk';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { bySeverity } from '../domain/checks/by-severity';
import { checks } from '../domain/checks/registry';
import { StateIcon, stateText } from '../parts/StateIcon';
import { useTranslate } from '../parts/use-translate';
import { factsOf } from './readiness';
import type { WatchResults } from './readiness';

/** Behind the Status card's item: every check with its state, what blocks first, each leading to the step that clears it. */
export const ReadinessPopup = (results: WatchResults) => {
  const t = useTranslate();
  const facts = factsOf(checks, results);
  return (
    <StatusPopupSection firstColumn={t('Check')} secondColumn={t('State')}>
      {bySeverity(checks.map((check) => ({ ...check, verdict: check.judge(facts) }))).map(
        ({ id, title, step, verdict: { state, text } }) => (
          <Fragment key={id}>
            {/* The console keeps a value on one line, in a popup that is 21rem wide: the sentence has lines of its own. */}
            <StatusPopupItem value={stateText(t, state)} icon={<StateIcon state={state} isBesideText />}>
              <Link to={`/migration-prep?step=${step ?? ''}`}>{title(t)}</Link>
            </StatusPopupItem>
            <p style={{ overflowWrap: 'anywhere', marginBlockEnd: 'var(--pf-t--global--spacer--sm)' }}>{text(t)}</p>
          </Fragment>
        ),
      )}
    </StatusPopupSection>
  );
};
