import type { Cluster } from '../../domain/cluster';
import { certificateFailureText } from '../../domain/connection/certificate';
import type { CertificateFailure, ServerCertificate } from '../../domain/connection/certificate';
import { findCertificates, pemOf } from '../../domain/connection/pem';
import {
  declaredNeeds,
  declaredProblemText,
  planDeclaredProvider,
} from '../../domain/connection/plan-declared-provider';
import type { DeclaredProblem, DeclaredSeen } from '../../domain/connection/plan-declared-provider';
import { credentialsOf } from '../../domain/connection/plan-provider';
import { readProvider } from '../../domain/connection/provider-status';
import { providerTexts } from '../../domain/connection/provider-texts';
import { normalizeUrl, urlProblemText } from '../../domain/connection/url';
import type { Release } from '../../domain/ownership';
import type { DeclaredProvider } from '../../domain/preparation';
import type { Result } from '../../domain/result';
import { err, ok } from '../../domain/result';
import { plainEnglish } from '../../domain/translate';
import type { CredentialGuard } from './credential-guard';
import { carryOutGuarded } from './guarded';
import { findMtvProject } from './mtv-project';
import { done, failed, outcomeOf, waiting } from './task';
import type { Outcome, World } from './task';

const t = plainEnglish;

/** What declared Providers and hosts need of the world outside. */
export interface ConnectionWorld extends World {
  /** The project of what a declaration names: Secrets, ConfigMaps. */
  readonly home: string;
  /** Who holds what is declared; `undefined`: it is made once. */
  readonly release: Release | undefined;
  readonly guard: CredentialGuard;
  /** The certificate that a server shows. Nobody vouches for it: it counts only where its fingerprint is the one that is declared. */
  readonly fetchCertificate: (url: string) => Promise<Result<ShownCertificate, CertificateFailure>>;
  /** SHA-256 of the first certificate of a PEM text, in upper-case hex with colons; `undefined` where there is none. */
  readonly fingerprintOf: (pem: string) => string | undefined;
}

/** As much of a certificate as is compared and stored. */
export type ShownCertificate = Pick<ServerCertificate, 'pem' | 'sha256'>;

/** Brings a declared Provider about, and says what MTV makes of it. */
export const prepareProvider = async (world: ConnectionWorld, declared: DeclaredProvider): Promise<Outcome> => {
  const { cluster, home, release } = world;
  const { name, endpoint, secret } = declared;
  const url = normalizeUrl(declared.url);
  if (!url.ok) return failed(urlProblemText(t, url.error));
  const mtv = declared.namespace === undefined ? await findMtvProject(cluster) : ok(declared.namespace);
  if (!mtv.ok) return mtv.error;
  const namespace = mtv.value;
  const certificate = await certificateFor(world, declared, { url: url.value, namespace });
  if (!certificate.ok) return certificate.error;
  const wish = { name, namespace, url: url.value, endpoint, secret, home, certificate: certificate.value, release };
  return carryOutGuarded(world, {
    needs: declaredNeeds(wish),
    plan: planDeclaredProvider(wish),
    refused: outcomeOfProblem,
    key: `provider.${namespace}.${name}`,
    sourceOf: ({ source }) => source,
    refusedLogin: refusedCredentials(declared, home),
    judge: statusOf,
  });
};

/** What waits for somebody may come by itself; what belongs to somebody else does not change hands. */
const outcomeOfProblem = (problem: DeclaredProblem): Outcome => {
  const isToCome = ['MissingSecret', 'MissingKeys', 'BeingDeleted'].includes(problem.code);
  return (isToCome ? waiting : failed)(declaredProblemText(t, problem));
};

const refusedCredentials = ({ secret }: DeclaredProvider, home: string): Outcome =>
  failed(
    `vCenter rejected the user or the password. Correct them in Secret ${secret} in ${home}, and look for a line break at their end. They are not tried again until that Secret changes, so that the account does not get locked.`,
  );

/** What MTV makes of the Provider. */
const statusOf = ({ provider }: DeclaredSeen, wrote: boolean): Outcome | 'RefusedLogin' => {
  if (!provider) return waiting('The Provider is not there yet.');
  if (wrote) return waiting(providerTexts.Rechecking.text(t, {}));
  const { state, reason, params, isInsecure } = readProvider(provider, { seconds: 0 });
  const { text, remedy } = providerTexts[reason];
  const said = [text(t, params), remedy?.(t, params, provider.metadata.namespace ?? '')].filter(Boolean).join(' ');
  switch (state) {
    case 'ready':
      return done(
        isInsecure ? 'MTV is connected. The certificate of the vCenter is not verified.' : 'MTV is connected.',
      );
    case 'waiting':
    case 'unknown':
      return waiting(said);
    case 'blocked':
      if (reason === 'ConnectionAuthFailed') return 'RefusedLogin';
      // MTV goes on trying: a vCenter that restarts comes back.
      return reason === 'ConnectionTestFailed' ? waiting(said) : failed(said);
  }
};

/** Where a Provider is, and its normalized address. */
export interface ProviderPlace {
  readonly url: string;
  readonly namespace: string;
}

/** The certificates by which MTV shall verify the server, PEM; `undefined`: by none. */
export const certificateFor = async (
  world: ConnectionWorld,
  declared: DeclaredProvider,
  place: ProviderPlace,
): Promise<Result<string | undefined, Outcome>> => {
  const { trust } = declared;
  switch (trust.by) {
    case 'nothing':
      return ok(undefined);
    case 'pem':
      return pemIn(trust.pem, 'certificate.pem');
    case 'configMap':
      return certificateInConfigMap(world, trust.name);
    case 'fingerprint':
      return certificateByFingerprint(world, trust.sha256, declared.name, place);
  }
};

const pemIn = (text: string, where: string): Result<string, Outcome> => {
  const found = findCertificates(text);
  return found.ok
    ? ok(found.value.map(pemOf).join(''))
    : err(
        failed(
          `${where} has no certificate in PEM format. Put in that of the vCenter, or of the authority that signed it.`,
        ),
      );
};

/** Keys under which ConfigMaps have certificates: of trust bundles, of OpenShift's, of cert-manager's. */
const certificateKeys = ['ca.crt', 'ca-bundle.crt', 'tls.crt'];

const certificateInConfigMap = async (
  { cluster, home }: Pick<ConnectionWorld, 'cluster' | 'home'>,
  name: string,
): Promise<Result<string, Outcome>> => {
  const answer = await cluster.get({ kind: 'configMaps', name, namespace: home });
  if (!answer.ok) return err(outcomeOf(answer.error));
  if (!answer.value) return err(waiting(`There is no ConfigMap ${name} in ${home} yet.`));
  const { data = {} } = answer.value;
  const key = certificateKeys.find((each) => (data[each] ?? '') !== '');
  if (key === undefined)
    return err(waiting(`ConfigMap ${name} in ${home} has none of the keys ${certificateKeys.join(', ')}.`));
  return pemIn(data[key] ?? '', `Key ${key} of ConfigMap ${name} in ${home}`);
};

const bare = (fingerprint: string): string => fingerprint.replaceAll(':', '').trim().toUpperCase();

/** The certificate that is stored counts as long as it is the declared one. Otherwise the server is asked, and what it shows is compared. */
const certificateByFingerprint = async (
  { cluster, fetchCertificate, fingerprintOf }: ConnectionWorld,
  sha256: string,
  name: string,
  { url, namespace }: ProviderPlace,
): Promise<Result<string, Outcome>> => {
  const stored = await storedCertificate(cluster, name, namespace);
  if (!stored.ok) return stored;
  const known = fingerprintOf(stored.value);
  if (known !== undefined && bare(known) === bare(sha256)) return ok(stored.value);
  const shown = await fetchCertificate(url);
  if (!shown.ok) return err(waiting(certificateFailureText(t, shown.error)));
  return bare(shown.value.sha256) === bare(sha256)
    ? ok(shown.value.pem)
    : err(
        failed(
          `The vCenter shows a certificate with another SHA-256 fingerprint: ${shown.value.sha256}. Find out why. If it is the right one, declare this fingerprint.`,
        ),
      );
};

const storedCertificate = async (
  cluster: Cluster,
  provider: string,
  namespace: string,
): Promise<Result<string, Outcome>> => {
  const answer = await cluster.get({ kind: 'secrets', name: credentialsOf(provider), namespace });
  if (!answer.ok) return err(outcomeOf(answer.error));
  return ok(atob(answer.value?.data?.cacert ?? ''));
};
