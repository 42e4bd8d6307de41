import type { Cluster } from '../domain/cluster';
import { isEstablished } from '../domain/conditions';
import { applicationNeeds, planApplication } from '../domain/gitops/plan-application';
import { isRecord } from '../domain/json';
import type { Application } from '../domain/platform-objects';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';
import { carryOut, outcomeOf, waiting } from '../work/prepare/task';
import type { Outcome, Task, World } from '../work/prepare/task';

/** Where OpenShift GitOps keeps its instance. */
const gitopsNamespace = 'openshift-gitops';

/** An Application as a file holds it; without a project it goes to that of OpenShift GitOps. */
export const readApplication = (content: unknown): Result<Application, string> => {
  if (!isRecord(content) || content.kind !== 'Application' || content.apiVersion !== 'argoproj.io/v1alpha1') {
    return err('The file must hold one Application of argoproj.io/v1alpha1.');
  }
  const { metadata, spec } = content;
  if (!isRecord(metadata) || typeof metadata.name !== 'string') return err('metadata.name is missing.');
  if (!isRecord(spec)) return err('spec is missing.');
  return ok({ ...content, metadata: { namespace: gitopsNamespace, ...metadata, name: metadata.name }, spec });
};

/** What has to be there first, in the order in which it comes; `undefined`: everything is. */
const missing = async (cluster: Cluster, namespace: string, argocd: string): Promise<Outcome | undefined> => {
  const crd = await cluster.get({ kind: 'customResourceDefinitions', name: 'applications.argoproj.io' });
  if (!crd.ok) return outcomeOf(crd.error);
  const established = isEstablished(crd.value);
  if (!established) return waiting('The cluster does not know Applications yet: OpenShift GitOps is not installed.');
  const project = await cluster.get({ kind: 'namespaces', name: namespace });
  if (!project.ok) return outcomeOf(project.error);
  if (!project.value) return waiting(`Project ${namespace} is not there yet.`);
  const instance = await cluster.get({ kind: 'argoCds', name: argocd, namespace });
  if (!instance.ok) return outcomeOf(instance.error);
  const { phase = '' } = instance.value?.status ?? {};
  if (phase === 'Available') return undefined;
  return waiting(
    instance.value
      ? `ArgoCD ${argocd} is not Available yet, but ${phase || 'without status'}.`
      : `ArgoCD ${argocd} is not there yet.`,
  );
};

/** Creates or corrects an Application once OpenShift GitOps is there to act on it. */
export const applyApplication = (world: World, application: Application, argocd: string): Task => ({
  name: 'apply-application',
  attempt: async () => {
    const { name, namespace = gitopsNamespace } = application.metadata;
    return (
      (await missing(world.cluster, namespace, argocd)) ??
      carryOut(world, {
        needs: applicationNeeds(name, namespace),
        plan: planApplication(application),
        refused: () => waiting(''),
        text: `Application ${namespace}/${name} is as the file says.`,
      })
    );
  },
});
