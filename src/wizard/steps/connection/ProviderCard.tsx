import type { ReactNode } from 'react';
import {
  Button,
  Card,
  CardBody,
  CardFooter,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Flex,
} from '@patternfly/react-core';
import { Link } from 'react-router';
import { consolePathOf } from '../../../domain/console-path';
import type { Purpose } from '../../../domain/connection/draft';
import { endpointText } from '../../../domain/connection/endpoint';
import { readExpiry } from '../../../domain/connection/expiry';
import { missingPrivilegesOf } from '../../../domain/connection/provider-status';
import type { ProviderReading } from '../../../domain/connection/provider-status';
import type { Provider } from '../../../domain/objects';
import { isOurs, releaseOf } from '../../../domain/ownership';
import type { Translate } from '../../../domain/translate';
import { StateIcon } from '../../../parts/StateIcon';
import { useTranslate } from '../../../parts/use-translate';
import { ManagedByValues } from '../../parts/ManagedByValues';
import { OnDemand } from '../../parts/OnDemand';
import { formWidth } from '../../parts/form-width';
import { useNow } from './use-now';
import { useServerCertificate } from './use-server-certificate';
import { useTest } from './use-test';

interface ProviderCardProps {
  readonly provider: Provider;
  readonly reading: ProviderReading;
  readonly isSecretGone: boolean;
  readonly onChange: (purpose: Exclude<Purpose, 'new'>) => void;
  readonly onRemove: () => void;
}

/** Most Providers work, and need few words. */
const loadWords = async () => (await import('./ProviderWords')).ProviderWords;
const loadTestOutcome = async () => (await import('./TestOutcome')).TestOutcome;

/** One vSphere Provider: what it is, what MTV says of it, and what can be done. */
export const ProviderCard = ({ provider, reading, isSecretGone, onChange, onRemove }: ProviderCardProps) => {
  const t = useTranslate();
  const { metadata, spec } = provider;
  const { name, namespace = '' } = metadata;
  const release = releaseOf(provider);
  const [notAfter, noteCertificate] = useServerCertificate(provider);
  const { test, ask, run, dismiss } = useTest(provider, noteCertificate);
  const hasSecret = spec?.secret?.name !== undefined && !isSecretGone;
  const lacking = missingPrivilegesOf(provider);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('State'),
      <div key="state" aria-live="polite">
        <StateIcon state={reading.state} isBesideText />{' '}
        {reading.reason === 'Connected' ? (
          t('Connected')
        ) : (
          <OnDemand load={loadWords} props={{ reading, isDeclared: release !== undefined }} />
        )}
      </div>,
    ],
    ...(lacking.length > 0 ? [[t('Missing privileges'), <Lacking key="lacking" privileges={lacking} />] as const] : []),
    [t('Address'), spec?.url ?? ''],
    [t('Kind of server'), endpointText(t, spec?.settings?.sdkEndpoint)],
    [
      t('Project'),
      <Link key="project" to={consolePathOf('projects', { name: namespace })}>
        {namespace}
      </Link>,
    ],
    [t('Certificate'), <ShownCertificate key="certificate" isInsecure={reading.isInsecure} notAfter={notAfter} />],
    [t('Created by'), release ? <ManagedByValues key="release" release={release} /> : creatorText(t, provider)],
  ];
  const action = (text: string, label: string, onClick: () => void) => (
    <Button variant="link" isInline aria-label={label} onClick={onClick}>
      {text}
    </Button>
  );
  const change = (purpose: Exclude<Purpose, 'new'>) =>
    action(shortTexts[purpose](t), longTexts[purpose](t, name), () => {
      onChange(purpose);
    });
  return (
    <Card isCompact style={{ maxWidth: formWidth }}>
      <CardTitle component="h3">
        <Link to={consolePathOf('providers', metadata)}>{name}</Link>
      </CardTitle>
      <CardBody>
        <DescriptionList isCompact orientation={{ md: 'horizontal' }}>
          {facts.map(([term, description]) => (
            <DescriptionListGroup key={term}>
              <DescriptionListTerm>{term}</DescriptionListTerm>
              <DescriptionListDescription style={{ overflowWrap: 'anywhere' }}>
                {description}
              </DescriptionListDescription>
            </DescriptionListGroup>
          ))}
        </DescriptionList>
      </CardBody>
      {release === undefined && (
        <CardFooter>
          <Flex>
            {isOurs(provider) && change('edit')}
            {hasSecret && change('password')}
            {hasSecret && change('certificate')}
            {hasSecret &&
              action(t('Test again'), t('Test again: {{name}}', { name }), () => {
                if (reading.reason === 'ConnectionAuthFailed') ask();
                else void run();
              })}
            {isOurs(provider) && action(t('Remove'), t('Remove {{name}}', { name }), onRemove)}
          </Flex>
          {test.state !== 'resting' && (
            <OnDemand load={loadTestOutcome} props={{ test, onRun: () => void run(), onDismiss: dismiss }} />
          )}
        </CardFooter>
      )}
    </Card>
  );
};

/** What the user of MTV lacks in vSphere, as MTV reports it. */
const Lacking = ({ privileges }: { readonly privileges: readonly string[] }) => {
  const t = useTranslate();
  return (
    <>
      <StateIcon state="warning" isBesideText />{' '}
      {t('{{list}}. Add them to the role of the user at the top of the vCenter inventory.', {
        list: privileges.join(', '),
      })}
    </>
  );
};

/** Whether MTV verifies the server, and how long its certificate is valid. */
const ShownCertificate = ({
  isInsecure,
  notAfter,
}: {
  readonly isInsecure: boolean;
  readonly notAfter: string | undefined;
}) => {
  const t = useTranslate();
  const now = useNow();
  const trust = isInsecure ? t('The certificate is not verified.') : t('MTV verifies it.');
  if (notAfter === undefined) return trust;
  const { state, days } = readExpiry(Date.parse(notAfter), now);
  const until = t('It is valid until {{until}}.', { until: notAfter.slice(0, 10) });
  if (state === 'valid') return `${trust} ${until}`;
  return (
    <>
      {trust} <StateIcon state="warning" isBesideText />{' '}
      {state === 'expired'
        ? t('It has expired. Renew it in vCenter, then here.')
        : t('It expires in {{days}} days. Renew it in vCenter, then here.', { days })}
    </>
  );
};

const creatorText = (t: Translate, provider: Provider): string =>
  isOurs(provider)
    ? t('Migration Prep')
    : t("Somebody else, for example on MTV's page. It is changed only when you ask for it.");

type Texts<A extends unknown[]> = Readonly<Record<Exclude<Purpose, 'new'>, (t: Translate, ...more: A) => string>>;

const shortTexts: Texts<[]> = {
  edit: (t) => t('Edit'),
  password: (t) => t('Rotate password'),
  certificate: (t) => t('Renew certificate'),
};

/** With the name, for those who hear buttons without what is around them. */
const longTexts: Texts<[string]> = {
  edit: (t, name) => t('Edit {{name}}', { name }),
  password: (t, name) => t('Rotate password of {{name}}', { name }),
  certificate: (t, name) => t('Renew certificate of {{name}}', { name }),
};
