import { useRef, useState } from 'react';
import { ActionGroup, Alert, Button, Form, Title } from '@patternfly/react-core';
import type { ConnectionDraft } from '../../../domain/connection/draft';
import {
  certificateOf,
  checkConnection,
  connectionProblemText,
  emptyConnection,
  lacksDomain,
  providerNameOf,
} from '../../../domain/connection/draft';
import { providerProblemText } from '../../../domain/connection/plan-provider';
import { refusalText } from '../../../domain/connection/refusal';
import { normalizeUrl } from '../../../domain/connection/url';
import type { Provider } from '../../../domain/objects';
import { ApplyProgress } from '../../parts/ApplyProgress';
import { FailureAlert } from '../../parts/FailureAlert';
import { Field } from '../../parts/Field';
import { Outcome } from '../../parts/Outcome';
import { StepHeading } from '../../parts/StepHeading';
import { useProject } from '../../parts/use-address';
import { useDraft } from '../../parts/use-draft';
import { useMtvProject } from '../../MtvProjectContext';
import { useProviders } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';
import { ProviderList } from './ProviderList';
import { TrustFields } from './TrustFields';
import { useConnect } from './use-connect';
import { useReading } from './use-reading';

/** Connects a vCenter: Secret and Provider, corrected in place when they are ours. */
export const ConnectionStep = () => {
  const t = useTranslate();
  const [draft, change, clear] = useDraft('connection', emptyConnection);
  const [isChecked, setChecked] = useState(false);
  const { run, isBusy, refusal, withdrawal, corrected, connect, cancel, forgive } = useConnect();
  const form = useRef<HTMLFormElement>(null);
  const { name: mtv, source } = useMtvProject();
  const { providers, home } = useProviders();
  const [project, chooseProject] = useProject();

  const reading = useReading(draft);
  const isReading = useRef(false);
  const problems = checkConnection(draft, reading.last);
  const problemOf = (field: keyof ConnectionDraft): string | undefined => {
    const problem = problems[field];
    // What is wrong with a certificate is said as soon as it has been read.
    const isDue = isChecked || (field === 'certificate' && draft.certificate !== '' && problem !== 'CertificateUnread');
    return isDue && problem !== undefined ? connectionProblemText(t, problem) : undefined;
  };
  const url = normalizeUrl(draft.url);
  const name = providerNameOf(draft);
  const namespace = draft.project === '' ? home : draft.project;

  const correct = (provider: Provider): void => {
    setChecked(false);
    change({
      ...emptyConnection,
      name: provider.metadata.name,
      project: provider.metadata.namespace ?? '',
      url: provider.spec?.url ?? '',
    });
    form.current?.querySelector<HTMLElement>('#vcenter-user')?.focus();
  };

  const submit = async (): Promise<void> => {
    setChecked(true);
    // Pressed twice, it must not try the credentials twice.
    if (isReading.current) return;
    isReading.current = true;
    const read = await reading.finish();
    isReading.current = false;
    const [first] = Object.keys(checkConnection(draft, read));
    if (first !== undefined || !url.ok || namespace === '') {
      form.current
        ?.querySelector<HTMLElement>(`#${fieldIds[first === undefined ? 'project' : (first as keyof ConnectionDraft)]}`)
        ?.focus();
      return;
    }
    const outcome = await connect({
      name,
      namespace,
      url: url.value,
      user: draft.user.trim(),
      password: draft.password,
      certificate: certificateOf(draft, read),
      submission: crypto.randomUUID(),
    });
    if (outcome === 'Stored') {
      setChecked(false);
      clear(draft);
    } else if (outcome === 'WrongCredentials') {
      form.current?.querySelector<HTMLElement>(`#${fieldIds.password}`)?.focus();
    }
  };

  return (
    <>
      <StepHeading title={t('Connection')}>
        {t(
          'The vCenter that has the virtual machines to migrate. Its credentials are stored in a Secret next to its provider.',
        )}
      </StepHeading>
      <ProviderList corrected={corrected} onCorrect={correct} />
      {run.state === 'done' && (
        <Outcome block="center">
          <Alert
            isInline
            isLiveRegion
            component="h3"
            variant="info"
            title={t('Saved. MTV is connecting. Its answer appears above.')}
          />
        </Outcome>
      )}
      {providers.state !== 'absent' && (
        <Form
          ref={form}
          aria-labelledby="connect-vcenter"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Title id="connect-vcenter" headingLevel="h3" size="lg">
            {t('Connect a vCenter')}
          </Title>
          <Field
            id={fieldIds.url}
            label={t('Address of the vCenter')}
            type="url"
            isRequired
            value={draft.url}
            onChange={(value) => {
              change({ url: value });
            }}
            problem={problemOf('url')}
            hint={url.ok ? t('MTV will use {{url}}.', { url: url.value }) : t('For example vcenter.example.com')}
          />
          <Field
            id={fieldIds.user}
            label={t('User')}
            isRequired
            autoComplete="off"
            value={draft.user}
            onChange={(value) => {
              change({ user: value });
              forgive();
            }}
            problem={problemOf('user')}
            warning={
              lacksDomain(draft.user)
                ? t('vCenter user names usually have a domain, such as administrator@vsphere.local.')
                : undefined
            }
          />
          <Field
            id={fieldIds.password}
            label={t('Password')}
            type="password"
            isRequired
            autoComplete="new-password"
            value={draft.password}
            onChange={(value) => {
              change({ password: value });
              forgive();
            }}
            problem={refusal?.code === 'WrongCredentials' ? refusalText(t, refusal) : problemOf('password')}
          />
          <TrustFields draft={draft} onChange={change} reading={reading} problemOf={problemOf} />
          <Field
            id={fieldIds.name}
            label={t('Name of the provider')}
            value={draft.name}
            placeholder={name}
            onChange={(value) => {
              change({ name: value });
            }}
            problem={problemOf('name')}
            hint={t('Default: {{name}}.', { name })}
          />
          {home !== mtv && draft.project === '' && (
            <Field
              id={fieldIds.project}
              label={t('Project of the provider')}
              isRequired
              value={project}
              onChange={chooseProject}
              problem={
                isChecked && project === '' ? t('Enter a project in which you are an administrator.') : undefined
              }
              hint={t(
                "You have no access to MTV's project {{mtv}}. The provider and its Secret are kept in this project instead, where MTV finds them too.",
                { mtv },
              )}
            />
          )}
          <ActionGroup>
            <Button type="submit" isLoading={isBusy} isDisabled={isBusy || source === 'looking'}>
              {t('Connect')}
            </Button>
            {cancel && (
              <Button variant="link" onClick={cancel}>
                {t('Cancel')}
              </Button>
            )}
          </ActionGroup>
        </Form>
      )}
      {refusal && refusal.code !== 'WrongCredentials' && (
        <Outcome>
          <FailureAlert title={t('Nothing was changed')} text={refusalText(t, refusal)} onRetry={() => void submit()} />
        </Outcome>
      )}
      <ApplyProgress run={run} problemText={providerProblemText} {...(!isBusy && { onRetry: () => void submit() })} />
      {withdrawal?.isDone === true && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="info"
          title={t('The password was not kept: its Secret was deleted again.')}
        />
      )}
      {withdrawal?.isDone === false && (
        <Alert
          isInline
          isLiveRegion
          component="h3"
          variant="warning"
          title={t('Secret {{name}} with the password still exists', { name: withdrawal.secret })}
        >
          {t('It could not be deleted. Retry to continue, or delete the Secret in {{project}} yourself.', {
            project: namespace,
          })}
        </Alert>
      )}
    </>
  );
};

/** Where the focus goes when a field has a problem. */
const fieldIds: Readonly<Record<keyof ConnectionDraft, string>> = {
  url: 'vcenter-url',
  user: 'vcenter-user',
  password: 'vcenter-password',
  trust: 'trust-fetch',
  fetched: 'fetch-certificate',
  isFetchedConfirmed: 'trust-fetched-confirmed',
  certificate: 'certificate',
  isSkipConfirmed: 'trust-skip-confirmed',
  name: 'provider-name',
  project: 'provider-project',
};
