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

/** Has MTV use a VDDK image that is declared, and says which Providers of others use another one. */
export const prepareImage = async (
  world: World & { readonly release: Release | undefined },
  { image, providers }: { readonly image: string; readonly providers: boolean },
): Promise<Outcome> => {
  const mtv = await findMtvProject(world.cluster);
  if (!mtv.ok) return mtv.error;
  return carryOut(world, {
    needs: declaredImageNeeds(mtv.value),
    plan: planDeclaredImage({ image, providers, release: world.release }),
    refused: (problem) =>
      (problem.code === 'DeclaredElsewhere' ? failed : waiting)(declaredImageProblemText(plainEnglish, problem)),
    text: (seen) => {
      const others = othersWithAnotherImage(seen, image);
      const exception = `${others.join(', ')}, which Migration Prep did not create, keep an image of their own.`;
      return `MTV uses ${image}.${others.length === 0 ? '' : ` ${exception}`}`;
    },
  });
};
