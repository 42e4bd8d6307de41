import { DocumentTitle, ListPageHeader } from '@openshift-console/dynamic-plugin-sdk';
import { PageSection } from '@patternfly/react-core';
import { fetchCertificate } from '../cluster/certificate';
import { consoleCluster, useConsoleWatch } from '../cluster/console-cluster';
import { inspectArchive } from '../cluster/inspect-archive';
import { readInventory } from '../cluster/inventory';
import type { Services } from '../cluster/services';
import { PrepWizard } from './PrepWizard';
import { ServicesProvider } from './ServicesContext';
import { useTranslate } from './use-translate';

const services: Services = { cluster: consoleCluster, useWatch: useConsoleWatch, fetchCertificate, readInventory, inspectArchive };

/** The page /migration-prep, on the console's own cluster. */
export const PrepPage = () => {
  const t = useTranslate();
  return (
    <ServicesProvider value={services}>
      <DocumentTitle>{t('Migration Prep')}</DocumentTitle>
      <ListPageHeader title={t('Migration Prep')} />
      <PageSection isFilled hasBodyWrapper={false}>
        <PrepWizard />
      </PageSection>
    </ServicesProvider>
  );
};
