import type { ReactElement } from 'react';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import type { MemoryCluster } from '../cluster/memory-cluster';
import { DraftsProvider } from './DraftsContext';
import { ServicesProvider } from './ServicesContext';

interface World {
  readonly cluster: MemoryCluster;
  readonly project?: string;
}

/** Renders a step over a cluster in memory, as the page would. For specs. */
export const renderStep = (step: ReactElement, { cluster, project }: World) => {
  const address = project === undefined ? '/migration-prep' : `/migration-prep?project=${project}`;
  return {
    user: userEvent.setup(),
    ...render(
      <MemoryRouter initialEntries={[address]}>
        <ServicesProvider value={{ cluster, useWatch: cluster.useWatch }}>
          <DraftsProvider>{step}</DraftsProvider>
        </ServicesProvider>
      </MemoryRouter>,
    ),
  };
};
