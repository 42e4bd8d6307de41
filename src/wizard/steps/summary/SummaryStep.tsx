import { Alert, Content, Flex, FlexItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { newPlanPath } from '../../../domain/console-path';
import { isUsable } from '../../../domain/reading';
import { bySeverity } from '../../../domain/checks/by-severity';
import { allChecks, prerequisiteChecks } from '../../../domain/checks/prerequisites';
import { StateIcon } from '../../../parts/StateIcon';
import { StepHeading } from '../../parts/StepHeading';
import { useProject } from '../../parts/use-address';
import { useStepLink } from '../../parts/use-step-link';
import { useFacts } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';
import { CreatedObjects } from './CreatedObjects';
import { Handover } from './Handover';

/** The readiness of the cluster as a whole, as the checks see it right now. */
export const SummaryStep = () => {
  const t = useTranslate();
  const [project] = useProject();
  const linkTo = useStepLink();
  const facts = useFacts(allChecks);
  const verdicts = allChecks.map((check) => ({ ...check, check, verdict: check.judge(facts) }));
  const open = verdicts.filter(({ verdict }) => !isUsable(verdict.state));
  // A project's administrator may not look at the whole cluster: that keeps nobody from migrating, but it is said.
  const isReady = open.every(
    ({ check, verdict: { state, reason } }) =>
      prerequisiteChecks.includes(check) && state === 'unknown' && reason === 'Forbidden',
  );
  return (
    <>
      <StepHeading title={t('Summary')} help="summary">
        {t('What this cluster has and lacks for receiving virtual machines from vSphere, as it is right now.')}
      </StepHeading>
      {isReady && (
        <Alert
          isInline
          component="h3"
          variant="success"
          title={t('This cluster is ready to receive virtual machines')}
          actionLinks={<a href={newPlanPath()}>{t('Create a migration plan')}</a>}
        >
          {open.length > 0 &&
            t('This covers only what you are permitted to check. Ask a cluster administrator about: {{list}}.', {
              list: open.map(({ title }) => title(t)).join(', '),
            })}
        </Alert>
      )}
      <Content component="ul" isPlainList aria-label={t('Checks')}>
        {bySeverity(verdicts).map(({ id, title, step, verdict }) => (
          <Content component="li" key={id}>
            <Flex gap={{ default: 'gapSm' }}>
              <FlexItem>
                <StateIcon state={verdict.state} />
              </FlexItem>
              <FlexItem>
                {/* Without a step its sentence says what to do. */}
                {step === undefined ? <strong>{title(t)}</strong> : <Link to={linkTo(step)}>{title(t)}</Link>}
              </FlexItem>
              <FlexItem>{verdict.text(t)}</FlexItem>
            </Flex>
          </Content>
        ))}
      </Content>
      <CreatedObjects project={project} />
      <Handover />
    </>
  );
};
