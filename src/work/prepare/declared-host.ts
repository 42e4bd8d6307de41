import { isTrue } from '../../domain/conditions';
import { findAddress, hostAddressProblemText } from '../../domain/hosts/host-adapter';
import type { EsxiHost } from '../../domain/hosts/esxi-host';
import { declaredHostNeeds, declaredHostProblemText, planDeclaredHost } from '../../domain/hosts/plan-declared-host';
import type { DeclaredHostProblem, DeclaredHostSeen } from '../../domain/hosts/plan-declared-host';
import { readProvider } from '../../domain/connection/provider-status';
import { normalizeUrl, urlProblemText } from '../../domain/connection/url';
import { inventoryFailureText, passesByItself } from '../../domain/networks/inventory';
import type { InventoryFailure } from '../../domain/networks/inventory';
import type { DeclaredHost, DeclaredProvider } from '../../domain/preparation';
import type { Result } from '../../domain/result';
import { ok } from '../../domain/result';
import { plainEnglish } from '../../domain/translate';
import { certificateFor } from './declared-provider';
import type { ConnectionWorld } from './declared-provider';
import { carryOutGuarded } from './guarded';
import { findMtvProject } from './mtv-project';
import { done, failed, outcomeOf, waiting } from './task';
import type { Outcome } from './task';

const t = plainEnglish;

/** What declared hosts need of the world outside. */
export interface HostWorld extends ConnectionWorld {
  /** The ESXi hosts of the vSphere Provider with this UID, from MTV's inventory. */
  readonly fetchHosts: (uid: string) => Promise<Result<readonly EsxiHost[], InventoryFailure>>;
}

/** Brings a declared host of this Provider about, once MTV has its inventory, and says what MTV makes of it. */
export const prepareHost = async (
  world: HostWorld,
  declared: DeclaredHost,
  provider: DeclaredProvider,
): Promise<Outcome> => {
  const { cluster, home, release, fetchHosts } = world;
  const url = normalizeUrl(provider.url);
  if (!url.ok) return failed(urlProblemText(t, url.error));
  const mtv = provider.namespace === undefined ? await findMtvProject(cluster) : ok(provider.namespace);
  if (!mtv.ok) return mtv.error;
  const namespace = mtv.value;
  const present = await cluster.get({ kind: 'providers', name: provider.name, namespace });
  if (!present.ok) return outcomeOf(present.error);
  if (!present.value || readProvider(present.value, { seconds: 0 }).state !== 'ready')
    return waiting(`Provider ${provider.name} is not connected yet.`);
  const hosts = await fetchHosts(present.value.metadata.uid ?? '');
  if (!hosts.ok) {
    const text = inventoryFailureText(t, hosts.error);
    return passesByItself(hosts.error) ? waiting(text) : { state: 'unanswered', text };
  }
  const address = findAddress(declared, hosts.value);
  if (!address.ok) {
    const { code } = address.error;
    // A host may be added to vSphere, and MTV's inventory follows.
    return (code === 'HostUnknown' ? waiting : failed)(hostAddressProblemText(t, address.error));
  }
  const certificate = await certificateFor(world, provider, { url: url.value, namespace });
  if (!certificate.ok) return certificate.error;
  const wish = {
    ...address.value,
    host: declared.host,
    provider: provider.name,
    namespace,
    secret: declared.secret,
    home,
    certificate: certificate.value,
    release,
  };
  return carryOutGuarded(world, {
    needs: declaredHostNeeds(wish),
    plan: planDeclaredHost(wish),
    refused: outcomeOfProblem,
    key: `host.${namespace}.${provider.name}.${address.value.id}`,
    sourceOf: ({ source }) => source,
    refusedLogin: failed(
      `ESXi host ${declared.host} rejected the user or the password. Correct them in Secret ${declared.secret} in ${home}, and look for a line break at their end. They are not tried again until that Secret changes, so that the account does not get locked.`,
    ),
    judge: statusOf,
  });
};

const outcomeOfProblem = (problem: DeclaredHostProblem): Outcome => {
  const isToCome = ['MissingSecret', 'MissingKeys', 'NoProvider'].includes(problem.code);
  return (isToCome ? waiting : failed)(declaredHostProblemText(t, problem));
};

/** What MTV makes of the Host. Its conditions: docs/facts/forklift.md §5. */
const statusOf = ({ host }: DeclaredHostSeen, wrote: boolean): Outcome => {
  if (!host || wrote) return waiting('MTV has not looked at the host yet.');
  if (isTrue(host.status, 'Ready')) return done('MTV copies disks from the host directly.');
  const serious = (host.status?.conditions ?? []).find(
    ({ status, category }) => status === 'True' && category === 'Critical',
  );
  return waiting(
    serious ? `MTV reports ${serious.type}: ${serious.message ?? ''}` : 'MTV has not looked at the host yet.',
  );
};
