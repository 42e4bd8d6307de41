import { StatusPopupItem, StatusPopupSection } from '@openshift-console/dynamic-plugin-sdk';
import { Fragment } from 'react';
import { Link } from 'react-router';
import type { Check, Verdict } from '../domain/checks/check';
import { StateIcon, stateText } from '../parts/StateIcon';
import { useTranslate } from '../parts/use-translate';

/** A check with its verdict. */
export type PopupRow = Pick<Check, 'id' | 'title' | 'step'> & Verdict;

/** Every check with its state, each leading to the step that clears it. */
export const PopupRows = ({ rows }: { readonly rows: readonly PopupRow[] }) => {
  const t = useTranslate();
  return (
    <StatusPopupSection firstColumn={t('Check')} secondColumn={t('State')}>
      {rows.map(({ id, title, step, state, text }) => (
        <Fragment key={id}>
          {/* The console keeps a value on one line, in a popup that is 21rem wide: the sentence has lines of its own. */}
          <StatusPopupItem value={stateText(t, state)} icon={<StateIcon state={state} isBesideText />}>
            <Link to={`/migration-prep?step=${step ?? ''}`}>{title(t)}</Link>
          </StatusPopupItem>
          <p style={{ overflowWrap: 'anywhere', marginBlockEnd: 'var(--pf-t--global--spacer--sm)' }}>{text(t)}</p>
        </Fragment>
      ))}
    </StatusPopupSection>
  );
};
