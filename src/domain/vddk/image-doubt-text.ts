import type { Translate } from '../translate';
import type { ImageDoubt } from './existing-image';

/** Long enough to recognize a command, short enough for a sentence. */
const shown = (command: string): string => (command.length > 120 ? `${command.slice(0, 119)}…` : command);

/** What speaks against the image, and what to do. */
export const imageDoubtText = (t: Translate, doubt: ImageDoubt): string => {
  switch (doubt.code) {
    case 'NotFound':
      return t('The registry has no such image. Check the path and the tag.');
    case 'Unauthorized':
      return t(
        'The registry does not let this cluster pull the image, or has no such image. The target projects of the VMs need a pull secret.',
      );
    case 'Unreachable':
      return t('The registry could not be queried: {{message}}', { message: doubt.message });
    case 'WrongArchitecture':
      return t('The image is built for {{architecture}}; MTV needs one for amd64.', {
        architecture: doubt.architecture,
      });
    case 'NotForAmd64':
      return doubt.architecture === ''
        ? t('The image is a list that has no entry for Linux on amd64, which MTV needs.')
        : t('The image is a list for {{architecture}}. It has no entry for amd64, which MTV needs.', {
            architecture: doubt.architecture,
          });
    case 'NothingSeen':
      return t('The cluster does not show what this image starts, so it is unknown whether it is a VDDK image.');
    case 'CopiesElsewhere':
      return t(
        'The image starts "{{command}}". Afterwards the folder /vmware-vix-disklib-distrib is not in /opt, where MTV looks for it.',
        {
          command: shown(doubt.command),
        },
      );
    case 'OtherCommand':
      return t(
        'The image starts "{{command}}". A VDDK image copies the folder /vmware-vix-disklib-distrib to /opt when it starts. This may be a script that does so, but the cluster cannot see inside it.',
        {
          command: shown(doubt.command),
        },
      );
    case 'NoEntryPoint':
      return t(
        'The image has no entry point that copies /vmware-vix-disklib-distrib when it starts. Check whether it is a VDDK image.',
      );
  }
};
