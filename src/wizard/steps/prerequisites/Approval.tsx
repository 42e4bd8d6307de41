import { Button, Content, List, ListItem, Skeleton } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import type { OperatorId } from '../../../domain/operators/operator';
import { approvalNeeds, approvalProblemText, planApproval, versionsIn } from '../../../domain/operators/plan-approval';
import type { ApprovalProblem } from '../../../domain/operators/plan-approval';
import { useTranslate } from '../../../parts/use-translate';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { ConsoleLink } from '../../parts/ConsoleLink';
import { useServices } from '../../ServicesContext';
import { useConverge } from '../../use-converge';

interface ApprovalProps {
  readonly id: OperatorId;
  readonly home: string;
  /** The name of the InstallPlan. */
  readonly plan: string;
}

/** What OLM would install, and the button that lets it. */
export const Approval = ({ id, home, plan: name }: ApprovalProps) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const plans = useWatch({ list: 'installPlans', namespace: home });
  const { run, start } = useConverge<ApprovalProblem>(`approve ${id}`);
  const plan = plans.state === 'loaded' ? plans.items.find(({ metadata }) => metadata.name === name) : undefined;
  if (plans.state === 'failed') {
    return (
      <Content component="p">
        {t('InstallPlan {{name}} cannot be shown. {{why}}', { name, why: failureText(t, plans.failure) })}
      </Content>
    );
  }
  if (!plan) return <Skeleton screenreaderText={t('Checking the cluster…')} />;
  const versions = versionsIn(plan);
  const approve = () => void start(approvalNeeds(name, home), planApproval(name, versions));
  return (
    <>
      <Content component="p">
        {t('OLM installs this in project {{project}} when it is approved:', { project: home })}{' '}
        <ConsoleLink kind="installPlans" object={plan} />
      </Content>
      <List aria-label={t('What is installed')}>
        {versions.map((version) => (
          <ListItem key={version}>{version}</ListItem>
        ))}
      </List>
      <div>
        <Button isLoading={run.state === 'running'} isDisabled={run.state === 'running'} onClick={approve}>
          {t('Approve')}
        </Button>
      </div>
      <ApplyProgress run={run} problemText={approvalProblemText} onRetry={approve} />
    </>
  );
};
