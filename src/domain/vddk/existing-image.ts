import type { Write } from '../change';
import { create } from '../change';
import type { ClusterFailure } from '../failure';
import { isRecord } from '../json';
import type { ImageStreamImport, ImportedImage, KubeObject } from '../objects';
import type { Result } from '../result';
import { readEntryPoint } from './entry-point';

/** How a list of images, one for each architecture, is answered: with all of them, or with the one of the control plane's own architecture. */
type ImportMode = 'PreserveOriginal' | 'Legacy';

/** The question to the cluster: what does this registry have? The answer is not stored. */
export const imageQuestion = (image: string, project: string, importMode: ImportMode = 'PreserveOriginal'): Write =>
  create('imageStreamImports', {
    metadata: { name: 'migration-prep-question', namespace: project },
    spec: {
      import: false,
      images: [{ from: { kind: 'DockerImage', name: image.trim() }, importPolicy: { importMode } }],
    },
  });

/**
 * What is known of an image that exists, without running it. Labels say what somebody wrote on it; the entry point decides.
 *
 * - `good`: it is there, for amd64, and its entry point copies the folder to /opt. `pinned` always means this image. What is in the
 *   folder cannot be seen.
 * - `doubtful`: something would keep MTV from using it, as far as the cluster can see, or what matters cannot be seen.
 * - `unchecked`: the cluster could not be asked; that says nothing about the image.
 */
export type ImageVerdict =
  | { readonly state: 'good'; readonly pinned: string | undefined }
  | { readonly state: 'doubtful'; readonly doubt: ImageDoubt }
  | { readonly state: 'unchecked' };

/** What speaks against an image; `imageDoubtText` has the words. `command` is all that it starts, as one line. */
export type ImageDoubt =
  | { readonly code: 'NotFound' | 'Unauthorized' | 'NoEntryPoint' | 'NothingSeen' }
  | { readonly code: 'Unreachable'; readonly message: string }
  | { readonly code: 'WrongArchitecture' | 'NotForAmd64'; readonly architecture: string }
  | { readonly code: 'CopiesElsewhere' | 'OtherCommand'; readonly command: string };

/** A list of images: `entry` is the one for amd64, which is still to be asked for; `pinned` is the list. */
export interface ImageList {
  readonly state: 'list';
  readonly entry: string;
  readonly pinned: string;
}

/** Reads the answer to `imageQuestion`. A cluster that has no such API, or does not let the user ask, says nothing about the image. */
export const readAnswer = (answer: Result<KubeObject, ClusterFailure>): ImageVerdict | ImageList => {
  if (!answer.ok) {
    return answer.error.code === 'Invalid'
      ? doubtful({ code: 'Unreachable', message: answer.error.message })
      : { state: 'unchecked' };
  }
  const { status, image } = (answer.value as ImageStreamImport).status?.images?.[0] ?? {};
  if (status?.status === 'Success')
    return (image?.dockerImageManifests ?? []).length > 0 ? readList(image) : judge(image);
  switch (status?.reason) {
    case 'NotFound':
      return doubtful({ code: 'NotFound' });
    case 'Unauthorized':
    case 'Forbidden':
      return doubtful({ code: 'Unauthorized' });
    case undefined:
      return { state: 'unchecked' };
    default:
      return doubtful({
        code: 'Unreachable',
        message: (status?.message ?? '').replace(/^Internal error occurred: /, ''),
      });
  }
};

/** Reads the answer about one entry of a list. The image to set is still the list: each node picks the entry that it needs. */
export const readEntry = (list: ImageList, answer: Result<KubeObject, ClusterFailure>): ImageVerdict => {
  const verdict = readAnswer(answer);
  switch (verdict.state) {
    case 'good':
      return { state: 'good', pinned: list.pinned };
    case 'list':
      return doubtful({ code: 'NothingSeen' });
    case 'doubtful':
    case 'unchecked':
      return verdict;
  }
};

const readList = (image: ImportedImage['image']): ImageVerdict | ImageList => {
  // Attestations are entries too, for the platform unknown/unknown.
  const entries = (image?.dockerImageManifests ?? []).filter(({ os = 'linux' }) => os === 'linux' || os === '');
  const entry = entries.find(({ architecture }) => architecture === 'amd64');
  const { dockerImageReference: pinned = '' } = image ?? {};
  if (entry) return { state: 'list', entry: `${pinned.split('@')[0] ?? ''}@${entry.digest}`, pinned };
  return doubtful({
    code: 'NotForAmd64',
    architecture: entries.map(({ architecture = '' }) => architecture).join(', '),
  });
};

const judge = (image: ImportedImage['image']): ImageVerdict => {
  const metadata = isRecord(image?.dockerImageMetadata) ? image.dockerImageMetadata : {};
  const { Architecture: architecture, Config: config } = metadata;
  if (typeof architecture === 'string' && architecture !== '' && architecture !== 'amd64') {
    return doubtful({ code: 'WrongArchitecture', architecture });
  }
  if (!isRecord(config)) return doubtful({ code: 'NothingSeen' });
  const words = [config.Entrypoint, config.Cmd].flatMap((part) => (Array.isArray(part) ? part.map(String) : []));
  const entryPoint = readEntryPoint(words);
  switch (entryPoint.does) {
    case 'copies':
      return { state: 'good', pinned: image?.dockerImageReference };
    case 'nothing':
      return doubtful({ code: 'NoEntryPoint' });
    case 'elsewhere':
      return doubtful({ code: 'CopiesElsewhere', command: entryPoint.command });
    case 'other':
      return doubtful({ code: 'OtherCommand', command: entryPoint.command });
  }
};

const doubtful = (doubt: ImageDoubt): ImageVerdict => ({ state: 'doubtful', doubt });
