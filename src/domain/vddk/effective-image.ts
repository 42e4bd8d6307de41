import type { ForkliftController, Provider } from '../objects';

/** The image of VDDK that migrations from a vSphere Provider use, and where it is set. */
export type EffectiveImage =
  { readonly from: 'provider' | 'mtv'; readonly image: string } | { readonly from: 'nowhere' };

/** The image set at a Provider itself; empty for none. MTV's own page writes and reads only this one (docs/facts/forklift.md §1). */
export const ownImageOf = ({ spec }: Provider): string => spec?.settings?.vddkInitImage ?? '';

/** A vSphere Provider as a wish names it, with its own image as it is now. */
export const imageAt = (provider: Provider) => {
  const { name, namespace = '' } = provider.metadata;
  return { name, namespace, before: ownImageOf(provider) };
};

/** The image set in the ForkliftController. MTV uses it for every Provider without an image of its own. Empty: none is set. */
export const mtvImageOf = (controller: ForkliftController | undefined): string => controller?.spec?.vddk_image ?? '';

/** A Provider's own image wins over MTV's; an empty one is none (docs/facts/forklift.md §3). */
export const imageFor = (provider: Provider, controller: ForkliftController | undefined): EffectiveImage => {
  const own = ownImageOf(provider);
  if (own !== '') return { from: 'provider', image: own };
  const image = mtvImageOf(controller);
  return image === '' ? { from: 'nowhere' } : { from: 'mtv', image };
};

/** The Providers that VDDK is for. */
export const vsphereOf = (providers: readonly Provider[]): readonly Provider[] =>
  providers.filter(({ spec }) => spec?.type === 'vsphere');

/** Every image that some migration may use: MTV's, and those of Providers. */
export const imagesInUse = (
  controller: ForkliftController | undefined,
  providers: readonly Provider[],
): readonly string[] =>
  [...new Set([mtvImageOf(controller), ...vsphereOf(providers).map(ownImageOf)])].filter((image) => image !== '');
