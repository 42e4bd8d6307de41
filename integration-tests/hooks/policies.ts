import type { ControlPlane } from './control-plane';

const policies = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
const bindings = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings';

interface Guard {
  readonly name: string;
  readonly project: string;
  /** Decides the HTTP status of the refusal; CEL decides its words. */
  readonly reason: 'Forbidden' | 'Invalid' | 'RequestEntityTooLarge';
  readonly quotes: string;
}

/** A ValidatingAdmissionPolicy that refuses every new ConfigMap and Secret of a project. */
export const guard = async ({ ask }: ControlPlane, { name, project, reason, quotes }: Guard): Promise<void> => {
  const resourceRules = [
    { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps', 'secrets'] },
  ];
  const validations = [{ expression: 'false', reason, messageExpression: quotes }];
  const made = await ask('POST', policies, {
    metadata: { name },
    spec: { failurePolicy: 'Fail', matchConstraints: { resourceRules }, validations },
  });
  if (made.code !== 201) throw new Error(JSON.stringify(made.body));
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': project } };
  const spec = { policyName: name, validationActions: ['Deny'], matchResources: { namespaceSelector } };
  await ask('POST', bindings, { metadata: { name }, spec });
};

export const unguard = async ({ ask }: ControlPlane, name: string): Promise<void> => {
  await ask('DELETE', `${bindings}/${name}`);
  await ask('DELETE', `${policies}/${name}`);
};
