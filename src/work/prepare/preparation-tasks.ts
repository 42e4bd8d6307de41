import type { DeclaredHost, DeclaredProvider, Preparation } from '../../domain/preparation';
import { prepareArchive } from './declared-archive';
import type { ArchiveWorld } from './declared-archive';
import { prepareHost } from './declared-host';
import type { HostWorld } from './declared-host';
import { prepareImage } from './declared-image';
import { prepareProvider } from './declared-provider';
import type { ConnectionWorld } from './declared-provider';
import { failed } from './task';
import type { Task } from './task';
import { letGo } from './undeclared';

/** Parts of what is declared, in the order in which they are made. */
export const preparationParts = ['providers', 'hosts', 'vddk'] as const;

/** What the tasks need of the world outside. Without `fetchHosts` there is no way to MTV's inventory, and so to no ESXi host. */
export type PreparationWorld = ConnectionWorld & ArchiveWorld & Partial<Pick<HostWorld, 'fetchHosts'>>;

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

/** A host of a Provider that is declared; one of another is refused before anything begins (check-preparation.ts). */
const hostTask = (
  world: PreparationWorld,
  host: DeclaredHost,
  providers: readonly DeclaredProvider[],
): readonly Task[] => {
  const { fetchHosts } = world;
  return providers
    .filter(({ name }) => name === host.provider)
    .map((provider) => ({
      name: `host/${provider.name}/${host.host}`,
      after: [nameOf(provider)],
      attempt: () =>
        fetchHosts
          ? prepareHost({ ...world, fetchHosts }, host, provider)
          : Promise.resolve(
              failed(
                "There is no way to MTV's inventory from here, which knows the ESXi hosts. The controller has one.",
              ),
            ),
    }));
};
