import { useExtensions } from '@openshift/dynamic-plugin-sdk';
import type { LoadedExtension } from '@openshift/dynamic-plugin-sdk';
import { useAccessReview } from '@openshift-console/dynamic-plugin-sdk';
import {
  Flex,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Page,
  PageSidebar,
  PageSection,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
} from '@patternfly/react-core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { logOut } from './console/console-fetch';
import ListPageHeader from './console/ListPageHeader';
import { ErrorBoundary } from './ErrorBoundary';
import { isRoutePage } from './extensions';
import type { RoutePage } from './extensions';
import { FlagHooks } from './FlagHooks';
import { Impersonation } from './Impersonation';
import { Navigation } from './Navigation';
import type { Perspective } from './Navigation';
import { Overview } from './Overview';

/** A page of a plugin: its module is loaded when it is opened, not before. */
const LazyPage = ({ page: { properties } }: { page: LoadedExtension<RoutePage> }) => {
  const { component } = properties;
  const Page = useMemo(() => lazy(async () => ({ default: await component() })), [component]);
  return (
    <Suspense fallback={<span role="status">Loading</span>}>
      <Page />
    </Suspense>
  );
};

/** The Overview is for those who may see the whole cluster. */
const LandingPage = () => {
  const [canListProjects, isAsking] = useAccessReview({ resource: 'namespaces', verb: 'list' });
  return isAsking ? null : <Navigate to={canListProjects ? '/dashboards' : '/k8s/cluster/projects'} replace />;
};

const Pages = () => {
  const routes = useExtensions(isRoutePage).flatMap((page) =>
    [page.properties.path]
      .flat()
      .map((path) => (
        <Route
          key={page.uid + path}
          path={page.properties.exact ? path : `${path}/*`}
          element={<LazyPage page={page} />}
        />
      )),
  );
  return (
    <Routes>
      <Route path="/" element={<LandingPage />} />
      <Route path="/dashboards" element={<Overview />} />
      <Route path="/k8s/cluster/projects" element={<ListPageHeader title="Projects" />} />
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
      <span>{window.SERVER_FLAGS.sandboxUser}</span>&emsp;
      <button
        type="button"
        onClick={() => {
          logOut();
        }}
      >
        Log out
      </button>
      &emsp;
      <Impersonation />
    </MastheadContent>
  </Masthead>
);

/**
 * The page around the plugin's pages: a page of a plugin stands directly in `#content-scrollable`, and gets its height from there
 * (docs/facts/console-host.md, "The area of a page").
 */
export const Shell = () => {
  const [perspective, setPerspective] = useState<Perspective>('admin');
  return (
    <BrowserRouter>
      <FlagHooks />
      <Flex id="app-content" direction={{ default: 'column' }} style={{ flex: '1 0 auto', height: '100%' }}>
        <Page
          isContentFilled
          id="content"
          mainTabIndex={null}
          style={{ flex: '1', height: '0' }}
          masthead={<Header />}
          sidebar={
            <PageSidebar>
              <PageSidebarBody>
                <Navigation perspective={perspective} onPerspective={setPerspective} />
              </PageSidebarBody>
            </PageSidebar>
          }
          skipToContent={<SkipToContent href="#content-scrollable">Skip to content</SkipToContent>}
          notificationDrawer={<></>}
          isManagedSidebar
        >
          <PageSection
            hasBodyWrapper={false}
            padding={{ default: 'noPadding' }}
            className="pf-v6-c-page__main-section--no-gap"
          />
          <PageSection
            isFilled
            hasBodyWrapper={false}
            padding={{ default: 'noPadding' }}
            className="pf-v6-c-page__main-section--no-gap pf-v6-u-flex-shrink-1"
            id="content-scrollable"
          >
            <ErrorBoundary>
              <Pages />
            </ErrorBoundary>
          </PageSection>
        </Page>
      </Flex>
    </BrowserRouter>
  );
};
