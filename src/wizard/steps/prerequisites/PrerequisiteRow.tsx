import { useId } from 'react';
import { Button, Content, Flex, FlexItem, Title } from '@patternfly/react-core';
import type { Check, Verdict } from '../../../domain/checks/check';
import type { Fix } from '../../../domain/checks/fixes';
import type { Release } from '../../../domain/ownership';
import { isUsable } from '../../../domain/reading';
import type { Translate } from '../../../domain/translate';
import type { Facts } from '../../../domain/watched';
import { StateIcon } from '../../../parts/StateIcon';
import { useTranslate } from '../../../parts/use-translate';
import { useKept } from '../../DraftsContext';
import { ManagedByValues } from '../../parts/ManagedByValues';
import { OnDemand } from '../../parts/OnDemand';
import type { Load } from '../../parts/use-on-demand';
import type { KnownRights } from '../../use-rights';

/** What a panel gets that carries out a fix. */
export interface FixProps {
  readonly fix: Fix;
  readonly facts: Facts;
}

interface PrerequisiteRowProps {
  readonly check: Check;
  readonly verdict: Verdict;
  readonly facts: Facts;
  readonly fix?: Fix | undefined;
  /** The release that holds what the fix would write. */
  readonly holder?: Release | undefined;
  readonly rights?: KnownRights;
}

const closed = { isOpen: false };

const loadOperator: Load<FixProps> = async () => (await import('./OperatorPanel')).OperatorPanel;

const loads: Readonly<Record<Fix['do'], Load<FixProps>>> = {
  install: loadOperator,
  approve: loadOperator,
  'set-up': loadOperator,
  follow: loadOperator,
  'mark-class': async () => (await import('./storage-panels')).ClassPanel,
  'switch-on-registry': async () => (await import('./storage-panels')).RegistryPanel,
};

/** One prerequisite: how it stands, why, and below it what can be done about it from here. */
export const PrerequisiteRow = ({ check, verdict, facts, fix, holder, rights }: PrerequisiteRowProps) => {
  const t = useTranslate();
  const panel = useId();
  const [{ isOpen }, keep] = useKept(`prerequisite ${check.id}`, closed);
  const title = check.title(t);
  const isAllowed = rights?.state === 'known' && rights.missing.length + rights.unknown.length === 0;
  const isOffered = fix !== undefined && isAllowed;
  // What somebody has begun here goes on where they look.
  const isShown = isOffered && isOpen;
  return (
    <Content component="li" aria-label={title} style={{ marginBlockEnd: 'var(--pf-t--global--spacer--sm)' }}>
      <Flex flexWrap={{ default: 'nowrap' }} alignItems={{ default: 'alignItemsFlexStart' }} gap={{ default: 'gapSm' }}>
        <FlexItem>
          <StateIcon state={verdict.state} />
        </FlexItem>
        <FlexItem grow={{ default: 'grow' }}>
          <Title headingLevel="h3" size="md" style={{ marginBlockEnd: 'var(--pf-t--global--spacer--xs)' }}>
            {title}
          </Title>
          <div aria-live="polite">{verdict.text(t)}</div>
          {holder && <ManagedByValues release={holder} />}
          {fix && rights?.state === 'known' && !isAllowed && (
            <div>
              {rights.missing.length > 0
                ? t('You are not permitted to set this up. “Your rights” below says which rights are missing.')
                : t('It could not be checked whether you are permitted to set this up.')}
            </div>
          )}
          {isOffered && (
            <Button
              variant={isShown || isUsable(verdict.state) ? 'link' : 'secondary'}
              isInline={isShown}
              style={{ marginBlock: 'var(--pf-t--global--spacer--sm)' }}
              aria-expanded={isShown}
              aria-controls={panel}
              aria-label={`${actionText(t, fix, isShown)}: ${title}`}
              onClick={() => {
                keep(() => ({ isOpen: !isShown }));
              }}
            >
              {actionText(t, fix, isShown)}
            </Button>
          )}
          <div id={panel} role="group" aria-label={title} hidden={!isShown}>
            {isShown && <OnDemand load={loads[fix.do]} props={{ fix, facts }} />}
          </div>
        </FlexItem>
      </Flex>
    </Content>
  );
};

const actionText = (t: Translate, fix: Fix, isShown: boolean): string => {
  if (isShown) return t('Close');
  switch (fix.do) {
    case 'install':
      return t('Install');
    case 'approve':
      return t('Review and approve');
    case 'set-up':
      return t('Set up');
    case 'follow':
      return t('Show progress');
    case 'mark-class':
      return t('Choose the class');
    case 'switch-on-registry':
      return t('Switch on');
  }
};
