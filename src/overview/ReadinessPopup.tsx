import { StatusPopupItem, StatusPopupSection } from '@openshift-console/dynamic-plugin-sdk';
import { Link } from 'react-router';
import { overviewChecks } from '../domain/checks/overview';
import { StateIcon } from '../wizard/parts/StateIcon';
import { useTranslate } from '../wizard/use-translate';
import { factsOf } from './readiness';
import type { WatchResults } from './readiness';

/**
 * Behind the Status card's item: its checks with their states, each leading to the step that clears it. Prerequisites have no step: the
 * Summary says what to do about them.
 */
export const ReadinessPopup = (results: WatchResults) => {
  const t = useTranslate();
  const facts = factsOf(results);
  return (
    <StatusPopupSection firstColumn={t('Check')} secondColumn={t('State')}>
      {overviewChecks.map(({ id, title, step, judge }) => {
        const { state, text } = judge(facts);
        return (
          <StatusPopupItem key={id} value={text(t)} icon={<StateIcon state={state} />}>
            <Link to={`/migration-prep?step=${step === 'prerequisites' ? 'summary' : step}`}>{title(t)}</Link>
          </StatusPopupItem>
        );
      })}
    </StatusPopupSection>
  );
};
