import { Button, Flex, FlexItem, PageSection, Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useFavorites } from '../favorites';

/** The console exports it as the module's default. Its star marks the page as a favorite. As there, the section has an element around it. */
export default ({ title, children }: { title: string; children?: ReactNode }) => {
  const [favorites, toggle] = useFavorites();
  const { pathname } = window.location;
  const isFavorite = favorites.some(({ url }) => url === pathname);
  return (
    <div className="co-page-heading">
      <PageSection hasBodyWrapper={false}>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
          <FlexItem>
            <Title headingLevel="h1">{title}</Title>
          </FlexItem>
          <FlexItem>
            <Button
              variant="plain"
              isFavorite
              isFavorited={isFavorite}
              aria-label={isFavorite ? 'Remove from favorites' : 'Add to favorites'}
              aria-pressed={isFavorite}
              onClick={() => {
                toggle({ name: title, url: pathname });
              }}
            />
            {children}
          </FlexItem>
        </Flex>
      </PageSection>
    </div>
  );
};
