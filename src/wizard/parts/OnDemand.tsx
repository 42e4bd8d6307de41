import { Skeleton } from '@patternfly/react-core';
import { useTranslate } from '../../parts/use-translate';
import { NotLoaded } from './NotLoaded';
import { useOnDemand } from './use-on-demand';
import type { Load } from './use-on-demand';

interface OnDemandProps<P> {
  readonly load: Load<P>;
  readonly props: P;
  /** What is most likely wanted after it. */
  readonly next?: Load | undefined;
}

/** A component that is fetched when it is first shown. */
export const OnDemand = <P extends object>({ load, props, next }: OnDemandProps<P>) => {
  const t = useTranslate();
  const [body, again] = useOnDemand(load, next);
  switch (body.state) {
    case 'loading':
      return <Skeleton screenreaderText={t('Loading…')} />;
    case 'loaded':
      return <body.Body {...props} />;
    case 'failed':
      return <NotLoaded onRetry={again} />;
  }
};
