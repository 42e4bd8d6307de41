import type { DeclaredProvider, Preparation } from '../../domain/preparation';
import { prepareArchive } from './declared-archive';
import type { ArchiveWorld } from './declared-archive';
import { prepareImage } from './declared-image';
import { prepareProvider } from './declared-provider';
import type { ConnectionWorld } from './declared-provider';
import type { Task } from './task';
import { letGo } from './undeclared';

/** Parts of what is declared, in the order in which they are made. */
export const preparationParts = ['providers', 'vddk'] as const;

/** The name of a Provider's task, and its key in the controller. */
const nameOf = ({ name, namespace }: DeclaredProvider): string =>
  namespace === undefined ? `provider/${name}` : `provider/${namespace}/${name}`;

/** A task for everything that is declared and asked for. `only` empty: everything. */
export const preparationTasks = (
  world: ConnectionWorld & ArchiveWorld,
  preparation: Preparation,
  only: readonly string[],
): readonly Task[] => {
  const { providers, vddk } = preparation;
  const { release } = world;
  const imageWorld = { ...world, providerProjects: providers.flatMap(({ namespace }) => namespace ?? []) };
  const isAsked = (part: (typeof preparationParts)[number]) => only.length === 0 || only.includes(part);
  const named = isAsked('providers') ? providers : [];
  return [
    ...named.map((declared) => ({ name: nameOf(declared), attempt: () => prepareProvider(world, declared) })),
    ...(vddk && isAsked('vddk')
      ? // Providers name the image too, so they come first.
        [
          {
            name: 'vddk',
            after: named.map(nameOf),
            attempt: () => ('image' in vddk ? prepareImage(imageWorld, vddk) : prepareArchive(imageWorld, vddk)),
          },
        ]
      : []),
    ...(release && only.length === 0
      ? [{ name: 'undeclared', attempt: () => letGo(world, release, preparation) }]
      : []),
  ];
};
