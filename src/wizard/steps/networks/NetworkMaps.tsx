import { useState } from 'react';
import { ActionGroup, Alert, Button, Content, Form, Title } from '@patternfly/react-core';
import { newPlanPath } from '../../../domain/console-path';
import type { NetworkMap } from '../../../domain/migration-objects';
import { checkName, nameProblemText } from '../../../domain/names';
import { readNetworkMap } from '../../../domain/networks/network-map-status';
import {
  holderOfMap,
  mapNeeds,
  mapProblemText,
  planNetworkMaps,
  proposedMapName,
  providerOf,
} from '../../../domain/networks/plan-network-map';
import type { MapProblem, MapWish } from '../../../domain/networks/plan-network-map';
import type { NetworksWish } from '../../../domain/networks/arrange-nads';
import type { Provider } from '../../../domain/objects';
import { isUsable } from '../../../domain/reading';
import type { Translate } from '../../../domain/translate';
import type { Watched } from '../../../domain/watched';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { Field } from '../../parts/Field';
import { Outcome } from '../../parts/Outcome';
import { PreviewButton } from '../../parts/PreviewButton';
import { rehearsalOf } from '../../parts/rehearsal';
import { useDraft } from '../../parts/use-draft';
import { useServices } from '../../ServicesContext';
import { useConverge } from '../../use-converge';
import { useTranslate } from '../../../parts/use-translate';
import { MapOfProject } from './MapOfProject';

interface NetworkMapsProps {
  readonly provider: Provider;
  /** What is mapped, once for each target project. */
  readonly wishes: readonly NetworksWish[];
}

/** Names by project, where they were changed. */
interface MapsDraft {
  readonly names: Readonly<Record<string, string>>;
}

const nothingNamed: MapsDraft = { names: {} };

/** Makes MTV's NetworkMap of the networks that exist, one for each target project, and shows what MTV says of it. */
export const NetworkMaps = ({ provider, wishes }: NetworkMapsProps) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const { uid = '', namespace = '' } = provider.metadata;
  const [{ names }, change] = useDraft(`network-maps ${uid}`, nothingNamed);
  const maps = useWatch({ list: 'networkMaps', namespace });
  const [isChecked, setChecked] = useState(false);
  const { run, start } = useConverge<MapProblem>();
  const wanted = wishes.map((networks) => ({
    networks,
    name: names[networks.project] ?? proposedMapName(networks.provider, networks.project),
  }));
  const problems = new Map(wanted.map((each) => [each.networks.project, problemText(t, each, wanted, maps)]));
  const own = wanted.flatMap((each) => ownMap(each, maps) ?? []);
  const isReady = own.length === wanted.length && own.every((map) => isUsable(readNetworkMap(map).state));

  /** Whether it can be done as it is; what is wrong is said, and gets the focus. */
  const isFilledIn = (): boolean => {
    setChecked(true);
    const first = wanted.find(({ networks }) => problems.get(networks.project) !== undefined);
    if (first) document.getElementById(`map-of-${first.networks.project}`)?.focus();
    return !first;
  };
  const submit = async (): Promise<void> => {
    if (!isFilledIn()) return;
    const outcome = await start(mapNeeds(wanted), planNetworkMaps(wanted));
    if (outcome.ok) setChecked(false);
  };

  return (
    <section aria-labelledby="network-maps">
      <Title id="network-maps" headingLevel="h3" size="lg">
        {t('Network map for migration plans')}
      </Title>
      <Content component="p">
        {t(
          'A NetworkMap tells MTV which network each port group becomes. A migration plan that uses it has its networks mapped already.',
        )}
      </Content>
      <Form
        aria-label={t('Network map for migration plans')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {wanted.map(({ name, networks: { project } }) => (
          <Field
            key={project}
            id={`map-of-${project}`}
            label={t('Name of the NetworkMap for {{project}}', { project })}
            isRequired
            autoComplete="off"
            value={name}
            // A name that somebody else's map has is wrong before it is submitted.
            problem={isChecked || checkName(name) === undefined ? problems.get(project) : undefined}
            hint={t('It is created in {{project}}, beside the provider.', { project: namespace })}
            onChange={(typed) => {
              change({ names: { ...names, [project]: typed } });
            }}
          />
        ))}
        <ActionGroup>
          <Button
            type="submit"
            variant="secondary"
            isLoading={run.state === 'running'}
            isDisabled={run.state === 'running'}
          >
            {own.length === wanted.length
              ? t('Update the NetworkMap')
              : wanted.length > 1
                ? t('Create NetworkMaps')
                : t('Create a NetworkMap')}
          </Button>
          <PreviewButton
            file="migration-prep-network-map"
            isDisabled={run.state === 'running'}
            ask={() =>
              isFilledIn()
                ? rehearsalOf({ needs: mapNeeds(wanted), plan: planNetworkMaps(wanted) }, mapProblemText)
                : undefined
            }
          />
        </ActionGroup>
      </Form>
      <ApplyProgress run={run} problemText={mapProblemText} onRetry={() => void submit()} />
      {run.state === 'done' && (
        <Outcome>
          <Alert
            isInline
            isLiveRegion
            component="h4"
            variant="success"
            title={
              run.changes.length > 0
                ? t('The NetworkMap maps every selected port group.')
                : t('Nothing to do: the NetworkMap already maps every selected port group.')
            }
          />
        </Outcome>
      )}
      {maps.state === 'failed' || maps.state === 'absent' ? (
        <MapOfProject watched={maps} />
      ) : (
        own.map((map) => <MapOfProject key={map.metadata.uid} map={map} />)
      )}
      {isReady && (
        <Content component="p">
          <a href={newPlanPath(namespace)}>{t('Create a migration plan')}</a>{' '}
          {t("In MTV's wizard, choose the project {{project}} and an existing network map: {{list}}.", {
            project: namespace,
            list: wanted
              .map(({ name, networks }) => (wanted.length > 1 ? `${name} → ${networks.project}` : name))
              .join(', '),
          })}
        </Content>
      )}
    </section>
  );
};

const itemsOf = (maps: Watched<NetworkMap>): readonly NetworkMap[] => (maps.state === 'loaded' ? maps.items : []);

const mapNamed = ({ name }: MapWish, maps: Watched<NetworkMap>): NetworkMap | undefined =>
  itemsOf(maps).find(({ metadata }) => metadata.name === name);

const ownMap = (wish: MapWish, maps: Watched<NetworkMap>): NetworkMap | undefined => {
  const map = mapNamed(wish, maps);
  return map && holderOfMap(map, providerOf(wish.networks)) === undefined ? map : undefined;
};

const problemText = (
  t: Translate,
  wish: MapWish,
  all: readonly MapWish[],
  maps: Watched<NetworkMap>,
): string | undefined => {
  const { name, networks } = wish;
  const code = checkName(name);
  if (code) return nameProblemText(t, code);
  if (all.some((other) => other !== wish && other.name === name))
    return t('Each project needs a NetworkMap of its own. Choose another name.');
  const map = mapNamed(wish, maps);
  const by = map && holderOfMap(map, providerOf(networks));
  return by && mapProblemText(t, { code: 'MapNameTaken', name, by });
};
