import type { Change } from '../change';
import { create } from '../change';
import type { ClusterFailure } from '../failure';
import { isRecord } from '../json';
import type { ImageStreamImport, ImportedImage, KubeObject } from '../objects';
import type { Result } from '../result';
import type { Translate } from '../translate';
import { distribFolder } from './archive';

/** The question to the cluster: what does this registry have? The answer is not stored. */
export const imageQuestion = (image: string, project: string): Change =>
  create('imageStreamImports', {
    metadata: { name: 'migration-prep-question', namespace: project },
    spec: { import: false, images: [{ from: { kind: 'DockerImage', name: image.trim() } }] },
  });

/**
 * What is known of an image that exists, without running it.
 *
 * - `good`: it is there, for amd64, and its entry point copies the folder. `pinned` always means this image.
 * - `doubtful`: something would keep MTV from using it, as far as the cluster can see.
 * - `unchecked`: the cluster could not be asked; that says nothing about the image.
 */
export type ImageVerdict =
  | { readonly state: 'good'; readonly pinned: string | undefined }
  | { readonly state: 'doubtful'; readonly doubt: ImageDoubt }
  | { readonly state: 'unchecked' };

export type ImageDoubt =
  | { readonly code: 'NotFound' | 'Unauthorized' | 'NoEntryPoint' }
  | { readonly code: 'Unreachable'; readonly message: string }
  | { readonly code: 'WrongArchitecture'; readonly architecture: string };

/** Reads the answer to `imageQuestion`. A cluster that has no such API, or does not let the user ask, says nothing about the image. */
export const readAnswer = (answer: Result<KubeObject, ClusterFailure>): ImageVerdict => {
  if (!answer.ok) {
    return answer.error.code === 'Invalid' ? doubtful({ code: 'Unreachable', message: answer.error.message }) : { state: 'unchecked' };
  }
  const { status, image } = (answer.value as ImageStreamImport).status?.images?.[0] ?? {};
  if (status?.status === 'Success') return judge(image);
  switch (status?.reason) {
    case 'NotFound':
      return doubtful({ code: 'NotFound' });
    case 'Unauthorized':
    case 'Forbidden':
      return doubtful({ code: 'Unauthorized' });
    case undefined:
      return { state: 'unchecked' };
    default:
      return doubtful({ code: 'Unreachable', message: (status?.message ?? '').replace(/^Internal error occurred: /, '') });
  }
};

const judge = (image: ImportedImage['image']): ImageVerdict => {
  const metadata = isRecord(image?.dockerImageMetadata) ? image.dockerImageMetadata : {};
  const { Architecture: architecture, Config: config } = metadata;
  if (typeof architecture === 'string' && architecture !== '' && architecture !== 'amd64') {
    return doubtful({ code: 'WrongArchitecture', architecture });
  }
  const { Entrypoint: entryPoint, Cmd: command } = isRecord(config) ? config : {};
  const words = [entryPoint, command].flatMap((part) => (Array.isArray(part) ? part.map(String) : []));
  // A script may do the copying under any name; an image that starts nothing of its own, or a shell, cannot.
  const copies = words.some((word) => word.includes(distribFolder)) || (Array.isArray(entryPoint) && entryPoint.length > 0 && !isShell(words));
  return copies ? { state: 'good', pinned: image?.dockerImageReference } : doubtful({ code: 'NoEntryPoint' });
};

const isShell = (words: readonly string[]): boolean => words.length === 1 && /(^|\/)(ba)?sh$/.test(words[0] ?? '');

const doubtful = (doubt: ImageDoubt): ImageVerdict => ({ state: 'doubtful', doubt });

/** What speaks against the image, and what to do. */
export const imageDoubtText = (t: Translate, doubt: ImageDoubt): string => {
  switch (doubt.code) {
    case 'NotFound':
      return t('The registry has no such image. Check path and tag.');
    case 'Unauthorized':
      return t('The registry does not let this cluster pull the image, or has no such image. A pull secret must be in the projects that VMs come to.');
    case 'Unreachable':
      return t('The registry could not be asked: {{message}}', { message: doubt.message });
    case 'WrongArchitecture':
      return t('The image is built for {{architecture}}; MTV needs one for amd64.', { architecture: doubt.architecture });
    case 'NoEntryPoint':
      return t('The image does not copy /vmware-vix-disklib-distrib when it starts: it has no entry point for that. Is it a VDDK image?');
  }
};
