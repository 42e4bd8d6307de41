import type { Translate } from '../translate';
import type { BaseImageProblem } from './base-image';
import { imageDoubtText } from './image-doubt-text';

/** What is wrong with the base image, and what to do on a cluster without the Internet. */
export const baseImageProblemText = (t: Translate, image: string, problem: BaseImageProblem): string =>
  [
    t('The build begins with {{image}}, which this cluster cannot use.', { image }),
    problem.code === 'Unauthorized'
      ? t('Its registry does not let this cluster pull it, or has no such image.')
      : imageDoubtText(t, problem),
    t(
      'On a disconnected cluster, copy that image into a registry that the cluster reaches, and enter the copy under Advanced. Then retry. Nothing was sent yet.',
    ),
  ].join(' ');
