import { useState } from 'react';
import { Button, Skeleton } from '@patternfly/react-core';
import { observe } from '../../../../domain/converge';
import { failureText } from '../../../../domain/failure';
import type { Attachment } from '../../../../domain/networks/network';
import { planFirstNode } from '../../../../domain/networks/new-bridge/bridge-policy';
import { makingProblemText } from '../../../../domain/networks/new-bridge/bridge-text';
import { checkNewName, nicOffers, policyNameOf } from '../../../../domain/networks/new-bridge/bridge-wish';
import type { BridgeWish } from '../../../../domain/networks/new-bridge/bridge-wish';
import { bridgeNeeds } from '../../../../domain/networks/new-bridge/facts';
import { makingNeeds } from '../../../../work/make-bridge';
import { Dialog } from '../../../parts/Dialog';
import { FailureAlert } from '../../../parts/FailureAlert';
import { PreviewButton } from '../../../parts/PreviewButton';
import { rehearsalOf } from '../../../parts/rehearsal';
import { useAnswer } from '../../../parts/use-answer';
import { useServices } from '../../../ServicesContext';
import { useTranslate } from '../../../../parts/use-translate';
import { BridgeFields } from './BridgeFields';
import { MakingProgress } from './MakingProgress';
import { useMaking } from './use-making';

interface NewBridgeDialogProps {
  readonly kind: Attachment['kind'];
  readonly onMade: (name: string) => void;
  readonly onClose: () => void;
}

/** Makes a bridge over a free network card, or a mapping on `br-ex`: what is free, what can go wrong, and how far each node is. */
export const NewBridgeDialog = ({ kind, onMade, onClose }: NewBridgeDialogProps) => {
  const t = useTranslate();
  const { cluster } = useServices();
  const [seen, again] = useAnswer(() => observe(cluster, bridgeNeeds));
  const [name, setName] = useState('');
  const [nic, setNic] = useState<string>();
  const [isChecked, setChecked] = useState(false);
  const { making, start, cancel, takeBack } = useMaking(onMade);
  const facts = seen?.ok ? seen.value : undefined;
  const offer = facts && nicOffers(facts).offers.find((each) => each.name === nic && each.free.length > 0);
  const nameProblem = checkNewName({ kind, name: name.trim() });
  const wish: BridgeWish | undefined =
    kind === 'localnet'
      ? { kind, name: name.trim() }
      : offer && { kind, name: name.trim(), nic: offer.name, nicType: offer.type };
  const isRunning = making.state === 'running';
  const ready = (): BridgeWish | undefined => {
    setChecked(true);
    return nameProblem ? undefined : wish;
  };
  const submit = (): void => {
    const wanted = ready();
    if (wanted) void start(wanted);
  };

  return (
    <Dialog
      title={kind === 'linux-bridge' ? t('Create a bridge') : t('Create a bridge mapping')}
      about={
        kind === 'linux-bridge'
          ? t('A Linux bridge over a network card that carries no traffic of the nodes.')
          : t('A bridge mapping on br-ex, the bridge of the nodes. It needs no network card.')
      }
      onClose={isRunning ? undefined : onClose}
      footer={
        <>
          {facts && making.state === 'idle' && (
            <>
              <Button onClick={submit}>{t('Create')}</Button>
              <PreviewButton
                file="migration-prep-bridge"
                ask={() => {
                  const wanted = ready();
                  return (
                    wanted &&
                    rehearsalOf({ needs: makingNeeds(wanted), plan: planFirstNode(wanted) }, makingProblemText)
                  );
                }}
              />
            </>
          )}
          {isRunning && making.phase !== 'back' && (
            <Button variant="secondary" isDisabled={making.isStopping} onClick={cancel}>
              {t('Cancel and take it back')}
            </Button>
          )}
          {!isRunning && (
            <Button variant="link" onClick={onClose}>
              {making.state === 'idle' ? t('Cancel') : t('Close')}
            </Button>
          )}
        </>
      }
    >
      {!seen && <Skeleton screenreaderText={t('Checking the cluster…')} />}
      {seen && !seen.ok && (
        <FailureAlert
          component="h2"
          title={t('The network cards of the nodes cannot be seen')}
          text={failureText(t, seen.error)}
          onRetry={again}
        />
      )}
      {facts && making.state === 'idle' && (
        <BridgeFields
          kind={kind}
          facts={facts}
          wish={wish}
          name={name}
          onName={setName}
          nic={nic}
          onNic={setNic}
          problems={isChecked ? { name: nameProblem, nic: wish ? undefined : 'NicMissing' } : {}}
          onSubmit={submit}
        />
      )}
      {making.state !== 'idle' && wish && (
        <MakingProgress
          making={making}
          policy={policyNameOf(wish)}
          onRetry={() => void start(wish)}
          onTakeBack={() => void takeBack(wish)}
        />
      )}
    </Dialog>
  );
};
