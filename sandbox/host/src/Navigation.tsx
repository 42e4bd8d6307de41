import { useExtensions, useFeatureFlag } from '@openshift/dynamic-plugin-sdk';
import { FormSelect, FormSelectOption, Nav, NavExpandable, NavItem, NavList } from '@patternfly/react-core';
import { Link, useLocation } from 'react-router';
import { isNavHref, isNavSection } from './extensions';
import { extensionText } from './translation';

const perspectives = { admin: 'Core platform', 'virtualization-perspective': 'Virtualization' };
export type Perspective = keyof typeof perspectives;

/** Sections that MTV's own console plugin adds once MTV is installed (docs/facts/forklift.md, docs/facts/sdk-ux.md). */
const mtvSections: Record<Perspective, string> = { admin: 'migration', 'virtualization-perspective': 'migration-virt-perspective' };

/** The console's navigation: its Overview, and what plugins add for the chosen perspective. */
export const Navigation = ({ perspective, onPerspective }: { perspective: Perspective; onPerspective: (to: Perspective) => void }) => {
  const { pathname } = useLocation();
  const [isMtvInstalled] = useFeatureFlag('MIGRATION_PREP_MTV');
  const hrefs = useExtensions(isNavHref).filter(({ properties }) => (properties.perspective ?? 'admin') === perspective);
  const own = useExtensions(isNavSection).filter(({ properties }) => (properties.perspective ?? 'admin') === perspective);
  const sections = [
    ...(isMtvInstalled ? [{ id: mtvSections[perspective], name: 'Migration for Virtualization' }] : []),
    ...own.map(({ properties: { id, name } }) => ({ id, name: extensionText(name) })),
  ];
  return (
    <>
      <FormSelect
        aria-label="Perspective"
        value={perspective}
        onChange={(_, value) => {
          onPerspective(value as Perspective);
        }}
      >
        {Object.entries(perspectives).map(([id, name]) => (
          <FormSelectOption key={id} value={id} label={name} />
        ))}
      </FormSelect>
      <Nav aria-label="Main">
        <NavList>
          <NavItem isActive={pathname === '/dashboards'}>
            <Link to="/dashboards">Overview</Link>
          </NavItem>
          {sections.map((section) => (
            <NavExpandable key={section.id} title={section.name} isExpanded>
              {hrefs
                .filter(({ properties }) => properties.section === section.id)
                .map(({ properties: { id, name, href } }) => (
                  <NavItem key={id} isActive={pathname === href}>
                    <Link to={href}>{extensionText(name)}</Link>
                  </NavItem>
                ))}
            </NavExpandable>
          ))}
        </NavList>
      </Nav>
    </>
  );
};
