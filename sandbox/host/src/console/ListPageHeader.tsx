import { PageSection, Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';

/** The console exports it as the module's default. */
export default ({ title, children }: { title: string; children?: ReactNode }) => (
  <PageSection hasBodyWrapper={false}>
    <Title headingLevel="h1">{title}</Title>
    {children}
  </PageSection>
);
