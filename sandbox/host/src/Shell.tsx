import { useResolvedExtensions } from '@openshift/dynamic-plugin-sdk';
import {
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
} from '@patternfly/react-core';
import { Suspense, useState } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { ErrorBoundary } from './ErrorBoundary';
import { isRoutePage } from './extensions';
import { Impersonation } from './Impersonation';
import { Navigation } from './Navigation';
import type { Perspective } from './Navigation';
import { Overview } from './Overview';

const Pages = () => {
  const [pages, resolved] = useResolvedExtensions(isRoutePage);
  if (!resolved) return null;
  const routes = pages.flatMap(({ uid, properties: { path, exact, component: Component } }) =>
    [path].flat().map((each) => <Route key={uid + each} path={exact ? each : `${each}/*`} element={<Component />} />),
  );
  return (
    <Routes>
      <Route path="/" element={<Navigate to="/dashboards" replace />} />
      <Route path="/dashboards" element={<Overview />} />
      {routes}
      <Route path="*" element={<h1>404: Page Not Found</h1>} />
    </Routes>
  );
};

const Header = () => (
  <Masthead>
    <MastheadMain>
      <MastheadToggle>
        <PageToggleButton isHamburgerButton aria-label="Main navigation" />
      </MastheadToggle>
      <MastheadBrand>
        <MastheadLogo component="span">Sandbox console</MastheadLogo>
      </MastheadBrand>
    </MastheadMain>
    <MastheadContent>
      <span>{window.SERVER_FLAGS.sandboxUser}</span>&emsp;<a href="/auth/login">Switch user</a>&emsp;
      <Impersonation />
    </MastheadContent>
  </Masthead>
);

/** The page around the plugin's pages. */
export const Shell = () => {
  const [perspective, setPerspective] = useState<Perspective>('admin');
  return (
    <BrowserRouter>
      <Page
        masthead={<Header />}
        sidebar={
          <PageSidebar>
            <PageSidebarBody>
              <Navigation perspective={perspective} onPerspective={setPerspective} />
            </PageSidebarBody>
          </PageSidebar>
        }
        skipToContent={<SkipToContent href="#content">Skip to content</SkipToContent>}
        mainContainerId="content"
        isManagedSidebar
      >
        <ErrorBoundary>
          <Suspense fallback={<span role="status">Loading</span>}>
            <Pages />
          </Suspense>
        </ErrorBoundary>
      </Page>
    </BrowserRouter>
  );
};
