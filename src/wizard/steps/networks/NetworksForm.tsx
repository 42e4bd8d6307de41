import { useRef, useState } from 'react';
import { ActionGroup, Alert, Button, Form } from '@patternfly/react-core';
import { networksProblemText } from '../../../domain/networks/draft-text';
import { checkNetworksDraft, emptyNetworksDraft, wishOf } from '../../../domain/networks/draft';
import type { NetworksProblem } from '../../../domain/networks/draft';
import { arrangeNads, commonProject, nameTakenText, networksNeeds, planNads } from '../../../domain/networks/plan-nads';
import type { NameTaken } from '../../../domain/networks/plan-nads';
import type { PortGroup } from '../../../domain/networks/port-groups';
import type { Provider } from '../../../domain/objects';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { Field } from '../../parts/Field';
import { useDraft } from '../../parts/use-draft';
import { useProject } from '../../parts/use-address';
import { useServices } from '../../ServicesContext';
import { useConverge } from '../../use-converge';
import { useTranslate } from '../../use-translate';
import { PortGroupTable } from './PortGroupTable';
import { WireFields } from './WireFields';

interface NetworksFormProps {
  readonly provider: Provider;
  readonly portGroups: readonly PortGroup[];
}

/** Chooses wire, project and port groups, and creates the networks that are missing. */
export const NetworksForm = ({ provider, portGroups }: NetworksFormProps) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const [draft, change] = useDraft('networks', emptyNetworksDraft);
  const [project, chooseProject] = useProject();
  const [isChecked, setChecked] = useState(false);
  const { run, start } = useConverge<NameTaken>();
  const form = useRef<HTMLFormElement>(null);

  const problems = checkNetworksDraft(draft, project, portGroups);
  const shown = isChecked ? problems : [];
  const textOf = (matches: (problem: NetworksProblem) => boolean): string | undefined => {
    const problem = shown.find(matches);
    return problem && networksProblemText(t, problem);
  };
  const wire = problems.some(({ field }) => field === 'bridge' || field === 'mapping');
  const nads = useWatch(project === '' ? undefined : { list: 'networkAttachmentDefinitions', namespace: project });
  // Who may not look there gets the project's own networks: right as well.
  const common = useWatch({ list: 'networkAttachmentDefinitions', namespace: commonProject });
  const wish = {
    ...wishOf(draft, project, `${provider.metadata.namespace ?? ''}/${provider.metadata.name}`, portGroups),
    ...(common.state === 'loaded' && { common: common.items }),
  };
  const arrangements = !wire && project !== '' && nads.state === 'loaded' ? arrangeNads(wish, nads.items) : [];

  const submit = async (): Promise<void> => {
    setChecked(true);
    const [first] = problems;
    if (first) {
      form.current?.querySelector<HTMLElement>(placeOf(first))?.focus();
      return;
    }
    const outcome = await start(networksNeeds(project), planNads(wish));
    if (outcome.ok) setChecked(false);
  };

  return (
    <>
      <Form
        ref={form}
        aria-label={t('Networks for the virtual machines')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field
          id="target-project"
          label={t('Project of the virtual machines')}
          isRequired
          autoComplete="off"
          value={project}
          onChange={chooseProject}
          problem={textOf(({ field }) => field === 'project')}
          hint={t('The networks are created here: a migration plan finds them in its target project.')}
        />
        <WireFields draft={draft} onChange={change} problem={textOf(({ field }) => field === 'bridge' || field === 'mapping')} />
        <PortGroupTable
          portGroups={portGroups}
          draft={draft}
          arrangements={arrangements}
          onChoose={(id, choice) => {
            change({ choices: { ...draft.choices, [id]: choice } });
          }}
          problemOf={(field, portGroup) => textOf((problem) => problem.field === field && 'portGroup' in problem && problem.portGroup === portGroup)}
        />
        {shown.some(({ field }) => field === 'port-groups') && (
          <Alert isInline isLiveRegion component="h3" variant="danger" title={textOf(({ field }) => field === 'port-groups')} />
        )}
        <ActionGroup>
          <Button type="submit" isLoading={run.state === 'running'} isDisabled={run.state === 'running'}>
            {t('Create networks')}
          </Button>
        </ActionGroup>
      </Form>
      <ApplyProgress run={run} problemText={nameTakenText} onRetry={() => void submit()} />
      {run.state === 'done' && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="success"
          title={
            run.changes.length > 0
              ? t('The networks are there: migration plans can use them.')
              : t('Nothing to do: every chosen port group has its network already.')
          }
        />
      )}
    </>
  );
};

/** Where the focus goes for a problem. */
const placeOf = (problem: NetworksProblem): string => {
  switch (problem.field) {
    case 'project':
      return '#target-project';
    case 'bridge':
    case 'mapping':
      return '#wire-name';
    case 'vlan':
      return problem.code === 'Unanswered' ? `[id="vlan-${problem.portGroup}-vlan"]` : `[id="vlan-${problem.portGroup}-text"]`;
    case 'name':
      return `[id="name-${problem.portGroup}"]`;
    case 'port-groups':
      return '#show-unused';
  }
};
