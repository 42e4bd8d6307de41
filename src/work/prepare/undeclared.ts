import type { Release } from '../../domain/ownership';
import { planUndeclared, undeclaredNeeds } from '../../domain/plan-undeclared';
import type { Preparation } from '../../domain/preparation';
import { findMtvProject } from './mtv-project';
import { carryOut, failed } from './task';
import type { Outcome, World } from './task';

/** Lets go of what the values of this release no longer declare. */
export const letGo = async (
  world: World,
  release: Release,
  { providers, vddk }: Pick<Preparation, 'providers' | 'vddk'>,
): Promise<Outcome> => {
  const mtv = await findMtvProject(world.cluster);
  if (!mtv.ok) return mtv.error;
  const declared = providers.map(({ name, namespace = mtv.value }) => `${namespace}/${name}`);
  return carryOut(world, {
    needs: undeclaredNeeds,
    plan: planUndeclared({ release, providers: declared, hasImage: vddk !== undefined }),
    refused: () => failed(''),
    text: 'Nothing is held that is not declared.',
  });
};
