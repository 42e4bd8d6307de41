import { err } from '../../../domain/result';
import type { Translate } from '../../../domain/translate';
import { buildPlanProblemText } from '../../../domain/vddk/plan-build';
import type { BuildPlanProblem } from '../../../domain/vddk/plan-build';
import { imagePlanProblemText } from '../../../domain/vddk/plan-image';
import type { ImagePlanProblem } from '../../../domain/vddk/plan-image';
import { pullerProblemText } from '../../../domain/vddk/plan-puller';
import type { PullerProblem } from '../../../domain/vddk/plan-puller';
import type { JobWish } from '../../../work/build-image/job-wish';
import { rehearseUpload } from '../../../work/build-image/rehearse-upload';
import { inWords } from '../../parts/rehearsal';
import type { Rehearsal } from '../../parts/rehearsal';

/** The dry run of an upload, with the reasons of its planners in words. */
export const rehearsalOfUpload =
  (wish: JobWish): Rehearsal =>
  async (cluster) => {
    const { trials, outcome } = await rehearseUpload(cluster, wish);
    return { trials, outcome: outcome.ok ? outcome : err(inWords(outcome.error, problemText)) };
  };

const problemText = (t: Translate, problem: BuildPlanProblem | PullerProblem | ImagePlanProblem): string => {
  switch (problem.code) {
    case 'PullerTaken':
      return pullerProblemText(t, problem);
    case 'Taken':
    case 'RegistryMissing':
      return buildPlanProblemText(t, problem);
    case 'ControllerMissing':
    case 'DeclaredElsewhere':
    case 'ChangedMeanwhile':
      return imagePlanProblemText(t, problem);
  }
};
