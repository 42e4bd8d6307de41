import type { Translate } from '../translate';
import type { ImageProblem } from './image';

/** What is wrong, and what would be right. */
export const imageProblemText = (t: Translate, problem: ImageProblem): string => {
  switch (problem) {
    case 'ImageEmpty':
      return t('Enter the image, such as registry.example.com/migration/vddk:8.0.3.');
    case 'ImageScheme':
      return t('Enter the image without https://.');
    case 'ImageSpaces':
      return t('An image name has no spaces.');
    case 'ImageNoRegistry':
      return t('Begin with the registry, such as registry.example.com/. Nodes need the full name.');
    case 'ImageSyntax':
      return t(
        'This is not an image name. It looks like registry.example.com/migration/vddk:8.0.3, or ends in @sha256: and 64 digits.',
      );
  }
};
