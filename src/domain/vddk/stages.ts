import type { Text } from '../translate';

/** The way from an archive to an image that MTV uses. */
export const stages = ['inspect', 'prepare', 'upload', 'build', 'set', 'rollout'] as const;

/** One of the stages. */
export type Stage = (typeof stages)[number];

/** Where a stage is, seen from the one that the job is in. */
export type StageState = 'pending' | 'current' | 'done' | 'failed';

/** Every stage, when `at` is under way or has failed; with `over`, all are done. */
export const stagesAt = (
  at: Stage | 'over',
  isFailed = false,
): readonly { readonly stage: Stage; readonly state: StageState }[] => {
  const now = at === 'over' ? stages.length : stages.indexOf(at);
  return stages.map((stage, index) => ({
    stage,
    state: index < now ? 'done' : index > now ? 'pending' : isFailed ? 'failed' : 'current',
  }));
};

/** What each stage is called. */
export const stageText: Readonly<Record<Stage, Text>> = {
  inspect: (t) => t('Inspect the archive'),
  prepare: (t) => t('Prepare the build'),
  upload: (t) => t('Upload the archive'),
  build: (t) => t('Build the image'),
  set: (t) => t('Set the image in MTV'),
  rollout: (t) => t('Roll out in MTV'),
};

/** How a stage stands. */
export const stageStateText: Readonly<Record<StageState, Text>> = {
  pending: (t) => t('Pending'),
  current: (t) => t('In progress'),
  done: (t) => t('Done'),
  failed: (t) => t('Failed'),
};
