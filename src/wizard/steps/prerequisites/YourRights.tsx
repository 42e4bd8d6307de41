import { Content, Skeleton, Title } from '@patternfly/react-core';
import type { Check } from '../../../domain/checks/check';
import { isListing, isReferred, keyOf } from '../../../domain/checks/need';
import type { Right } from '../../../domain/cluster';
import type { Facts } from '../../../domain/watched';
import { distinctRights } from '../../../domain/rights';
import { useTranslate } from '../../../parts/use-translate';
import { OnDemand } from '../../parts/OnDemand';
import type { KnownRights } from '../../use-rights';

interface YourRightsProps {
  readonly checks: readonly Check[];
  readonly facts: Facts;
  /** Of what can be set up from here. */
  readonly known: KnownRights;
  readonly onRetry: () => void;
}

const load = async () => (await import('../../parts/MissingRights')).MissingRights;

/** What the user may look at and set up here; what is missing is named, with the roles that grant it. */
export const YourRights = ({ checks, facts, known, onRetry }: YourRightsProps) => {
  const t = useTranslate();
  const missing = known.state === 'known' ? [...toLook(checks, facts), ...known.missing] : [];
  return (
    <section aria-labelledby="your-rights">
      <Title id="your-rights" headingLevel="h3" size="md">
        {t('Your rights')}
      </Title>
      {known.state === 'asking' && <Skeleton screenreaderText={t('Checking your rights…')} width="20rem" />}
      {known.state === 'known' && missing.length + known.unknown.length === 0 && (
        <Content component="p">{t('You have the rights to check all of this and to set up what is missing.')}</Content>
      )}
      {known.state === 'known' && known.unknown.length > 0 && (
        <Content component="p">
          {t('The cluster did not say whether you have all rights. What is not known is not offered.')}
        </Content>
      )}
      {missing.length > 0 && (
        <OnDemand
          load={load}
          props={{ rights: missing, title: t('You do not have all rights for this step'), onRetry }}
        />
      )}
    </section>
  );
};

/** The rights to see what the checks could not be looked at for. */
const toLook = (checks: readonly Check[], facts: Facts): readonly Right[] => {
  const rights = checks
    .flatMap(({ needs }) => needs)
    .flatMap((need): readonly Right[] => {
      const fact = facts[keyOf(need)];
      if (isReferred(need) || fact?.state !== 'failed' || fact.failure.code !== 'Forbidden') return [];
      const kind = isListing(need) ? need.list : need.kind;
      const namespace = !isListing(need) && need.place ? need.place.find(facts) : undefined;
      return (['list', 'watch'] as const).map((verb) => ({
        kind,
        verb,
        ...(namespace !== undefined && { namespace }),
      }));
    });
  return distinctRights(rights);
};
