import type { DeclaredHost, DeclaredProvider, Preparation } from '../../domain/preparation';
import { prepareArchive } from './declared-archive';
import type { ArchiveWorld } from './declared-archive';
import { prepareHost } from './declared-host';
import type { HostWorld } from './declared-host';
import { prepareImage } from './declared-image';
import { prepareProvider } from './declared-provider';
import type { Task } from './task';
import { letGo } from './undeclared';

/** Parts of what is declared, in the order in which they are made. */
export const preparationParts = ['providers', 'hosts', 'vddk'] as const;

/** What the tasks need of the world outside. */
export type PreparationWorld = HostWorld & ArchiveWorld;

/** The name of a Provider's task, and its key in the controller. */
const nameOf = ({ name, namespace }: DeclaredProvider): string =>
  namespace === undefined ? `provider/${name}` : `provider/${namespace}/${name}`;

/** A task for everything that is declared and asked for. `only` empty: everything. */
export const preparationTasks = (
  world: PreparationWorld,
  preparation: Preparation,
  only: readonly string[],
): readonly Task[] => {
  const { providers, hosts, vddk } = preparation;
  const { release } = world;
  const imageWorld = { ...world, providerProjects: providers.flatMap(({ namespace }) => namespace ?? []) };
  const isAsked = (part: (typeof preparationParts)[number]) => only.length === 0 || only.includes(part);
  const named = isAsked('providers') ? providers : [];
  return [
    ...named.map((declared) => ({ name: nameOf(declared), attempt: () => prepareProvider(world, declared) })),
    ...(isAsked('hosts') ? hosts.flatMap((host) => hostTask(world, host, providers)) : []),
    ...(vddk && isAsked('vddk')
      ? // Providers name the image too, and a built one is kept in the registry: those come first.
        [
          {
            name: 'vddk',
            after: ['registry', ...named.map(nameOf)],
            attempt: () => ('image' in vddk ? prepareImage(imageWorld, vddk) : prepareArchive(imageWorld, vddk)),
          },
        ]
      : []),
    ...(release && only.length === 0
      ? [{ name: 'undeclared', attempt: () => letGo(world, release, preparation) }]
      : []),
  ];
};

/** A host of a Provider that is declared; one of another is refused before anything begins (check-preparation.ts). */
const hostTask = (
  world: PreparationWorld,
  host: DeclaredHost,
  providers: readonly DeclaredProvider[],
): readonly Task[] =>
  providers
    .filter(({ name }) => name === host.provider)
    .map((provider) => ({
      name: `host/${provider.name}/${host.host}`,
      after: [nameOf(provider)],
      attempt: () => prepareHost(world, host, provider),
    }));
