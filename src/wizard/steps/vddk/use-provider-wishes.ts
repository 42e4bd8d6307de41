import type { Watched } from '../../../domain/watched';
import type { Provider } from '../../../domain/objects';
import { isOurs } from '../../../domain/ownership';
import { imageAt, vsphereOf } from '../../../domain/vddk/effective-image';
import type { ProviderImageWish } from '../../../domain/vddk/plan-image';
import { useDraft } from '../../parts/use-draft';
import { useProviders } from '../../use-facts';

/** Which vSphere Providers get the image as well. */
export interface ProviderWishes {
  /** vSphere Providers, with what the user wants for each: by default those that we made, and no other. */
  readonly providers: readonly { readonly provider: Provider; readonly isChosen: boolean }[];
  readonly choose: (provider: Provider, isChosen: boolean) => void;
  /** The chosen ones, as a plan takes them. */
  readonly wishes: readonly ProviderImageWish[];
  readonly watched: Watched<Provider>;
}

interface Draft {
  /** What the user chose, by project and name; nothing for what is left as it is by default. */
  readonly chosen: Readonly<Record<string, boolean>>;
}

const untouched: Draft = { chosen: {} };

const keyOf = ({ metadata: { namespace = '', name } }: Provider): string => `${namespace}/${name}`;

/** At which Providers the image is to be set. The choice is kept when the step is left. */
export const useProviderWishes = (): ProviderWishes => {
  const { providers: watched } = useProviders();
  const [{ chosen }, change] = useDraft('vddk-providers', untouched);
  const providers = vsphereOf(watched.state === 'loaded' ? watched.items : []).map((provider) => ({
    provider,
    isChosen: chosen[keyOf(provider)] ?? isOurs(provider),
  }));
  return {
    providers,
    choose: (provider, isChosen) => {
      change({ chosen: { ...chosen, [keyOf(provider)]: isChosen } });
    },
    wishes: providers.filter(({ isChosen }) => isChosen).map(({ provider }) => imageAt(provider)),
    watched,
  };
};
