import type { ClusterFailure } from '../failure';
import type { KubeObject } from '../objects';
import type { Result } from '../result';
import { readAnswer } from './existing-image';
import type { ImageDoubt } from './existing-image';

/** Why a build could not begin with an image: the cluster cannot pull it, or it is for another processor. */
export type BaseImageProblem =
  | { readonly code: 'NotFound' | 'Unauthorized' }
  | Extract<ImageDoubt, { readonly message: string } | { readonly architecture: string }>;

/** Reads the answer to `imageQuestion` about a base image. What it starts does not matter; where the cluster cannot be asked, nothing is known. */
export const readBaseImage = (answer: Result<KubeObject, ClusterFailure>): BaseImageProblem | undefined => {
  const verdict = readAnswer(answer);
  if (verdict.state !== 'doubtful') return undefined;
  const { doubt } = verdict;
  switch (doubt.code) {
    case 'NotFound':
    case 'Unauthorized':
      return { code: doubt.code };
    case 'Unreachable':
    case 'WrongArchitecture':
    case 'NotForAmd64':
      return doubt;
    case 'NoEntryPoint':
    case 'NothingSeen':
    case 'CopiesElsewhere':
    case 'OtherCommand':
      return undefined;
  }
};
