import { Content, Stack } from '@patternfly/react-core';
import { installationOf } from '../../../domain/checks/fixes';
import { itemsOf, keyOf } from '../../../domain/checks/need';
import { nmstateHome } from '../../../domain/checks/operator-needs';
import { workingController } from '../../../domain/forklift-controller';
import { homeOf, subscriptionsIn } from '../../../domain/operators/installation';
import { installStages, stageStateText, stageText } from '../../../domain/operators/install-stages';
import { operators } from '../../../domain/operators/operator';
import type { OperatorId } from '../../../domain/operators/operator';
import { readOperand } from '../../../domain/operators/read-operand';
import type { OperandSeen } from '../../../domain/operators/read-operand';
import type { DaemonSet, Deployment } from '../../../domain/platform-objects';
import type { Facts } from '../../../domain/watched';
import { useTranslate } from '../../../parts/use-translate';
import { ConsoleLink } from '../../parts/ConsoleLink';
import { ProgressSteps } from '../../parts/ProgressSteps';
import { useServices } from '../../ServicesContext';
import { Approval } from './Approval';
import { InstallForm } from './InstallForm';
import { LvmForm } from './LvmForm';
import { OperandForm } from './OperandForm';
import type { FixProps } from './PrerequisiteRow';

/** How far an operator is, and what somebody has to say before it goes on. */
export const OperatorPanel = ({ fix, facts }: FixProps) => {
  if (!('id' in fix)) return null;
  const { id } = fix;
  return (
    <Stack hasGutter>
      {fix.do !== 'install' && <Progress id={id} facts={facts} />}
      {fix.do === 'install' && <InstallForm id={id} home={fix.home} />}
      {fix.do === 'approve' && <Approval id={id} home={fix.home} plan={fix.plan} />}
      {fix.do === 'set-up' &&
        (id === 'lvms' ? <LvmForm home={fix.home} /> : <OperandForm id={id} home={fix.home} facts={facts} />)}
    </Stack>
  );
};

/** From the Subscription to the custom resource. */
const Progress = ({ id, facts }: { readonly id: OperatorId; readonly facts: Facts }) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const operator = operators[id];
  const installation = installationOf(id, facts);
  const home = homeOf(operator, installation);
  const plans = useWatch(home === undefined ? undefined : { list: 'installPlans', namespace: home });
  const stages = installStages(operator, {
    installation,
    plans: plans.state === 'loaded' ? plans.items : [],
    isServed: facts[keyOf({ list: operator.operand.kind })]?.state === 'loaded',
    operand: readOperand(operator.name, operandOf(id, facts)),
  });
  const [subscription] = subscriptionsIn(operator, installation);
  return (
    <>
      <ProgressSteps
        label={t('Installation of {{operator}}', { operator: operator.name })}
        steps={stages.map((stage) => ({
          id: stage.id,
          title: stageText(t, stage, operator),
          state: stage.state === 'stuck' ? 'failed' : stage.state,
          description: stageStateText(t, stage.state),
        }))}
      />
      {subscription && (
        <Content component="p">
          <ConsoleLink kind="subscriptions" object={subscription} />
        </Content>
      )}
    </>
  );
};

const operandOf = (id: OperatorId, facts: Facts): OperandSeen => {
  const named = (key: string) => (facts[key]?.state === 'loaded' ? facts[key].items[0] : undefined);
  switch (id) {
    case 'lvms':
      return { id, operand: itemsOf(facts, { list: 'lvmClusters' })[0] };
    case 'mtv':
      return { id, operand: workingController(itemsOf(facts, { list: 'forkliftControllers' })) };
    case 'cnv':
      return { id, operand: itemsOf(facts, { list: 'hyperConvergeds' })[0] };
    case 'nmstate':
      return {
        id,
        operand: itemsOf(facts, { list: 'nmStates' })[0],
        handler: named(keyOf({ kind: 'daemonSets', name: 'nmstate-handler', place: nmstateHome })) as
          DaemonSet | undefined,
        webhook: named(keyOf({ kind: 'deployments', name: 'nmstate-webhook', place: nmstateHome })) as
          Deployment | undefined,
      };
  }
};
