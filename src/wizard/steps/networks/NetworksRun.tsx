import { Alert, Content } from '@patternfly/react-core';
import { nameTakenText } from '../../../domain/networks/name-taken-text';
import type { NameTaken } from '../../../domain/networks/plan-nads';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { Outcome } from '../../parts/Outcome';
import { useTranslate } from '../../../parts/use-translate';
import type { Run } from '../../use-converge';

interface NetworksRunProps {
  readonly run: Run<NameTaken>;
  readonly onRetry: () => void;
  /** Whether a switch is left out, with port groups that would have got a network. */
  readonly isLeavingOut: boolean;
}

/** How far the creation of networks is, and what came of it. */
export const NetworksRun = ({ run, onRetry, isLeavingOut }: NetworksRunProps) => {
  const t = useTranslate();
  return (
    <>
      <ApplyProgress run={run} problemText={nameTakenText} onRetry={onRetry} />
      {run.state === 'done' && (
        <>
          <Outcome>
            <Alert
              isInline
              isLiveRegion
              component="h3"
              variant="success"
              title={
                run.changes.length > 0
                  ? t('The networks exist. Migration plans can use them.')
                  : t('Nothing to do: every selected port group already has its network.')
              }
            />
          </Outcome>
          {isLeavingOut && <Content component="p">{t('Port groups of a skipped switch get no network.')}</Content>}
        </>
      )}
    </>
  );
};
