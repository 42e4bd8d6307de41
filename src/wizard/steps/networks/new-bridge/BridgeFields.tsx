import { Alert, Content, Form, FormGroup, Radio, Stack } from '@patternfly/react-core';
import {
  dangerText,
  leftOutText,
  makingProblemText,
  nicOfferText,
  wishProblemText,
} from '../../../../domain/networks/new-bridge/bridge-text';
import { nicOffers, nodesFor, nodesWithout } from '../../../../domain/networks/new-bridge/bridge-wish';
import type { BridgeWish, WishProblem } from '../../../../domain/networks/new-bridge/bridge-wish';
import type { BridgeFacts } from '../../../../domain/networks/new-bridge/facts';
import { Field } from '../../../parts/Field';
import { useTranslate } from '../../../../parts/use-translate';

interface BridgeFieldsProps {
  readonly kind: BridgeWish['kind'];
  readonly facts: BridgeFacts;
  /** `undefined` while no card is chosen. */
  readonly wish: BridgeWish | undefined;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly nic: string | undefined;
  readonly onNic: (nic: string) => void;
  readonly problems: { readonly name?: WishProblem | undefined; readonly nic?: WishProblem | undefined };
  readonly onSubmit: () => void;
}

/** What the new bridge is called, over which card it is, on which nodes it will be, and what can go wrong. */
export const BridgeFields = ({
  kind,
  facts,
  wish,
  name,
  onName,
  nic,
  onNic,
  problems,
  onSubmit,
}: BridgeFieldsProps) => {
  const t = useTranslate();
  const { offers, machines } = nicOffers(facts);
  const isAnyFree = offers.some(({ free }) => free.length > 0);
  return (
    <Stack hasGutter>
      <Form
        aria-label={t('New bridge')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Field
          id="new-bridge-name"
          label={kind === 'linux-bridge' ? t('Name of the new bridge') : t('Name of the new bridge mapping')}
          isRequired
          value={name}
          onChange={onName}
          problem={problems.name && wishProblemText(t, problems.name)}
          hint={
            kind === 'linux-bridge'
              ? t('For example br-vms. No node may have it yet.')
              : t('For example vm-network. No node may have it yet.')
          }
        />
        {kind === 'linux-bridge' && (
          <FormGroup role="radiogroup" isRequired label={t('Network card')} fieldId="new-bridge-card">
            {offers.map((offer) => (
              <Radio
                key={offer.name}
                id={`new-bridge-card-${offer.name}`}
                name="new-bridge-card"
                label={offer.name}
                description={<span id={`new-bridge-card-${offer.name}-about`}>{nicOfferText(t, offer, machines)}</span>}
                aria-describedby={`new-bridge-card-${offer.name}-about`}
                isDisabled={offer.free.length === 0}
                isChecked={nic === offer.name}
                onChange={() => {
                  onNic(offer.name);
                }}
              />
            ))}
            {problems.nic && isAnyFree && <p role="alert">{wishProblemText(t, problems.nic)}</p>}
          </FormGroup>
        )}
      </Form>
      {kind === 'linux-bridge' && !isAnyFree && (
        <Alert isInline component="h2" variant="info" title={t('No network card is free')}>
          {t(
            'Choose OVN localnet for the switch instead: a bridge mapping shares the cards of the nodes. Or connect further cards to the nodes.',
          )}
        </Alert>
      )}
      {wish && <OnNodes wish={wish} facts={facts} />}
      <Alert isInline component="h2" variant="warning" title={t('This can cut nodes off from their network')}>
        {dangerText(t, { kind })}
      </Alert>
    </Stack>
  );
};

const OnNodes = ({ wish, facts }: { readonly wish: BridgeWish; readonly facts: BridgeFacts }) => {
  const t = useTranslate();
  const choice = nodesFor(wish, facts);
  const without = nodesWithout(wish, facts);
  if ('code' in choice)
    return (
      <Alert isInline isLiveRegion component="h2" variant="danger" title={t('The nodes cannot be chosen')}>
        {makingProblemText(t, choice)}
      </Alert>
    );
  const others = choice.nodes.filter((each) => each !== choice.first.node);
  return (
    <Content component="p" aria-live="polite">
      {others.length === 0
        ? t('It will be on {{node}} only.', { node: choice.first.node })
        : t('First {{first}} gets it, then {{others}}.', { first: choice.first.node, others: others.join(', ') })}
      {without.length > 0 && ` ${leftOutText(t, wish, without)}`}
    </Content>
  );
};
