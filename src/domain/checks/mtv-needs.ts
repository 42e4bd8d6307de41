import type { One } from '../cluster';
import type { Provider } from '../objects';
import { itemsOf } from './need';
import type { Listing, Referred } from './need';

const ofMtv = {
  absent: (t) => t('Migration Toolkit for Virtualization is not installed.'),
  broughtBy: 'prerequisites',
} as const satisfies Partial<Listing>;

/** Providers, of vSphere and others. */
export const providers = { list: 'providers', ...ofMtv, narrower: ['mtv', 'chosen'] } as const satisfies Listing;

/** What MTV is set up by. */
export const forkliftControllers = {
  list: 'forkliftControllers',
  ...ofMtv,
  ofMtv: true,
  narrower: ['mtv'],
} as const satisfies Listing;

/** The Secret that a Provider names, to be asked for without its content; `undefined` when it names none. */
export const secretOf = ({ spec }: Provider): One<'secrets'> | undefined => {
  const { name, namespace } = spec?.secret ?? {};
  return name === undefined || namespace === undefined
    ? undefined
    : { kind: 'secrets', name, namespace, metadataOnly: true };
};

/** Whether a Provider's Secret is among those that are gone. */
export const isGone = (provider: Provider, gone: readonly One[]): boolean => {
  const secret = secretOf(provider);
  return gone.some(({ name, namespace }) => name === secret?.name && namespace === secret.namespace);
};

/** Secrets of vSphere Providers. MTV notices when one is gone, but writes no status (docs/facts/forklift.md §1). */
export const secretsOfProviders = {
  after: providers,
  refer: (facts) =>
    itemsOf(facts, providers).flatMap((provider) =>
      provider.spec?.type === 'vsphere' ? (secretOf(provider) ?? []) : [],
    ),
} as const satisfies Referred;
