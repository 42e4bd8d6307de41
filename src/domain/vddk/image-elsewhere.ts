import type { ForkliftController, Provider } from '../objects';
import { imageFor, imagesInUse, vsphereOf } from './effective-image';
import { internalRegistry } from './image-place';
import { isWithoutVddk } from './without';

/** Whether every migration has an image of VDDK, or goes without, and no image comes from the internal registry. */
export const isImageElsewhere = (controller: ForkliftController | undefined, providers: readonly Provider[]): boolean =>
  imagesInUse(controller, providers).length > 0 &&
  imagesInUse(controller, providers).every((image) => !image.startsWith(internalRegistry)) &&
  vsphereOf(providers).every(
    (provider) => imageFor(provider, controller).from !== 'nowhere' || isWithoutVddk(provider),
  );
