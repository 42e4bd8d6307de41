import { FormGroup, Radio } from '@patternfly/react-core';
import type { NetworksDraft } from '../../../domain/networks/draft';
import { Field } from '../../parts/Field';
import { useTranslate } from '../../use-translate';

interface WireFieldsProps {
  readonly draft: NetworksDraft;
  readonly onChange: (patch: Partial<NetworksDraft>) => void;
  readonly problem: string | undefined;
}

/** How the VMs get onto the wire. Bridges and mappings are on the nodes; the user names one. */
export const WireFields = ({ draft: { kind, bridge, mapping }, onChange, problem }: WireFieldsProps) => {
  const t = useTranslate();
  const choice = (value: NetworksDraft['kind'], label: string, description: string) => (
    <Radio
      id={`wire-${value}`}
      name="wire"
      label={label}
      description={description}
      isChecked={kind === value}
      onChange={() => {
        onChange({ kind: value });
      }}
    />
  );
  return (
    <>
      <FormGroup role="radiogroup" label={t('Attachment on the nodes')} fieldId="wire">
        {choice('linux-bridge', t('Linux bridge'), t('A bridge that a node network policy made on a network card of its own.'))}
        {choice('localnet', t('OVN localnet'), t('A bridge mapping of the cluster network, also on br-ex.'))}
      </FormGroup>
      {kind === 'linux-bridge' ? (
        <Field
          id="wire-name"
          label={t('Name of the bridge')}
          isRequired
          value={bridge}
          onChange={(value) => {
            onChange({ bridge: value });
          }}
          problem={problem}
          hint={t('Such as br1. VMs run only on nodes that have it.')}
        />
      ) : (
        <Field
          id="wire-name"
          label={t('Name of the bridge mapping')}
          isRequired
          value={mapping}
          onChange={(value) => {
            onChange({ mapping: value });
          }}
          problem={problem}
          hint={t('As it stands in the node network policy at "localnet", such as physnet.')}
        />
      )}
    </>
  );
};
