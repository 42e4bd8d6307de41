import type { Cluster } from '../../domain/cluster';
import { failureText } from '../../domain/failure';
import type { ClusterFailure } from '../../domain/failure';
import type { Secret } from '../../domain/objects';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import type { Translate } from '../../domain/translate';
import type { ArchiveSource, Credentials, ProxySettings } from '../../domain/vddk/archive-source';

/** An archive as it is declared. Secret and ConfigMap are in project `namespace`; `undefined`: none is named. */
export interface DeclaredArchive {
  readonly archiveUrl: string;
  readonly secret: string | undefined;
  readonly caBundle: string | undefined;
  readonly namespace: string;
  /** The proxy of the environment; `undefined`: that of the cluster counts. */
  readonly proxy: ProxySettings | undefined;
}

/** What is declared and not there. It may come: whoever asks asks again. No content of a Secret is in it. */
export type SourceProblem =
  | {
      readonly code: 'SecretMissing' | 'SecretIncomplete' | 'BundleMissing' | 'BundleIncomplete';
      readonly name: string;
      readonly project: string;
    }
  | { readonly code: 'Cluster'; readonly failure: ClusterFailure };

const bundleKey = 'ca-bundle.crt';

/**
 * Where OpenShift keeps the certificates that the whole cluster trusts, the system's and those of `trustedCA` together
 * (openshift/api, config/v1/types_proxy.go).
 */
const trustedBundle = { name: 'trusted-ca-bundle', namespace: 'openshift-config-managed' } as const;

/** Puts together what a download needs: credentials, trusted certificates, and the proxy. */
export const readSource = async (
  cluster: Cluster,
  { archiveUrl: url, secret, caBundle, namespace, proxy }: DeclaredArchive,
): Promise<Result<ArchiveSource, SourceProblem>> => {
  const credentials = secret === undefined ? ok(undefined) : await readCredentials(cluster, secret, namespace);
  if (!credentials.ok) return credentials;
  const ca = await readBundle(cluster, caBundle, namespace);
  if (!ca.ok) return ca;
  const way = proxy ? ok(proxy) : await readProxy(cluster);
  return way.ok ? ok({ url, credentials: credentials.value, ca: ca.value, proxy: way.value }) : way;
};

const readCredentials = async (
  cluster: Cluster,
  name: string,
  project: string,
): Promise<Result<Credentials, SourceProblem>> => {
  const seen = await cluster.get({ kind: 'secrets', name, namespace: project });
  if (!seen.ok) return err({ code: 'Cluster', failure: seen.error });
  if (!seen.value) return err({ code: 'SecretMissing', name, project });
  const [token, user, password] = [
    valueOf(seen.value, 'token'),
    valueOf(seen.value, 'user'),
    valueOf(seen.value, 'password'),
  ];
  if (token !== '') return ok({ token: token.trim() });
  return user === '' || password === '' ? err({ code: 'SecretIncomplete', name, project }) : ok({ user, password });
};

/** Empty when the key is not there. */
const valueOf = ({ data }: Secret, key: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(data?.[key] ?? ''), (character) => character.charCodeAt(0)));

/** A bundle that is named has to be there. The cluster's own need not: then Node's certificates are all that is trusted. */
const readBundle = async (
  cluster: Cluster,
  named: string | undefined,
  project: string,
): Promise<Result<string, SourceProblem>> => {
  const where = named === undefined ? trustedBundle : { name: named, namespace: project };
  const seen = await cluster.get({ kind: 'configMaps', ...where });
  if (!seen.ok) return err({ code: 'Cluster', failure: seen.error });
  const pem = seen.value?.data?.[bundleKey] ?? '';
  if (named === undefined || pem.includes('-----BEGIN CERTIFICATE-----')) return ok(pem);
  return err({ code: seen.value ? 'BundleIncomplete' : 'BundleMissing', name: named, project });
};

/** Only OpenShift has this kind; without it, or without a proxy in it, there is none. */
const readProxy = async (cluster: Cluster): Promise<Result<ProxySettings, SourceProblem>> => {
  const seen = await cluster.get({ kind: 'proxies', name: 'cluster' });
  if (!seen.ok) return seen.error.code === 'KindAbsent' ? ok({}) : err({ code: 'Cluster', failure: seen.error });
  return ok(seen.value?.status ?? {});
};

/** What has to come, and from whom. */
export const sourceProblemText = (t: Translate, problem: SourceProblem): string => {
  switch (problem.code) {
    case 'SecretMissing':
      return t('Secret {{name}}, which vddk.secret names, is not in project {{project}}. It is waited for.', problem);
    case 'SecretIncomplete':
      return t(
        'Secret {{name}} in project {{project}} needs the keys user and password, or the key token. They are waited for.',
        problem,
      );
    case 'BundleMissing':
      return t(
        'ConfigMap {{name}}, which vddk.caBundle names, is not in project {{project}}. It is waited for.',
        problem,
      );
    case 'BundleIncomplete':
      return t(
        'ConfigMap {{name}} in project {{project}} has no certificate in PEM format under the key ca-bundle.crt. It is waited for.',
        problem,
      );
    case 'Cluster':
      return failureText(t, problem.failure);
  }
};
