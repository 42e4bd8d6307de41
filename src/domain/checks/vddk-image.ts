import { workingController } from '../forklift-controller';
import { readRollout } from '../vddk/rollout';
import { isWithoutVddk } from '../vddk/without';
import { blocked, defineCheck, ready, waiting } from './check';

/** The VDDK image in ForkliftController, or the explicit choice to do without it, noted on every vSphere Provider. */
export const vddkImage = defineCheck({
  id: 'vddk-image',
  title: (t) => t('VDDK image'),
  step: 'vddk',
  needs: ['forkliftControllers', 'providers'],
  judge: ({ forkliftControllers, providers }) => {
    const controller = workingController(forkliftControllers);
    if (!controller) return blocked('ForkliftControllerMissing');
    if (controller.spec?.vddk_image) {
      return readRollout(controller) === 'busy' ? waiting('RollingOut') : ready('ImageSet');
    }
    const vsphere = providers.filter(({ spec }) => spec?.type === 'vsphere');
    if (vsphere.length > 0 && vsphere.every(isWithoutVddk)) return ready('WithoutVddk');
    return blocked('ImageNotSet');
  },
  reasons: {
    ForkliftControllerMissing: (t) => t('Migration Toolkit for Virtualization is not set up: no ForkliftController was found.'),
    RollingOut: (t) => t('The VDDK image is being rolled out.'),
    ImageSet: (t) => t('VDDK image set'),
    WithoutVddk: (t) => t('Continuing without VDDK, by choice'),
    ImageNotSet: (t) => t('No VDDK image is set.'),
  },
});
