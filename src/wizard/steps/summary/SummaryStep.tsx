import { Alert, Content, Flex, FlexItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { checks } from '../../../domain/checks/registry';
import { StateIcon } from '../../parts/StateIcon';
import { StepHeading } from '../../parts/StepHeading';
import { useProject } from '../../parts/use-address';
import { useStepLink } from '../../parts/use-step-link';
import { useFacts } from '../../use-facts';
import { useTranslate } from '../../use-translate';
import { CreatedObjects } from './CreatedObjects';

/** MTV's own page for a new migration plan. */
const newPlan = '/k8s/all-namespaces/forklift.konveyor.io~v1beta1~Plan/~new';

/** The readiness of the cluster as a whole, as the checks see it right now. */
export const SummaryStep = () => {
  const t = useTranslate();
  const [project] = useProject();
  const facts = useFacts(project);
  const linkTo = useStepLink();
  const verdicts = checks.map(({ id, title, step, judge }) => ({ id, title, step, verdict: judge(facts) }));
  const isReady = verdicts.every(({ verdict }) => verdict.state === 'ready');
  return (
    <>
      <StepHeading title={t('Summary')}>
        {t('What this cluster has and lacks for receiving virtual machines from vSphere, as it is right now.')}
      </StepHeading>
      {isReady && (
        <Alert
          isInline
          component="h3"
          variant="success"
          title={t('This cluster is ready to receive virtual machines')}
          actionLinks={<a href={newPlan}>{t('Create a migration plan')}</a>}
        />
      )}
      <Content component="ul" isPlainList aria-label={t('Checks')}>
        {verdicts.map(({ id, title, step, verdict }) => (
          <Content component="li" key={id}>
            <Flex gap={{ default: 'gapSm' }}>
              <FlexItem>
                <StateIcon state={verdict.state} />
              </FlexItem>
              <FlexItem>
                <Link to={linkTo(step)}>{title(t)}</Link>
              </FlexItem>
              <FlexItem>{verdict.text(t)}</FlexItem>
            </Flex>
          </Content>
        ))}
      </Content>
      <CreatedObjects project={project} />
    </>
  );
};
