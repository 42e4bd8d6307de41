import { checkName, nameProblemText } from '../names';
import type { NameProblem } from '../names';
import type { Translate } from '../translate';
import type { VddkArchive } from './archive';
import { checkImage } from './image';
import { imageProblemText } from './image-problem-text';
import type { ImageProblem } from './image';

/** What a user has decided about an upload. Empty texts mean the defaults, and no project chosen. */
export interface UploadDraft {
  /** What was found in the chosen file, once it is known to be VDDK. */
  readonly archive: VddkArchive | undefined;
  /** Where image and builds are kept. */
  readonly project: string;
  /** The project of the virtual machines. */
  readonly target: string;
  readonly baseImage: string;
}

/** What is wrong, by field, in the order of the fields. */
export type UploadDraftProblem =
  | { readonly field: 'archive' }
  | { readonly field: 'target' | 'project'; readonly code: NameProblem }
  | { readonly field: 'base-image'; readonly code: ImageProblem };

/** Checks what can be known before anything is sent. */
export const checkUploadDraft = ({
  archive,
  project,
  target,
  baseImage,
}: UploadDraft): readonly UploadDraftProblem[] => {
  const problems: UploadDraftProblem[] = archive ? [] : [{ field: 'archive' }];
  for (const [field, name] of [
    ['target', target],
    ['project', project],
  ] as const) {
    const code = name === '' ? undefined : checkName(name);
    if (code) problems.push({ field, code });
  }
  const code = baseImage.trim() === '' ? undefined : checkImage(baseImage);
  if (code) problems.push({ field: 'base-image', code });
  return problems;
};

/** What is wrong with a field, and what would be right. */
export const uploadDraftProblemText = (t: Translate, problem: UploadDraftProblem): string => {
  switch (problem.field) {
    case 'archive':
      return t('Choose the archive first.');
    case 'target':
    case 'project':
      return nameProblemText(t, problem.code);
    case 'base-image':
      return imageProblemText(t, problem.code);
  }
};
