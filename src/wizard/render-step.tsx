import type { ReactElement } from 'react';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import type { MemoryCluster } from '../cluster/memory-cluster';
import type { Services } from '../cluster/services';
import { err } from '../domain/result';
import { DraftsProvider } from './DraftsContext';
import { ServicesProvider } from './ServicesContext';

interface World {
  readonly cluster: MemoryCluster;
  /** What a spec needs of the rest; whatever it leaves out does not answer. */
  readonly services?: Partial<Services>;
  readonly project?: string;
}

/** Renders a step over a cluster in memory, as the page would. For specs. */
export const renderStep = (step: ReactElement, { cluster, services = {}, project }: World) => {
  const silent: Services = {
    cluster,
    useWatch: cluster.useWatch,
    fetchCertificate: () => Promise.resolve(err({ code: 'Unreachable' })),
    readInventory: () => Promise.resolve(err({ code: 'Unreachable' })),
    inspectArchive: () => Promise.resolve(err({ code: 'Unreadable' })),
    upload: () => ({ build: Promise.resolve(err({ code: 'Unreachable', message: '' })), cancel: () => undefined }),
    followBuildLog: () => Promise.resolve(err({ code: 'Unreachable', message: '' })),
    ...services,
  };
  const address = project === undefined ? '/migration-prep' : `/migration-prep?project=${project}`;
  return {
    user: userEvent.setup(),
    ...render(
      <MemoryRouter initialEntries={[address]}>
        <ServicesProvider value={silent}>
          <DraftsProvider>{step}</DraftsProvider>
        </ServicesProvider>
      </MemoryRouter>,
    ),
  };
};
