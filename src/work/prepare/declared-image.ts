import type { Release } from '../../domain/ownership';
import { plainEnglish } from '../../domain/translate';
import {
  declaredImageNeeds,
  declaredImageProblemText,
  othersWithAnotherImage,
  planDeclaredImage,
} from '../../domain/vddk/plan-declared-image';
import { findMtvProject } from './mtv-project';
import { carryOut, failed, waiting } from './task';
import type { Outcome, World } from './task';

/** What a declared image needs to know beside the cluster. */
export interface ImageWorld extends World {
  readonly release: Release | undefined;
  /** Projects of declared Providers, beside that of MTV. */
  readonly providerProjects?: readonly string[];
}

/** Has MTV use a VDDK image that is declared, and says which Providers go on with another one. */
export const prepareImage = async (
  world: ImageWorld,
  { image, providers }: { readonly image: string; readonly providers: boolean },
): Promise<Outcome> => {
  const mtv = await findMtvProject(world.cluster);
  if (!mtv.ok) return mtv.error;
  const projects = providers ? [mtv.value, ...(world.providerProjects ?? [])] : [];
  return carryOut(world, {
    needs: declaredImageNeeds(mtv.value),
    plan: planDeclaredImage({ image, projects, release: world.release }),
    refused: (problem) =>
      (problem.code === 'DeclaredElsewhere' ? failed : waiting)(declaredImageProblemText(plainEnglish, problem)),
    text: (seen) => {
      const others = othersWithAnotherImage(seen, image);
      const exception = `${others.join(', ')} keep an image of their own, which wins there.`;
      return `MTV uses ${image}.${others.length === 0 ? '' : ` ${exception}`}`;
    },
  });
};
