import { useEffect, useRef, useState } from 'react';
import { ActionGroup, Alert, Button, Form, FormGroup, Radio, Title } from '@patternfly/react-core';
import {
  asksFor,
  certificateOf,
  checkConnection,
  connectionProblemText,
  lacksDomain,
  providerNameOf,
} from '../../../domain/connection/check-draft';
import { wishOf } from '../../../domain/connection/wish-of';
import type { ConnectWish } from '../../../domain/connection/connect-wish';
import { emptyConnection } from '../../../domain/connection/draft';
import type { ConnectionDraft } from '../../../domain/connection/draft';
import { endpointText } from '../../../domain/connection/endpoint';
import { normalizeUrl } from '../../../domain/connection/url';
import { isTrue } from '../../../domain/conditions';
import type { Provider } from '../../../domain/objects';
import { NotLoaded } from '../../parts/NotLoaded';
import { Field } from '../../parts/Field';
import { formWidth } from '../../parts/form-width';
import { OnDemand } from '../../parts/OnDemand';
import { PreviewButton } from '../../parts/PreviewButton';
import type { Rehearsal } from '../../parts/rehearsal';
import { useDraft } from '../../parts/use-draft';
import { useStepAction } from '../../parts/use-step-action';
import { useMtvProject } from '../../MtvProjectContext';
import { useProviders } from '../../use-facts';
import { useTranslate } from '../../../parts/use-translate';
import { actionText, addressText, exampleText, fieldIds, firstField, focusOn, titleOf } from './form-words';
import { TrustFields } from './TrustFields';
import { useConnect } from './use-connect';
import { useReading } from './use-reading';

interface ConnectionFormProps {
  /** Whether there is a Provider: then the form was asked for, and can be closed. */
  readonly isAsked: boolean;
  /** How often somebody has opened the form: the focus follows. */
  readonly opened: number;
}

const loadOutcome = async () => (await import('./ConnectOutcome')).ConnectOutcome;
const loadPlace = async () => (await import('./PlaceFields')).PlaceFields;

const formId = 'connection-form';

/** Connects a vCenter or an ESXi host, or changes what one is connected by. */
export const ConnectionForm = ({ isAsked, opened }: ConnectionFormProps) => {
  const t = useTranslate();
  const [draft, change, clear] = useDraft('connection', emptyConnection);
  const [isChecked, setChecked] = useState(false);
  const connecting = useConnect();
  const { isBusy, refusal, cancel, forgive } = connecting;
  const form = useRef<HTMLFormElement>(null);
  const { source } = useMtvProject();
  const { providers, home } = useProviders();

  const { purpose } = draft;
  const asks = asksFor(purpose);
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
  const rejected = providers.state === 'loaded' ? providers.items.find(isIn(draft)) : undefined;
  const isRejected = connecting.rejections > 0 || isTrue(rejected?.status, 'ConnectionAuthFailed');

  useEffect(() => {
    if (opened > 0) focusOn(form.current, firstField[purpose]);
  }, [opened, purpose]);

  /** What is wanted; `undefined` where something is wrong, which is said, and where the focus goes. */
  const readWish = async (): Promise<ConnectWish | undefined> => {
    setChecked(true);
    // Pressed twice, it must not try the credentials twice.
    if (isReading.current) return undefined;
    isReading.current = true;
    const read = await reading.finish();
    isReading.current = false;
    const [first] = Object.keys(checkConnection(draft, read));
    if (first !== undefined || namespace === '') {
      focusOn(form.current, first === undefined ? 'project' : (first as keyof ConnectionDraft));
      return undefined;
    }
    return wishOf({ ...draft, name, project: namespace }, certificateOf(draft, read), crypto.randomUUID());
  };

  const submit = async (): Promise<void> => {
    const wish = await readWish();
    const outcome = wish && (await connecting.connect(wish));
    if (outcome === 'Stored') {
      setChecked(false);
      clear(draft);
    } else if (outcome === 'WrongCredentials') {
      focusOn(form.current, 'password');
    }
  };

  const preview = async (): Promise<Rehearsal | undefined> => {
    const wish = await readWish();
    return wish && (async (cluster) => (await import('./connection-rehearsal')).rehearsalOfConnection(wish)(cluster));
  };

  const isDisabled = source === 'looking';
  useStepAction({ label: actionText(t, purpose), form: formId, isBusy, isDisabled, onCancel: cancel });

  return (
    <>
      <Form
        id={formId}
        ref={form}
        isWidthLimited
        maxWidth={formWidth}
        aria-labelledby="connect-vcenter"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
      >
        <Title id="connect-vcenter" headingLevel="h3" size="lg">
          {titleOf(t, draft, isAsked)}
        </Title>
        {asks.address && (
          <>
            <FormGroup role="radiogroup" isInline label={t('Kind of server')} fieldId="endpoint">
              {(['vcenter', 'esxi'] as const).map((endpoint) => (
                <Radio
                  key={endpoint}
                  id={`endpoint-${endpoint}`}
                  name="endpoint"
                  label={endpointText(t, endpoint)}
                  isChecked={draft.endpoint === endpoint}
                  onChange={() => {
                    change({ endpoint });
                  }}
                />
              ))}
            </FormGroup>
            <Field
              id={fieldIds.url}
              label={addressText(t, draft.endpoint)}
              type="url"
              isRequired
              value={draft.url}
              onChange={(value) => {
                change({ url: value });
              }}
              problem={problemOf('url')}
              hint={url.ok ? t('MTV will use {{url}}.', { url: url.value }) : exampleText(t, draft.endpoint)}
            />
          </>
        )}
        {asks.credentials && (
          <>
            <Field
              id={fieldIds.user}
              label={t('User')}
              isRequired={purpose !== 'password'}
              autoComplete="off"
              value={draft.user}
              onChange={(value) => {
                change({ user: value });
                forgive();
              }}
              problem={problemOf('user')}
              {...(purpose === 'password' && { hint: t('Leave this empty if the user stays the same.') })}
              warning={
                draft.endpoint === 'vcenter' && lacksDomain(draft.user)
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
              problem={
                refusal?.code === 'WrongCredentials'
                  ? t('vCenter rejected the user or the password.')
                  : problemOf('password')
              }
            />
          </>
        )}
        {asks.credentials && isRejected && (
          <Alert
            isInline
            isLiveRegion
            component="h4"
            variant="warning"
            title={t('Make sure of the password before you try again')}
          >
            {t('Each wrong try counts toward the lock of the account, for everybody who uses it.')}{' '}
            {connecting.rejections > 0 &&
              t('Rejected from this page so far: {{number}}.', { number: connecting.rejections })}
          </Alert>
        )}
        {asks.trust && (
          <TrustFields
            draft={draft}
            onChange={change}
            reading={reading}
            problemOf={problemOf}
            canSkip={purpose !== 'certificate'}
          />
        )}
        {purpose === 'new' && (
          <>
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
            <OnDemand
              load={loadPlace}
              props={{
                project: draft.project,
                onProject: (chosen: string) => {
                  change({ project: chosen });
                },
                isMissing: isChecked && namespace === '',
              }}
            />
          </>
        )}
        <ActionGroup>
          <PreviewButton file="migration-prep-connection" ask={preview} isDisabled={isBusy || isDisabled} />
          {isAsked && !isBusy && (
            <Button
              variant="link"
              onClick={() => {
                connecting.dismiss();
                clear(draft);
              }}
            >
              {t('Close the form')}
            </Button>
          )}
        </ActionGroup>
      </Form>
      {connecting.isUnloaded && <NotLoaded onRetry={() => void submit()} />}
      {(refusal ?? connecting.withdrawal ?? (connecting.run.state === 'idle' ? undefined : connecting.run)) && (
        <OnDemand load={loadOutcome} props={{ connecting, project: namespace, onRetry: () => void submit() }} />
      )}
    </>
  );
};

const isIn =
  ({ name, project }: ConnectionDraft) =>
  ({ metadata }: Provider): boolean =>
    metadata.name === name && metadata.namespace === project;
