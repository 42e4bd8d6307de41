import { because, patchOf } from '../change';
import type { Needs, Seen } from '../cluster';
import type { Plan } from '../converge';
import type { InstallPlan } from '../olm-objects';
import { err, ok } from '../result';
import type { Translate } from '../translate';

/** Why an InstallPlan is not approved: it is gone, or installs something else than what was agreed to. `list` is what it installs now. */
export type ApprovalProblem =
  | { readonly code: 'PlanGone'; readonly name: string }
  | { readonly code: 'PlanDiffers'; readonly name: string; readonly list: string };

/** What the planner looks at. */
export const approvalNeeds = (name: string, namespace: string) =>
  ({ installPlan: { kind: 'installPlans', name, namespace } }) as const satisfies Needs;

/** The ClusterServiceVersions that an InstallPlan installs, in order. It is that of a whole project, so there may be several. */
export const versionsIn = ({ spec }: InstallPlan): readonly string[] =>
  [...(spec?.clusterServiceVersionNames ?? [])].sort();

/** Approves the one InstallPlan, as long as it installs exactly what somebody agreed to. */
export const planApproval =
  (name: string, agreed: readonly string[]) =>
  ({ installPlan }: Seen<ReturnType<typeof approvalNeeds>>): Plan<ApprovalProblem> => {
    if (!installPlan) return err({ code: 'PlanGone', name });
    if (installPlan.spec?.approved === true) return ok([]);
    const versions = versionsIn(installPlan);
    if (versions.join() !== [...agreed].sort().join())
      return err({ code: 'PlanDiffers', name, list: versions.join(', ') });
    return ok([
      because(
        (t) => t('OLM waits for somebody to approve what it installs: {{list}}.', { list: versions.join(', ') }),
        patchOf('installPlans', installPlan, [{ op: 'add', path: '/spec/approved', value: true }]),
      ),
    ]);
  };

/** Why an InstallPlan is not approved, and what to do. */
export const approvalProblemText = (t: Translate, problem: ApprovalProblem): string =>
  problem.code === 'PlanGone'
    ? t('InstallPlan {{name}} no longer exists. OLM makes another one if something is left to install.', {
        name: problem.name,
      })
    : t('InstallPlan {{name}} was not approved, because it now installs something else: {{list}}. Look at it again.', {
        name: problem.name,
        list: problem.list,
      });
