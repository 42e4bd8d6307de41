import { useId } from 'react';
import { useServices } from '../ServicesContext';
import { useTranslate } from '../use-translate';
import { Field } from './Field';

interface ProjectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly problem?: string | undefined;
}

/** A project by name. Suggests the projects of the cluster; who may not list them types the name. */
export const ProjectField = ({ label, value, onChange, problem }: ProjectFieldProps) => {
  const t = useTranslate();
  const { useWatch } = useServices();
  const list = useId();
  const namespaces = useWatch({ list: 'namespaces' });
  const names = namespaces.state === 'loaded' ? namespaces.items.map(({ metadata }) => metadata.name) : [];
  const isKnown = namespaces.state !== 'loaded' || value === '' || names.includes(value);
  return (
    <>
      <Field
        label={label}
        value={value}
        onChange={onChange}
        isRequired
        list={list}
        problem={problem}
        warning={isKnown ? undefined : t('Project {{namespace}} does not exist. Create it or choose another.', { namespace: value })}
        {...(namespaces.state === 'failed' && { hint: t('You may not list projects. Type the name of yours.') })}
      />
      <datalist id={list}>
        {names
          .filter((name) => !/^(openshift|kube)-/.test(name))
          .map((name) => (
            <option key={name} value={name} />
          ))}
      </datalist>
    </>
  );
};
