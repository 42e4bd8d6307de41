import { useEffect, useRef, useState } from 'react';
import { ActionGroup, Alert, Button, Content, Form } from '@patternfly/react-core';
import { networksProblemText } from '../../../domain/networks/draft-text';
import { isLeftOut, isSwitchAsked, selectionOf, attachmentDraftOf } from '../../../domain/networks/draft';
import type { NetworksProblem } from '../../../domain/networks/draft';
import { wishesIn } from '../../../domain/networks/arrange-nads';
import { nodesUnknownText } from '../../../domain/networks/nodes-unknown';
import type { NameTaken } from '../../../domain/networks/plan-nads';
import type { PortGroup } from '../../../domain/networks/port-groups';
import type { Provider } from '../../../domain/objects';
import { NotLoaded } from '../../parts/NotLoaded';
import { OnDemand } from '../../parts/OnDemand';
import { PreviewButton } from '../../parts/PreviewButton';
import { ProjectChooser } from '../../parts/ProjectChooser';
import { useMoreProjects, useProject } from '../../parts/use-address';
import { useConverge } from '../../use-converge';
import { useTranslate } from '../../../parts/use-translate';
import { PortGroupTable } from './PortGroupTable';
import { useNetworks } from './use-networks';
import { AttachmentFields } from './AttachmentFields';

interface NetworksFormProps {
  readonly provider: Provider;
  readonly portGroups: readonly PortGroup[];
}

const loadPlan = () => import('../../../domain/networks/plan-nads');
const loadMore = async () => (await import('./MoreProjects')).MoreProjects;
const loadRun = async () => (await import('./NetworksRun')).NetworksRun;
const loadMaps = async () => (await import('./NetworkMaps')).NetworkMaps;

/** Says per switch what it is on the nodes, chooses project and port groups, and creates the networks that are missing. */
export const NetworksForm = ({ provider, portGroups }: NetworksFormProps) => {
  const t = useTranslate();
  const [project, chooseProject] = useProject();
  const [more, chooseMore] = useMoreProjects();
  const [isAdding, setAdding] = useState(false);
  const [fetching, setFetching] = useState<'underway' | 'failed'>();
  const networks = useNetworks(provider, portGroups, project);
  const { draft, change, switches, seen, world, problems, wish, arrangements } = networks;
  const projects = [...new Set([project, ...more])];
  const wishes = wishesIn(wish, projects);
  const [isChecked, setChecked] = useState(false);
  const [opened, setOpened] = useState<Readonly<Record<string, number>>>({});
  const [toMend, setToMend] = useState<NetworksProblem>();
  const { run, start } = useConverge<NameTaken>();
  const isBusy = run.state === 'running' || fetching === 'underway';
  const form = useRef<HTMLFormElement>(null);

  // After what was folded away has been opened.
  useEffect(() => {
    if (toMend) form.current?.querySelector<HTMLElement>(placeOf(toMend))?.focus();
  }, [toMend]);

  const shown = new Map((isChecked ? problems : []).map((problem) => [keyOf(problem), problem]));
  const textAt = (key: string): string | undefined => {
    const problem = shown.get(key);
    return problem && networksProblemText(t, problem);
  };
  const isPerNicUnknown =
    (world.networkPerNic ?? 'unknown') === 'unknown' && wish.portGroups.some(({ copies }) => copies > 1);

  /** Whether every port group that is chosen has its network. */
  const isComplete =
    !problems[0] && !!arrangements[0] && !arrangements.some(({ missing, inTheWay }) => missing[0] ?? inTheWay[0]);

  /** Whether the form can be used as it is; what is wrong is said, and gets the focus. */
  const isFilledIn = (): boolean => {
    setChecked(true);
    const [first] = problems;
    if (first) {
      const folded = problems.flatMap((each) =>
        each.field === 'attachment' && /^(in-vlan|mtu)$/.test(each.problem.field) ? [each.source] : [],
      );
      setOpened((before) => ({
        ...before,
        ...Object.fromEntries(folded.map((source) => [source, (before[source] ?? 0) + 1])),
      }));
      setToMend({ ...first });
    }
    return !first;
  };

  const submit = async (): Promise<void> => {
    if (!isFilledIn()) return;
    setFetching('underway');
    const plan = await loadPlan().catch(() => undefined);
    setFetching(plan ? undefined : 'failed');
    if (!plan) return;
    const outcome = await start(plan.projectsNeeds(projects), plan.planNadsIn(wishes));
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
        <ProjectChooser
          id="target-project"
          label={t('Project of the virtual machines')}
          isRequired
          value={project}
          onChange={chooseProject}
          problem={textAt('project')}
          hint={t('The networks are created in this project. Migration plans with this target project can use them.')}
        />
        {project !== '' &&
          (isAdding || more[0] ? (
            <OnDemand load={loadMore} props={{ project, projects: more, onChange: chooseMore, wish }} />
          ) : (
            <div>
              <Button
                variant="link"
                isInline
                onClick={() => {
                  setAdding(true);
                }}
              >
                {t('Add further projects')}
              </Button>
            </div>
          ))}
        {isSwitchAsked(switches) && (
          <Content component="p">
            {t(
              'Each vSphere switch is a separate physical network. Enter the same bridge for two switches only if they share one. Port groups with the same VLAN then share a network.',
            )}
          </Content>
        )}
        {seen.state === 'unknown' && <Content component="p">{nodesUnknownText(t, seen.why)}</Content>}
        {switches.map((source) => (
          <AttachmentFields
            key={source.id}
            source={source}
            attachment={attachmentDraftOf(draft, source)}
            nodes={world.nodes}
            advice={seen.state === 'loading' ? 'loading' : networks.advice.get(source.id)}
            isSuggested={networks.proposals.has(source.id)}
            NewBridge={networks.side?.NewBridge}
            isOneOfMany={switches.length > 1}
            opened={opened[source.id] ?? 0}
            onChange={(patch) => {
              change({
                attachments: { ...draft.attachments, [source.id]: { ...attachmentDraftOf(draft, source), ...patch } },
              });
            }}
            problemOf={(field) => textAt(`attachment ${field} ${source.id}`)}
          />
        ))}
        <PortGroupTable
          portGroups={portGroups}
          draft={draft}
          arrangements={arrangements}
          onChoose={(choices) => {
            change({ choices: { ...draft.choices, ...choices } });
          }}
          problemOf={(field, portGroup) => textAt(`${field} ${portGroup}`)}
          toMend={toMend}
        />
        {isPerNicUnknown && (
          <Content component="p">
            {t(
              'Some virtual machines have several NICs on one port group. The version of MTV could not be read, so one network is created for each NIC, as MTV 2.11 needs it.',
            )}
          </Content>
        )}
        {shown.has('port-groups') && (
          <Alert isInline isLiveRegion component="h3" variant="danger" title={textAt('port-groups')} />
        )}
        <ActionGroup>
          <Button type="submit" isLoading={isBusy} isDisabled={isBusy}>
            {t('Create networks')}
          </Button>
          <PreviewButton
            file="migration-prep-networks"
            isDisabled={isBusy}
            ask={() =>
              isFilledIn()
                ? async (cluster) => (await import('./networks-rehearsal')).rehearsalOfNetworks(wishes)(cluster)
                : undefined
            }
          />
        </ActionGroup>
      </Form>
      {fetching === 'failed' && <NotLoaded onRetry={() => void submit()} />}
      {run.state !== 'idle' && (
        <OnDemand
          load={loadRun}
          props={{
            run,
            onRetry: () => void submit(),
            isLeavingOut: portGroups.some(
              (each) => isLeftOut(draft, each) && selectionOf(each, draft.choices[each.id]) !== 'out',
            ),
          }}
        />
      )}
      {isComplete && <OnDemand load={loadMaps} props={{ provider, wishes }} />}
    </>
  );
};

/** The place of a problem on the page, as a text. */
const keyOf = (problem: NetworksProblem): string => {
  switch (problem.field) {
    case 'attachment':
      return `attachment ${problem.problem.field} ${problem.source}`;
    case 'vlan':
    case 'tag':
    case 'name':
      return `${problem.field} ${problem.portGroup}`;
    case 'project':
    case 'port-groups':
      return problem.field;
  }
};

/** Where the focus goes for a problem. */
const placeOf = (problem: NetworksProblem): string => {
  switch (problem.field) {
    case 'project':
      return '#target-project';
    case 'attachment':
      return `[id="attachment-${problem.source}-${attachmentPlaces[problem.problem.field]}"]`;
    case 'vlan':
      return problem.code === 'Unanswered'
        ? `[id="vlan-${problem.portGroup}-use"]`
        : `[id="vlan-${problem.portGroup}-text"]`;
    case 'tag':
      return `[id="choose-${problem.portGroup}"]`;
    case 'name':
      return `[id="name-${problem.portGroup}"]`;
    case 'port-groups':
      return '#show-unused';
  }
};

const attachmentPlaces = {
  attachment: 'none',
  bridge: 'name',
  mapping: 'name',
  'in-vlan': 'in-vlan',
  mtu: 'mtu',
} as const;
