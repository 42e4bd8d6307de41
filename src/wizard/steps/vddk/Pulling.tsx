import { Alert, AlertActionLink, HelperText, HelperTextItem } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import { grants, needsPuller, planPuller, pullerNeeds, pullerProblemText } from '../../../domain/vddk/plan-puller';
import type { PullerProblem, PullerWish } from '../../../domain/vddk/plan-puller';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { useAnswer } from '../../parts/use-answer';
import { useProject } from '../../parts/use-address';
import { useServices } from '../../ServicesContext';
import { useConverge } from '../../use-converge';
import { useMtvProject } from '../../MtvProjectContext';
import { useTranslate } from '../../../parts/use-translate';
import { withinReach } from '../../../work/within-reach';

/** Whether the projects that virtual machines go to can pull an image from `project`: the chosen one, and those of MTV's plans. */
export const Pulling = ({ project }: { readonly project: string }) => {
  const t = useTranslate();
  const { cluster, useWatch } = useServices();
  const [chosen] = useProject();
  const { name: mtv } = useMtvProject();
  // Looked at once: plans are many, and their targets rarely change.
  const [plans] = useAnswer(
    () => withinReach(cluster, [mtv, chosen].filter(Boolean), () => undefined).list({ list: 'plans' }),
    `${mtv} ${chosen}`,
  );
  const ofPlans = plans?.ok ? plans.value.map(({ spec }) => spec?.targetNamespace ?? '') : [];
  const wishes = [...new Set([chosen, ...ofPlans])]
    .map((target): PullerWish => ({ project, target }))
    .filter(needsPuller);
  const bindings = useWatch(wishes.length > 0 ? { list: 'roleBindings', namespace: project } : undefined);
  if (wishes.length === 0 || bindings.state === 'loading' || bindings.state === 'absent') return null;
  if (bindings.state === 'failed') {
    return (
      <HelperText>
        <HelperTextItem variant="indeterminate">
          {t('It is not known who can pull the image. {{why}}', { why: failureText(t, bindings.failure) })}
        </HelperTextItem>
      </HelperText>
    );
  }
  const lacking = wishes.filter((wish) => !bindings.items.some((binding) => grants(binding, wish)));
  const able = wishes.filter((wish) => !lacking.includes(wish));
  return (
    <>
      {able.length > 0 && (
        <HelperText>
          <HelperTextItem variant="success">
            {t('Projects that can pull the image: {{projects}}', {
              projects: able.map(({ target }) => target).join(', '),
            })}
          </HelperTextItem>
        </HelperText>
      )}
      {lacking.map((wish) => (
        <Lacking key={wish.target} wish={wish} />
      ))}
    </>
  );
};

/** A project that lacks the right, which can be given here. */
const Lacking = ({ wish }: { readonly wish: PullerWish }) => {
  const t = useTranslate();
  const { run, start } = useConverge<PullerProblem>();
  const give = () => void start(pullerNeeds(wish), planPuller(wish));
  return (
    <>
      <Alert
        isInline
        component="h4"
        variant="warning"
        title={t('Project {{project}} is not permitted to pull this image, so migrations into it would not start', {
          project: wish.target,
        })}
        actionLinks={<AlertActionLink onClick={give}>{t('Allow it to pull the image')}</AlertActionLink>}
      />
      {run.state === 'failed' && <ApplyProgress run={run} problemText={pullerProblemText} onRetry={give} />}
    </>
  );
};
