import { workingController } from '../forklift-controller';
import type { ForkliftController, Provider } from '../objects';
import { readRegistry, registryTexts } from '../storage/read-registry';
import { imageFor, imagesInUse, vsphereOf } from '../vddk/effective-image';
import { isWithoutVddk } from '../vddk/without';
import { isUsable } from '../reading';
import { defineCheck, ready } from './check';
import { forkliftControllers, providers } from './mtv-needs';

/** Where nodes reach the internal registry (docs/facts/forklift.md §4, "Registry"). */
const internal = 'image-registry.openshift-image-registry.svc';

/** Whether every migration has an image of VDDK, or goes without, and no image comes from the internal registry. */
const isElsewhere = (controller: ForkliftController | undefined, providers: readonly Provider[]): boolean =>
  imagesInUse(controller, providers).length > 0 &&
  imagesInUse(controller, providers).every((image) => !image.startsWith(internal)) &&
  vsphereOf(providers).every(
    (provider) => imageFor(provider, controller).from !== 'nowhere' || isWithoutVddk(provider),
  );

/** The internal registry, which takes the VDDK image when it is built here. With an image from elsewhere it is not needed. */
export const imageRegistry = defineCheck({
  id: 'image-registry',
  title: (t) => t('Image registry'),
  needs: {
    config: { kind: 'imageRegistryConfigs', name: 'cluster', optional: true },
    image: { kind: 'imageConfigs', name: 'cluster', optional: true },
    forkliftControllers: { ...forkliftControllers, optional: true },
    providers: { ...providers, optional: true },
  },
  judge: ({ config, image, forkliftControllers, providers }) => {
    const registry = readRegistry(config, image);
    if (isUsable(registry.state)) return registry;
    return isElsewhere(workingController(forkliftControllers), providers) ? ready('RegistryNotNeeded') : registry;
  },
  reasons: {
    ...registryTexts,
    RegistryNotNeeded: (t) => t('The internal image registry is not in use, and not needed: a VDDK image is set.'),
  },
});
