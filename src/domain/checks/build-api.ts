import { workingController } from '../forklift-controller';
import { ownSelector } from '../ownership';
import { isImageElsewhere } from '../vddk/image-elsewhere';
import { blocked, defineCheck, ready } from './check';
import { forkliftControllers, providers } from './mtv-needs';

/** Our own, of which there are few: who may look for them sees whether the API is served. */
const buildConfigs = {
  list: 'buildConfigs',
  labelSelector: ownSelector,
  narrower: ['mtv', 'chosen'],
  optional: true,
} as const;

/** OpenShift's builds, a capability that an installation may leave out. With an image from elsewhere they are not needed. */
export const buildApi = defineCheck({
  id: 'build-api',
  title: (t) => t('Build API'),
  step: 'prerequisites',
  needs: {
    buildConfigs,
    forkliftControllers: { ...forkliftControllers, optional: true },
    providers: { ...providers, optional: true },
  },
  judge: ({ forkliftControllers, providers }, isServed) => {
    if (isServed('buildConfigs')) return ready('BuildsServed');
    return isImageElsewhere(workingController(forkliftControllers), providers)
      ? ready('BuildsNotNeeded')
      : blocked('BuildsAbsent');
  },
  reasons: {
    BuildsServed: (t) => t('This cluster can build images.'),
    BuildsNotNeeded: (t) => t('This cluster cannot build images, which is not needed: a VDDK image is set.'),
    BuildsAbsent: (t) =>
      t(
        'The OpenShift capability Build is not enabled, so no VDDK image can be built here. Enable it in ClusterVersion version (spec.capabilities), or use an image from another registry.',
      ),
  },
});
