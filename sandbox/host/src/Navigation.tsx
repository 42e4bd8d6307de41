import { useExtensions } from '@openshift/dynamic-plugin-sdk';
import { FormSelect, FormSelectOption, Nav, NavExpandable, NavItem, NavList } from '@patternfly/react-core';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { consoleNavigation } from './console-navigation';
import { isNavEntry } from './extensions';
import type { NavEntry } from './extensions';
import { useFavorites } from './favorites';
import { inOrder } from './navigation-order';
import { extensionText } from './translation';

const perspectives = { admin: 'Core platform', 'virtualization-perspective': 'Virtualization' };
export type Perspective = keyof typeof perspectives;

const Item = ({
  entry: { name, href = '/', dataAttributes },
}: {
  entry: Pick<NavEntry, 'name' | 'href' | 'dataAttributes'>;
}) => {
  const { pathname } = useLocation();
  return (
    <NavItem isActive={pathname === href}>
      <Link to={href} {...dataAttributes}>
        {extensionText(name)}
      </Link>
    </NavItem>
  );
};

/** Closed at first, also when the page that is open stands in it; without entries it is not there. */
const Section = ({
  name,
  dataAttributes,
  entries,
}: Pick<NavEntry, 'name' | 'dataAttributes'> & { entries: readonly NavEntry[] }) => {
  const { pathname } = useLocation();
  const [isOpen, setIsOpen] = useState(false);
  if (entries.length === 0) return null;
  return (
    <NavExpandable
      title={extensionText(name)}
      isActive={entries.some(({ href }) => href === pathname)}
      isExpanded={isOpen}
      onExpand={(_, expanded) => {
        setIsOpen(expanded);
      }}
      buttonProps={dataAttributes ?? {}}
    >
      {entries.map((entry) => (
        <Item key={entry.id} entry={entry} />
      ))}
    </NavExpandable>
  );
};

/** The console's navigation: its own sections, and what plugins add for the chosen perspective. A section is there only if somebody declares it. */
export const Navigation = ({
  perspective,
  onPerspective,
}: {
  perspective: Perspective;
  onPerspective: (to: Perspective) => void;
}) => {
  const [favorites] = useFavorites();
  const ofPlugins = useExtensions(isNavEntry).map(({ properties }) => properties);
  const entries = [...consoleNavigation, ...ofPlugins].filter((each) => (each.perspective ?? 'admin') === perspective);
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
          {inOrder(entries.filter(({ section }) => section === undefined)).map((entry) =>
            entry.href === undefined ? (
              <Section
                key={entry.id}
                {...entry}
                entries={inOrder(entries.filter(({ section }) => section === entry.id))}
              />
            ) : (
              <Item key={entry.id} entry={entry} />
            ),
          )}
          {perspective === 'admin' && (
            <Section name="Favorites" entries={favorites.map(({ name, url }) => ({ id: url, name, href: url }))} />
          )}
        </NavList>
      </Nav>
    </>
  );
};
