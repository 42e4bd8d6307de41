import type { ForkliftController, Provider } from '../objects';
import { isOurs } from '../ownership';
import { undoOf } from '../undo';
import { imageAt, mtvImageOf, ownImageOf, vsphereOf } from './effective-image';
import type { ProviderImageWish } from './plan-image';

/** An image that is set somewhere, and where. */
export interface ImageUse {
  readonly image: string;
  /** In MTV's settings: every Provider without an image of its own uses it. */
  readonly isOfMtv: boolean;
  /** The vSphere Providers that name it themselves. */
  readonly providers: readonly Provider[];
}

/** Every image that is set, MTV's first. */
export const usesOf = (
  controller: ForkliftController | undefined,
  providers: readonly Provider[],
): readonly ImageUse[] => {
  const ofMtv = mtvImageOf(controller);
  const vsphere = vsphereOf(providers);
  const images = [...new Set([ofMtv, ...vsphere.map(ownImageOf)])].filter((image) => image !== '');
  return images.map((image) => ({
    image,
    isOfMtv: image === ofMtv,
    providers: vsphere.filter((provider) => ownImageOf(provider) === image),
  }));
};

/** Of the Providers that name an image those at which we set it: where it changes, it changes there too. */
export const setByUs = ({ image, providers }: ImageUse): readonly ProviderImageWish[] =>
  providers.filter((provider) => isOurs(provider) || undoOf(provider.metadata)?.set === image).map(imageAt);
