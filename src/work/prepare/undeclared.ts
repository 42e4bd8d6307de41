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
  { providers, hosts, vddk }: Pick<Preparation, 'providers' | 'hosts' | 'vddk'>,
): Promise<Outcome> => {
  const mtv = await findMtvProject(world.cluster);
  if (!mtv.ok) return mtv.error;
  const declared = providers.map(({ name, namespace = mtv.value }) => ({ name, path: `${namespace}/${name}` }));
  return carryOut(world, {
    needs: undeclaredNeeds,
    plan: planUndeclared({
      release,
      providers: declared.map(({ path }) => path),
      // As many as are made: a host of a Provider that several projects have is declared for each.
      hosts: hosts.flatMap(({ provider, host }) =>
        declared.flatMap(({ name, path }) => (name === provider ? [`${path}/${host}`] : [])),
      ),
      hasImage: vddk !== undefined,
    }),
    refused: () => failed(''),
    text: 'Nothing is held that is not declared.',
  });
};
