import { FormFieldGroup, FormFieldGroupHeader, FormGroup, Radio } from '@patternfly/react-core';
import { credentialsFor } from '../../../domain/hosts/draft';
import type { HostRow, HostsDraft, TypedCredentials } from '../../../domain/hosts/draft';
import { Field } from '../../parts/Field';
import { useTranslate } from '../../../parts/use-translate';
import { credentialId } from './places';
import type { ProblemOf } from './places';

interface CredentialFieldsProps {
  readonly draft: HostsDraft;
  /** The hosts that are selected. */
  readonly selected: readonly HostRow[];
  readonly onChange: (patch: Partial<HostsDraft>) => void;
  readonly problemOf: ProblemOf;
}

/** One credential for all selected hosts, or one for each. */
export const CredentialFields = ({ draft, selected, onChange, problemOf }: CredentialFieldsProps) => {
  const t = useTranslate();
  const choice = (credentials: HostsDraft['credentials'], label: string) => (
    <Radio
      id={`credentials-${credentials}`}
      name="credentials"
      label={label}
      isChecked={draft.credentials === credentials}
      onChange={() => {
        onChange({ credentials });
      }}
    />
  );
  return (
    <>
      <FormGroup role="radiogroup" isInline label={t('Credentials of the ESXi hosts')} fieldId="credentials">
        {choice('same', t('The same for all selected hosts'))}
        {choice('each', t('Its own for each host'))}
      </FormGroup>
      {draft.credentials === 'same' ? (
        <Pair
          typed={draft}
          mayStay={selected.length > 0 && selected.every(({ host }) => host !== undefined)}
          onChange={onChange}
          problemOf={problemOf}
        />
      ) : (
        selected.map(({ esxi: { id, name }, host }) => (
          <FormFieldGroup
            key={id}
            header={<FormFieldGroupHeader titleText={{ text: name, id: `credentials-of-${id}` }} />}
          >
            <Pair
              of={{ id, name }}
              typed={credentialsFor(draft, id)}
              mayStay={host !== undefined}
              onChange={(patch) => {
                onChange({ own: { ...draft.own, [id]: { ...credentialsFor(draft, id), ...patch } } });
              }}
              problemOf={problemOf}
            />
          </FormFieldGroup>
        ))
      )}
    </>
  );
};

interface PairProps {
  /** Of which host; left out: of all. */
  readonly of?: { readonly id: string; readonly name: string };
  readonly typed: TypedCredentials;
  /** Whether what is stored may stay. */
  readonly mayStay: boolean;
  readonly onChange: (patch: Partial<TypedCredentials>) => void;
  readonly problemOf: ProblemOf;
}

const Pair = ({ of, typed, mayStay, onChange, problemOf }: PairProps) => {
  const t = useTranslate();
  const stays = mayStay ? { hint: t('Leave user and password empty if they stay the same.') } : {};
  return (
    <>
      <Field
        id={credentialId('user', of?.id)}
        label={of ? t('User of {{host}}', { host: of.name }) : t('User')}
        isRequired={!mayStay}
        autoComplete="off"
        value={typed.user}
        onChange={(user) => {
          onChange({ user });
        }}
        problem={problemOf('user', of?.id)}
        {...stays}
      />
      <Field
        id={credentialId('password', of?.id)}
        label={of ? t('Password of {{host}}', { host: of.name }) : t('Password')}
        type="password"
        isRequired={!mayStay}
        autoComplete="new-password"
        value={typed.password}
        onChange={(password) => {
          onChange({ password });
        }}
        problem={problemOf('password', of?.id)}
      />
    </>
  );
};
