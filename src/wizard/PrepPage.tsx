import { useMemo } from 'react';
import { DocumentTitle, ListPageHeader } from '@openshift-console/dynamic-plugin-sdk';
import { PageSection } from '@patternfly/react-core';
import { followBuildLog } from '../cluster/build-log';
import { fetchCertificate, readCertificates } from '../cluster/certificate';
import { consoleCluster, useConsoleWatch } from '../cluster/console-cluster';
import { HeldWatches } from '../cluster/HeldWatches';
import { useIsImpersonating } from '../cluster/impersonation';
import { inspectArchive } from '../cluster/inspect-archive';
import { fetchInventory } from '../cluster/inventory';
import { fetchServedSettings } from '../cluster/served-settings';
import type { Services } from '../cluster/services';
import { uploadAsImpersonated, uploadWithProgress } from '../cluster/upload-archive';
import { MtvProjectProvider } from './MtvProjectContext';
import { PrepWizard } from './PrepWizard';
import { ServicesProvider } from './ServicesContext';
import { useTranslate } from '../parts/use-translate';

const fixed: Omit<Services, 'uploadArchive'> = {
  cluster: consoleCluster,
  useWatch: useConsoleWatch,
  fetchSettings: fetchServedSettings,
  fetchCertificate,
  readCertificates,
  fetchInventory,
  inspectArchive,
  followBuildLog,
};

/** The page /migration-prep, on the console's own cluster. */
export const PrepPage = () => {
  const t = useTranslate();
  const uploadArchive = useIsImpersonating() ? uploadAsImpersonated : uploadWithProgress;
  const services = useMemo(() => ({ ...fixed, uploadArchive }), [uploadArchive]);
  return (
    <ServicesProvider value={services}>
      <DocumentTitle>{t('Migration Prep')}</DocumentTitle>
      <ListPageHeader title={t('Migration Prep')} />
      <PageSection isFilled hasBodyWrapper={false}>
        <HeldWatches>
          <MtvProjectProvider>
            <PrepWizard />
          </MtvProjectProvider>
        </HeldWatches>
      </PageSection>
    </ServicesProvider>
  );
};
