import type { ClusterFailure } from '../domain/failure';
import { checkName } from '../domain/names';
import type { KubeObject, Namespace } from '../domain/objects';
import type { Result } from '../domain/result';
import { err } from '../domain/result';
import type { Attempt } from '../cluster/failure';
import { failureOfStatus } from '../cluster/failure';

/** The project behind a namespace, as OpenShift's project API shows it. */
export const projectOf = ({ metadata, status }: Namespace): Namespace => ({
  apiVersion: 'project.openshift.io/v1',
  kind: 'Project',
  metadata,
  status: { phase: metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? 'Active') },
});

const status = (code: number, reason: string, message: string, about: Attempt): Result<never, ClusterFailure> =>
  err(failureOfStatus({ code, reason, message }, about));

/** Why nothing can be created in a project: it is not there, or is being deleted. */
export const closedProject = (
  project: KubeObject | undefined,
  about: Attempt,
): Result<never, ClusterFailure> | undefined => {
  const { namespace = '' } = about;
  if (!project) return status(404, 'NotFound', `namespaces "${namespace}" not found`, about);
  if (!project.metadata.deletionTimestamp) return undefined;
  const said = `unable to create new content in namespace ${namespace} because it is being terminated`;
  return status(403, 'Forbidden', said, about);
};

/** What stands against a request for a project: openshift-apiserver (pkg/project/apiserver/registry/projectrequest/delegated). */
export const refusedRequest = (
  { metadata: { name } }: KubeObject,
  isThere: boolean,
  about: Attempt,
): Result<never, ClusterFailure> | undefined => {
  const said = `project.project.openshift.io "${name}"`;
  if (name.length < 2 || checkName(name)) {
    const invalid = `ProjectRequest.project.openshift.io "${name}" is invalid: metadata.name: Invalid value`;
    return status(422, 'Invalid', invalid, about);
  }
  for (const word of ['openshift', 'kubernetes', 'kube']) {
    const forbidden = (what: string) => status(403, 'Forbidden', `${said} is forbidden: cannot request ${what}`, about);
    if (name === word) return forbidden(`a project with the name "${word}"`);
    if (name.startsWith(`${word}-`)) return forbidden(`a project starting with "${word}-"`);
  }
  // Also to those who may not see it.
  return isThere ? status(409, 'AlreadyExists', `${said} already exists`, about) : undefined;
};
