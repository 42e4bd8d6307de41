import { KubeConfig } from '@kubernetes/client-node';
import type { Result } from '../domain/result';
import { err, ok } from '../domain/result';

/** `NoCluster`: neither a kubeconfig nor a ServiceAccount. `Unreadable`: the message says why, without the file's content. */
export type ConfigProblem = { readonly code: 'NoCluster' } | { readonly code: 'Unreadable'; readonly message: string };

interface Wanted {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

/** What client-node falls back to when it finds nothing: no cluster of anybody. */
const nowhere = 'http://localhost:8080';

/** Which cluster, and as whom: the file given, KUBECONFIG, ~/.kube/config, then the ServiceAccount of the pod. */
export const loadKubeConfig = ({ kubeconfig, context }: Wanted): Result<KubeConfig, ConfigProblem> => {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (thrown) {
    // A parser quotes what it could not read, which may be a token: only the system's own words are passed on.
    const { code } = thrown as { code?: unknown };
    return err({ code: 'Unreadable', message: typeof code === 'string' ? code : 'it is not a kubeconfig' });
  }
  if (context !== undefined) config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (!cluster)
    return context === undefined
      ? err({ code: 'NoCluster' })
      : err({ code: 'Unreadable', message: 'it has no such context' });
  return cluster.server === nowhere ? err({ code: 'NoCluster' }) : ok(config);
};
