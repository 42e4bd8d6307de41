import { workingController } from '../forklift-controller';
import type { ForkliftController, Provider } from '../objects';
import { readRegistry, registryTexts } from '../storage/registry';
import { imageFor, imagesInUse, vsphereOf } from '../vddk/effective-image';
import { isWithoutVddk } from '../vddk/without';
import { blocked, defineCheck, ready, waiting, warning } from './check';

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
  step: 'prerequisites',
  needs: ['imageRegistryConfigs', 'imageConfigs', 'forkliftControllers', 'providers'],
  optional: ['imageRegistryConfigs', 'imageConfigs', 'forkliftControllers', 'providers'],
  judge: ({ imageRegistryConfigs: [config], imageConfigs: [image], forkliftControllers, providers }) => {
    const { state, reason, params } = readRegistry(config, image);
    if (state === 'ready') return ready(reason, params);
    if (state === 'flawed') return warning(reason, params);
    if (isElsewhere(workingController(forkliftControllers), providers)) return ready('RegistryNotNeeded');
    return state === 'starting' ? waiting(reason, params) : blocked(reason, params);
  },
  reasons: {
    ...registryTexts,
    RegistryNotNeeded: (t) => t('The internal image registry is not in use, and not needed: a VDDK image is set.'),
  },
});
