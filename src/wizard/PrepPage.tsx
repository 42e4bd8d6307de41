import { useMemo } from 'react';
import { DocumentTitle, ListPageHeader } from '@openshift-console/dynamic-plugin-sdk';
import { PageSection } from '@patternfly/react-core';
import { followBuildLog } from '../cluster/build-log';
import { fetchCertificate, readCertificates } from '../cluster/certificate';
import { consoleCluster, useConsoleWatch } from '../cluster/console-cluster';
import { HeldWatches } from '../cluster/HeldWatches';
import { useIsImpersonating, useUserName } from '../cluster/impersonation';
import { inspectArchive } from '../cluster/inspect-archive';
import { fetchHosts, fetchInventory, fetchVsphereVersion } from '../cluster/inventory';
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
  fetchHosts,
  fetchVsphereVersion,
  inspectArchive,
  followBuildLog,
};

/** The page /migration-prep, on the console's own cluster. */
export const PrepPage = () => {
  const t = useTranslate();
  const uploadArchive = useIsImpersonating() ? uploadAsImpersonated : uploadWithProgress;
  const userName = useUserName();
  const services = useMemo(() => ({ ...fixed, uploadArchive, userName }), [uploadArchive, userName]);
  return (
    <ServicesProvider value={services}>
      <DocumentTitle>{t('Migration Prep')}</DocumentTitle>
      <ListPageHeader title={t('Migration Prep')} />
      {/* As MTV's wizard: it takes what the title leaves of the console's area. On the lowest of screens that area scrolls. */}
      <PageSection type="wizard" hasBodyWrapper={false} style={{ minHeight: '20rem' }}>
        <HeldWatches>
          <MtvProjectProvider>
            <PrepWizard />
          </MtvProjectProvider>
        </HeldWatches>
      </PageSection>
    </ServicesProvider>
  );
};
