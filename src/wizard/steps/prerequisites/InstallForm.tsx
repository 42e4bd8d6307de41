import { useCallback, useId } from 'react';
import { Alert, Content, FormGroup, Radio } from '@patternfly/react-core';
import type { Cluster } from '../../../domain/cluster';
import { observe } from '../../../domain/converge';
import { failureText } from '../../../domain/failure';
import type { ClusterFailure } from '../../../domain/failure';
import {
  channelFlaw,
  channelFlawText,
  offerNeeds,
  offersOf,
  productCatalog,
} from '../../../domain/operators/catalog-offers';
import type { CatalogOffer } from '../../../domain/operators/catalog-offers';
import { operators } from '../../../domain/operators/operator';
import type { Operator, OperatorId } from '../../../domain/operators/operator';
import { operatorNeeds, operatorProblemText, planOperator } from '../../../domain/operators/plan-operator';
import type { OperatorWish } from '../../../domain/operators/plan-operator';
import { beforeOperator } from '../../../work/prepare/find-operator';
import { useTranslate } from '../../../parts/use-translate';
import { useAnswer } from '../../parts/use-answer';
import { useDraft } from '../../parts/use-draft';
import { useServices } from '../../ServicesContext';
import { FixForm } from './FixForm';

interface InstallFormProps {
  readonly id: OperatorId;
  /** The project that it is installed in. */
  readonly home: string;
}

interface Draft {
  /** Project and name; empty: the first that there is. */
  readonly catalog: string;
  /** Empty: the catalog's default. */
  readonly channel: string;
  readonly approval: OperatorWish['installPlanApproval'];
}

const empty: Draft = { catalog: '', channel: '', approval: 'Automatic' };

type Offers =
  | { readonly state: 'loading' }
  | { readonly state: 'known'; readonly offers: readonly CatalogOffer[] }
  | { readonly state: 'unknown'; readonly failure: ClusterFailure };

/** What the catalogs offer of an operator, asked once: the API answers from the catalogs, and cannot be watched. */
const useOffers = (operator: Operator): Offers => {
  const { cluster } = useServices();
  const [seen] = useAnswer(() => observe(cluster, offerNeeds(operator)), operator.package);
  if (!seen) return { state: 'loading' };
  return seen.ok
    ? { state: 'known', offers: offersOf(operator, seen.value.manifests) }
    : { state: 'unknown', failure: seen.error };
};

const keyOf = ({ source, sourceNamespace }: CatalogOffer): string => `${sourceNamespace}/${source}`;

/** Where an operator comes from and how it is kept up to date; then installs it. */
export const InstallForm = ({ id, home }: InstallFormProps) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const ids = useId();
  const operator = operators[id];
  const offers = useOffers(operator);
  const versions = useWatch({ list: 'clusterVersions' });
  const [draft, change] = useDraft(`install ${id}`, empty);
  const within = useCallback((cluster: Cluster) => beforeOperator(cluster, id), [id]);
  const known = offers.state === 'known' ? offers.offers : [];
  const offer = known.find((each) => keyOf(each) === draft.catalog) ?? known[0];
  const channel = offer?.channels.some(({ name }) => name === draft.channel) ? draft.channel : '';
  const flaw = channelFlaw(
    operator,
    channel === '' ? (offer?.defaultChannel ?? '') : channel,
    versions.state === 'loaded' ? versions.items[0] : undefined,
  );
  const { source, sourceNamespace } = offer ?? productCatalog;
  const wish: OperatorWish = {
    mode: 'install',
    source,
    sourceNamespace,
    installPlanApproval: draft.approval,
    ...(channel !== '' && { channel }),
  };
  return (
    <FixForm
      label={t('Install {{operator}}', { operator: operator.name })}
      action={t('Install {{operator}}', { operator: operator.name })}
      runKey={`install ${id}`}
      file={`migration-prep-${operator.package}`}
      needs={operatorNeeds(id, home)}
      plan={planOperator(operator, wish, home)}
      problemText={operatorProblemText}
      within={within}
      isDisabled={offers.state === 'loading'}
    >
      <Content component="p">{t('It is installed in project {{project}}.', { project: home })}</Content>
      {offers.state === 'unknown' && (
        <Content component="p">
          {t('What the catalogs offer cannot be read. {{why}} The default channel of catalog {{source}} is used.', {
            why: failureText(t, offers.failure),
            source,
          })}
        </Content>
      )}
      {offers.state === 'known' && !offer && (
        <Alert
          isInline
          component="h4"
          variant="warning"
          title={t('No catalog offers package {{package}} now', { package: operator.package })}
        >
          {t(
            'Check whether catalog {{source}} in project {{project}} answers, or mirror the package. If you install anyway, OLM continues as soon as the catalog has it.',
            { source, project: sourceNamespace },
          )}
        </Alert>
      )}
      {known.length > 1 && offer && (
        <FormGroup role="radiogroup" label={t('Catalog')} fieldId={`${ids}-catalog`}>
          {known.map((each) => (
            <Radio
              key={keyOf(each)}
              id={`${ids}-${keyOf(each)}`}
              name={`${ids}-catalog`}
              label={each.title === '' ? each.source : `${each.title} (${each.source})`}
              isChecked={each === offer}
              onChange={() => {
                change({ catalog: keyOf(each), channel: '' });
              }}
            />
          ))}
        </FormGroup>
      )}
      {offer && (
        <FormGroup role="radiogroup" label={t('Channel')} fieldId={`${ids}-channel`}>
          {[{ name: '', version: '' }, ...offer.channels].map(({ name, version }) => (
            <Radio
              key={name}
              id={`${ids}-channel-${name}`}
              name={`${ids}-channel`}
              label={
                name === ''
                  ? t("The catalog's default, {{channel}}", { channel: offer.defaultChannel })
                  : version === ''
                    ? name
                    : `${name} (${version})`
              }
              isChecked={name === channel}
              onChange={() => {
                change({ channel: name });
              }}
            />
          ))}
          {flaw !== undefined && (
            <Content component="p">{channelFlawText(t, channel === '' ? offer.defaultChannel : channel, flaw)}</Content>
          )}
        </FormGroup>
      )}
      <FormGroup role="radiogroup" label={t('Updates')} fieldId={`${ids}-approval`}>
        <Radio
          id={`${ids}-automatic`}
          name={`${ids}-approval`}
          label={t('Automatic')}
          description={t('OLM installs every new version of the channel.')}
          isChecked={draft.approval === 'Automatic'}
          onChange={() => {
            change({ approval: 'Automatic' });
          }}
        />
        <Radio
          id={`${ids}-manual`}
          name={`${ids}-approval`}
          label={t('Manual')}
          description={t('Somebody approves every version before it is installed, the first one as well.')}
          isChecked={draft.approval === 'Manual'}
          onChange={() => {
            change({ approval: 'Manual' });
          }}
        />
      </FormGroup>
    </FixForm>
  );
};
