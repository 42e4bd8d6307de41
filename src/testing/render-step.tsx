import type { ReactElement } from 'react';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import type { MemoryCluster } from './memory-cluster';
import { readCertificates } from '../cluster/read-certificate';
import type { Services } from '../cluster/services';
import { err } from '../domain/result';
import { DraftsProvider } from '../wizard/DraftsContext';
import { MtvProjectProvider } from '../wizard/MtvProjectContext';
import { ServicesProvider } from '../wizard/ServicesContext';
import { StepActionProvider } from '../wizard/StepActionProvider';
import { StepFooter } from '../wizard/StepFooter';

interface World {
  readonly cluster: MemoryCluster;
  readonly project?: string;
  /** The step that the page's address names. */
  readonly step?: string;
  /** What else the step asks of the world; without an answer of its own, nothing can be reached. */
  readonly services?: Partial<Services>;
}

const unreachable: Omit<Services, 'cluster' | 'useWatch'> = {
  // Never answered: a spec that is about the file says what is in it.
  fetchSettings: () => new Promise(() => undefined),
  // Nothing of the world outside: the parser itself.
  readCertificates: (source) => Promise.resolve(readCertificates(source)),
  fetchCertificate: () => Promise.resolve(err({ code: 'Unreachable' })),
  fetchInventory: () => Promise.resolve(err({ code: 'Unreachable' })),
  fetchHosts: () => Promise.resolve(err({ code: 'Unreachable' })),
  fetchVsphereVersion: () => Promise.resolve(undefined),
  inspectArchive: () => Promise.resolve(err({ code: 'Unreadable' })),
  uploadArchive: ({ project, config }) => {
    const failure = {
      code: 'Unreachable',
      message: '',
      kind: 'buildConfigs',
      verb: 'create',
      name: config,
      namespace: project,
    } as const;
    return Promise.resolve(err({ code: 'Refused', failure }));
  },
  followBuildLog: ({ build }) =>
    Promise.resolve(err({ code: 'Unreachable', message: '', kind: 'builds', verb: 'get', name: build })),
};

/** Renders a step over a cluster in memory, as the page would: with the footer, which has the step's primary action. For specs. */
export const renderStep = (step: ReactElement, world: World) =>
  renderPage(
    <DraftsProvider>
      <StepActionProvider>
        {step}
        <StepFooter />
      </StepActionProvider>
    </DraftsProvider>,
    world,
  );

/** Renders what has the page's footer already, or none. For specs. */
export const renderPage = (page: ReactElement, { cluster, project, step: asked, services }: World) => {
  const search = new URLSearchParams({ ...(project !== undefined && { project }), ...(asked && { step: asked }) });
  return {
    user: userEvent.setup(),
    ...render(
      <MemoryRouter initialEntries={[`/migration-prep?${search.toString()}`]}>
        <ServicesProvider value={{ cluster, useWatch: cluster.useWatch, ...unreachable, ...services }}>
          <MtvProjectProvider>{page}</MtvProjectProvider>
        </ServicesProvider>
      </MemoryRouter>,
    ),
  };
};
