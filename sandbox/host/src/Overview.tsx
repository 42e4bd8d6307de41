import { useResolvedExtensions } from '@openshift/dynamic-plugin-sdk';
import type { ResolvedExtension } from '@openshift/dynamic-plugin-sdk';
import { useK8sWatchResources } from '@openshift-console/dynamic-plugin-sdk';
import {
  Button,
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  Flex,
  FlexItem,
  PageSection,
  Popover,
} from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import ListPageHeader from './console/ListPageHeader';
import { isHealthItem } from './extensions';
import type { HealthItem } from './extensions';
import { extensionText } from './translation';

const StatusItem = ({ item: { properties } }: { item: ResolvedExtension<HealthItem> }) => {
  const { t } = useTranslation();
  const results = useK8sWatchResources<Record<string, never>>(properties.resources);
  const { state, message } = properties.healthHandler(results, (key, params) => t(key, { ...params }));
  const title = extensionText(properties.title);
  const Popup = properties.popupComponent;
  return (
    <FlexItem>
      {Popup ? (
        // As wide as the console makes it (console-shared/src/components/dashboard/status-card/HealthItem.tsx).
        <Popover
          headerContent={extensionText(properties.popupTitle ?? properties.title)}
          bodyContent={<Popup {...results} />}
          position="top"
          enableFlip
          maxWidth="21rem"
        >
          <Button variant="link" isInline>
            {title}
          </Button>
        </Popover>
      ) : (
        title
      )}
      <div data-state={state}>{state === 'LOADING' ? 'Loading' : message}</div>
    </FlexItem>
  );
};

/** The console's Overview, as far as its Status card. */
export const Overview = () => {
  const [items] = useResolvedExtensions(isHealthItem);
  return (
    <>
      <ListPageHeader title="Overview" />
      <PageSection hasBodyWrapper={false}>
        <Card>
          <CardHeader>
            <CardTitle component="h2">Status</CardTitle>
          </CardHeader>
          <CardBody>
            <Flex spaceItems={{ default: 'spaceItemsXl' }}>
              {items.map((item) => (
                <StatusItem key={item.uid} item={item} />
              ))}
            </Flex>
          </CardBody>
        </Card>
      </PageSection>
    </>
  );
};
