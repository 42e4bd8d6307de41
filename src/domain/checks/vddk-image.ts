import { workingController } from '../forklift-controller';
import { imageFor, mtvImageOf, vsphereOf } from '../vddk/effective-image';
import { isBroken, isPinned } from '../vddk/image';
import { readRollout } from '../vddk/rollout';
import { isWithoutVddk } from '../vddk/without';
import { blocked, defineCheck, ready, waiting, warning } from './check';
import { forkliftControllers, providers } from './mtv-needs';

/**
 * The VDDK image that each vSphere Provider really uses: its own, else the one in ForkliftController; or the explicit choice to do
 * without, noted on the Provider. Without a Provider yet, the one in ForkliftController.
 */
export const vddkImage = defineCheck({
  id: 'vddk-image',
  title: (t) => t('VDDK image'),
  step: 'vddk',
  needs: { forkliftControllers, providers },
  judge: ({ forkliftControllers, providers }) => {
    const controller = workingController(forkliftControllers);
    if (!controller) return blocked('ForkliftControllerMissing');
    const global = mtvImageOf(controller);
    const uses = vsphereOf(providers).map((provider) => ({
      provider,
      name: provider.metadata.name,
      image: imageFor(provider, controller),
    }));
    const names = (some: readonly { readonly name: string }[]) => ({ names: some.map(({ name }) => name).join(', ') });

    const own = uses.flatMap(({ name, image }) => (image.from === 'provider' ? [{ name, image: image.image }] : []));
    const broken = own.filter(({ image }) => isBroken(image));
    if (broken.length > 0) return blocked('OwnImageBroken', names(broken));

    const imageless = uses.filter(({ image }) => image.from === 'nowhere');
    const lacking = imageless.filter(({ provider }) => !isWithoutVddk(provider));
    if (lacking.length > 0)
      return lacking.length === uses.length ? blocked('ImageNotSet') : blocked('ImageMissing', names(lacking));
    if (uses.length === 0 && global === '') return blocked('ImageNotSet');
    if (uses.length > 0 && imageless.length === uses.length) return ready('WithoutVddk');

    if (uses.length === 0 || uses.some(({ image }) => image.from === 'mtv')) {
      if (isBroken(global)) return blocked('ImageBroken', { image: global });
      if (readRollout(controller) === 'busy') return waiting('RollingOut');
    }
    const others = own.filter(({ image }) => image !== global);
    const unpinned = others.filter(({ image }) => !isPinned(image));
    if (unpinned.length > 0)
      return warning(global === '' ? 'OwnImageNotPinned' : 'OtherImageNotPinned', names(unpinned));
    if (others.length > 0) return ready(global === '' ? 'OwnImage' : 'OtherImage', names(others));
    return isPinned(own[0]?.image ?? global) ? ready('ImageSet') : warning('ImageNotPinned');
  },
  reasons: {
    ForkliftControllerMissing: (t) =>
      t('Migration Toolkit for Virtualization is not set up: no ForkliftController was found.'),
    OwnImageBroken: (t, params) =>
      t('The VDDK image set at these providers is not a valid image name: {{names}}.', params),
    ImageBroken: (t, params) => t("The VDDK image in MTV's settings is not a valid image name: {{image}}.", params),
    ImageMissing: (t, params) => t('Providers without a VDDK image: {{names}}.', params),
    RollingOut: (t) => t('The VDDK image is being rolled out.'),
    ImageSet: (t) => t('VDDK image set'),
    ImageNotPinned: (t) => t('VDDK image set, by a tag that may change'),
    OwnImage: (t, params) => t('VDDK image set at these providers: {{names}}', params),
    OwnImageNotPinned: (t, params) =>
      t('VDDK image set at these providers, by a tag that may change: {{names}}', params),
    OtherImage: (t, params) => t("Providers that use a VDDK image other than MTV's: {{names}}", params),
    OtherImageNotPinned: (t, params) =>
      t("Providers that use a VDDK image other than MTV's, by a tag that may change: {{names}}", params),
    WithoutVddk: (t) => t('Continuing without VDDK, by choice'),
    ImageNotSet: (t) => t('No VDDK image is set.'),
  },
});
