import { workingController } from '../forklift-controller';
import { readRegistry, registryTexts } from '../storage/registry';
import { blocked, defineCheck, ready, waiting, warning } from './check';

/** The internal registry, which takes the VDDK image when it is built here. With an image from elsewhere it is not needed. */
export const imageRegistry = defineCheck({
  id: 'image-registry',
  title: (t) => t('Image registry'),
  step: 'prerequisites',
  needs: ['imageRegistryConfigs', 'imageConfigs', 'forkliftControllers'],
  optional: ['imageRegistryConfigs', 'imageConfigs', 'forkliftControllers'],
  judge: ({ imageRegistryConfigs: [config], imageConfigs: [image], forkliftControllers }) => {
    const { state, reason, params } = readRegistry(config, image);
    if (state === 'ready') return ready(reason, params);
    if (state === 'flawed') return warning(reason, params);
    if (workingController(forkliftControllers)?.spec?.vddk_image) return ready('RegistryNotNeeded');
    return state === 'starting' ? waiting(reason, params) : blocked(reason, params);
  },
  reasons: {
    ...registryTexts,
    RegistryNotNeeded: (t) => t('The internal image registry is not in use, and not needed: a VDDK image is set.'),
  },
});
