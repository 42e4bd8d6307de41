import type { Job } from '../../../work/build-image/build-job';
import { useDraft } from '../../parts/use-draft';
import { useJob } from './use-job';

interface Draft {
  /** What this tab was doing when the form was opened; `undefined`: nobody opened it. */
  readonly since: Job | undefined;
}

const closed: Draft = { since: undefined };

/** Whether the user asked for the form although there is an image already. What it leads to closes it again. */
export const useFormOpen = () => {
  const job = useJob();
  const [{ since }, change] = useDraft('vddk-open', closed);
  return {
    isOpen: since !== undefined && (job.at !== 'done' || since === job),
    open: () => {
      change({ since: job });
    },
    close: () => {
      change(closed);
    },
  };
};
