import { useState } from 'react';
import { Alert, Content } from '@patternfly/react-core';
import type { Check, Verdict, VerdictState } from '../../../domain/checks/check';
import { fixOf, holderOf, installationOf, projectOfFix, rightsOfFix } from '../../../domain/checks/fixes';
import type { Fix } from '../../../domain/checks/fixes';
import { nodeHealthCheck } from '../../../domain/checks/node-health-check';
import { prerequisiteChecks } from '../../../domain/checks/prerequisites';
import { isUsable } from '../../../domain/reading';
import type { Facts } from '../../../domain/watched';
import { useTranslate } from '../../../parts/use-translate';
import { StepHeading } from '../../parts/StepHeading';
import { useServices } from '../../ServicesContext';
import { useFacts } from '../../use-facts';
import { useGone } from '../../use-gone';
import { useRights } from '../../use-rights';
import { PrerequisiteRow } from './PrerequisiteRow';
import { YourRights } from './YourRights';

const judged: readonly Check[] = [...prerequisiteChecks, nodeHealthCheck];

/** What somebody has to do comes first, then what cannot be told, what goes on by itself, and what is as it should be. */
const ranks: Readonly<Record<VerdictState, number>> = {
  blocked: 0,
  unknown: 1,
  waiting: 2,
  loading: 2,
  warning: 3,
  ready: 4,
};

interface Judged {
  readonly check: Check;
  readonly verdict: Verdict;
  readonly fix: Fix | undefined;
}

/**
 * By readiness as it was when everything was known for the first time. Later changes move no row: somebody may be working in it.
 */
const useOrder = (rows: readonly Judged[]): readonly Judged[] => {
  const [order, setOrder] = useState<readonly string[]>();
  if (!order && rows.every(({ verdict }) => verdict.state !== 'loading')) {
    const sorted = [...rows].sort((one, other) => ranks[one.verdict.state] - ranks[other.verdict.state]);
    setOrder(sorted.map(({ check }) => check.id));
  }
  if (!order) return rows;
  return [...rows].sort((one, other) => order.indexOf(one.check.id) - order.indexOf(other.check.id));
};

/** What a migration needs of the cluster before anything is connected, and how to set it up from here. */
export const PrerequisitesStep = () => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const facts = useFacts(judged);
  const versions = useWatch({ list: 'clusterVersions' });
  const version = versions.state === 'loaded' ? versions.items[0] : undefined;
  const rows = prerequisiteChecks.map((check): Judged => {
    const verdict = check.judge(facts);
    // Where an operator suggests to be installed depends on the version.
    const isOffered = versions.state !== 'loading' && !holderOf(check.id, facts);
    return { check, verdict, fix: isOffered ? fixOf(check.id, verdict, facts, version) : undefined };
  });
  const ordered = useOrder(rows);
  const rights = useFixRights(rows, facts);
  const open = rows.filter(({ verdict: { state, reason } }) => !isUsable(state) && reason !== 'Forbidden');
  const isKnown = rows.every(({ verdict }) => verdict.state !== 'loading');
  return (
    <>
      <StepHeading title={t('Prerequisites')} help="prerequisites">
        {t('What migrations need of this cluster. Set up here what is missing, from top to bottom.')}
      </StepHeading>
      {isKnown && open.length === 0 && (
        <Alert
          isInline
          component="h3"
          variant="success"
          title={
            rows.every(({ verdict }) => isUsable(verdict.state))
              ? t('Everything that migrations need of this cluster is there')
              : t('Nothing is missing of what you are permitted to check')
          }
        />
      )}
      <Content component="ul" isPlainList aria-label={t('Prerequisites')}>
        {ordered.map(({ check, verdict, fix }) => (
          <PrerequisiteRow
            key={check.id}
            check={check}
            verdict={verdict}
            fix={fix}
            holder={holderOf(check.id, facts)}
            rights={rights.of(fix)}
            facts={facts}
          />
        ))}
        <PrerequisiteRow check={nodeHealthCheck} verdict={nodeHealthCheck.judge(facts)} facts={facts} />
      </Content>
      <YourRights checks={prerequisiteChecks} facts={facts} known={rights.all} onRetry={rights.again} />
    </>
  );
};

/** The rights that each fix needs, all asked for at once. */
const useFixRights = (rows: readonly Judged[], facts: Facts) => {
  const fixes = rows.flatMap(({ fix }) => fix ?? []);
  const projects = fixes.flatMap((fix) => projectOfFix(fix) ?? []);
  const gone = useGone(projects);
  const missing = gone.state === 'loaded' ? gone.items.map(({ name }) => name) : [];
  const isThere = (fix: Fix) => !missing.includes(projectOfFix(fix)?.name ?? '');
  const groups = installationOf('mtv', facts).groups;
  const rightsOf = (fix: Fix) => rightsOfFix(fix, isThere(fix), groups);
  // Before it is known which projects there are, it is not known which rights are needed.
  const isAsking = projects.length > 0 && gone.state === 'loading';
  const needed = isAsking ? [] : fixes.flatMap(rightsOf);
  const asked = useRights(needed);
  return {
    all: isAsking ? ({ state: 'asking' } as const) : asked.of(needed),
    of: (fix: Fix | undefined) => (isAsking || !fix ? ({ state: 'asking' } as const) : asked.of(rightsOf(fix))),
    again: asked.again,
  };
};
