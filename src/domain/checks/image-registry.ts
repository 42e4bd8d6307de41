import { workingController } from '../forklift-controller';
import { isUsable } from '../reading';
import { readRegistry, registryTexts } from '../storage/read-registry';
import { isImageElsewhere } from '../vddk/image-elsewhere';
import { defineCheck, ready } from './check';
import { forkliftControllers, providers } from './mtv-needs';

/** The internal registry, which takes the VDDK image when it is built here. With an image from elsewhere it is not needed. */
export const imageRegistry = defineCheck({
  id: 'image-registry',
  title: (t) => t('Image registry'),
  step: 'prerequisites',
  needs: {
    config: { kind: 'imageRegistryConfigs', name: 'cluster', optional: true },
    image: { kind: 'imageConfigs', name: 'cluster', optional: true },
    forkliftControllers: { ...forkliftControllers, optional: true },
    providers: { ...providers, optional: true },
  },
  judge: ({ config, image, forkliftControllers, providers }) => {
    const registry = readRegistry(config, image);
    if (isUsable(registry.state)) return registry;
    return isImageElsewhere(workingController(forkliftControllers), providers) ? ready('RegistryNotNeeded') : registry;
  },
  reasons: {
    ...registryTexts,
    RegistryNotNeeded: (t) => t('The internal image registry is not in use, and not needed: a VDDK image is set.'),
  },
});
