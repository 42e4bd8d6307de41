import type { ReactNode } from 'react';
import { ActionGroup, Button, Form } from '@patternfly/react-core';
import type { Cluster, Needs, Seen } from '../../../domain/cluster';
import type { Plan } from '../../../domain/converge';
import type { Translate } from '../../../domain/translate';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { PreviewButton } from '../../parts/PreviewButton';
import { rehearsalOf } from '../../parts/rehearsal';
import { useConverge } from '../../use-converge';

interface FixFormProps<N extends Needs, P> {
  /** The form's name. */
  readonly label: string;
  /** What the button says that does it. */
  readonly action: string;
  /** By which a step that was left finds the run again. */
  readonly runKey: string;
  /** Of the preview's file, without extension. */
  readonly file: string;
  readonly needs: N;
  readonly plan: (seen: Seen<N>) => Plan<P>;
  readonly problemText: (t: Translate, problem: P) => string;
  /** The cluster as the planner is to see it; always the same function. */
  readonly within?: (cluster: Cluster) => Cluster;
  /** Whether the form can be used as it is. What is wrong is said by then, and has the focus. */
  readonly isFilledIn?: () => boolean;
  /** Also while nothing runs. */
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

/** A form that puts one prerequisite right: its fields, the button, the preview, and how far it is. */
export const FixForm = <N extends Needs, P>(props: FixFormProps<N, P>) => {
  const { label, action, runKey, file, needs, plan, problemText, within, children } = props;
  const { isFilledIn = () => true, isDisabled = false } = props;
  const { run, start } = useConverge<P>(runKey, within);
  const isBusy = run.state === 'running';
  const submit = (): void => {
    if (isFilledIn()) void start(needs, plan);
  };
  return (
    <>
      <Form
        aria-label={label}
        isWidthLimited
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {children}
        <ActionGroup>
          <Button type="submit" isLoading={isBusy} isDisabled={isBusy || isDisabled}>
            {action}
          </Button>
          <PreviewButton
            file={file}
            isDisabled={isBusy || isDisabled}
            ask={() => {
              if (!isFilledIn()) return undefined;
              const rehearsal = rehearsalOf({ needs, plan }, problemText);
              return within ? (cluster) => rehearsal(within(cluster)) : rehearsal;
            }}
          />
        </ActionGroup>
      </Form>
      <ApplyProgress run={run} problemText={problemText} onRetry={submit} />
    </>
  );
};
