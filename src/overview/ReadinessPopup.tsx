import { StatusPopupItem, StatusPopupSection } from '@openshift-console/dynamic-plugin-sdk';
import { Link } from 'react-router';
import { checks } from '../domain/checks/registry';
import { StateIcon } from '../wizard/parts/StateIcon';
import { useTranslate } from '../wizard/use-translate';
import { factsOf } from './readiness';
import type { WatchResults } from './readiness';

/** Behind the Status card's item: every check with its state, each leading to the step that clears it. */
export const ReadinessPopup = (results: WatchResults) => {
  const t = useTranslate();
  const facts = factsOf(results);
  return (
    <StatusPopupSection firstColumn={t('Check')} secondColumn={t('State')}>
      {checks.map(({ id, title, step, judge }) => {
        const { state, text } = judge(facts);
        return (
          <StatusPopupItem key={id} value={text(t)} icon={<StateIcon state={state} />}>
            <Link to={`/migration-prep?step=${step}`}>{title(t)}</Link>
          </StatusPopupItem>
        );
      })}
    </StatusPopupSection>
  );
};
