import { Button } from '@patternfly/react-core';
import type { Build } from '../../../domain/objects';
import { cancelNeeds, planCancel } from '../../../domain/vddk/plan-cancel';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { useConverge } from '../../use-converge';
import { useTranslate } from '../../../parts/use-translate';

/** Ends a build that runs. */
export const CancelBuild = ({ build }: { readonly build: Build }) => {
  const t = useTranslate();
  const { run, start } = useConverge<never>();
  const { name, namespace = '' } = build.metadata;
  const cancel = () => void start(cancelNeeds(namespace, name), planCancel);
  return (
    <>
      {/* A column stretches what is directly in it. */}
      <div>
        <Button variant="secondary" isDisabled={run.state === 'running'} onClick={cancel}>
          {t('Cancel build')}
        </Button>
      </div>
      {run.state === 'failed' && <ApplyProgress run={run} problemText={() => ''} onRetry={cancel} />}
    </>
  );
};
