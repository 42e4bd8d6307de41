import {
  Checkbox,
  FormFieldGroup,
  FormFieldGroupExpandable,
  FormFieldGroupHeader,
  FormGroup,
  Radio,
} from '@patternfly/react-core';
import { nodeWireText } from '../../../domain/networks/node-networks';
import type { NodeNetworks } from '../../../domain/networks/node-networks';
import { isIsolated, switchText, uplinkText } from '../../../domain/networks/switches';
import type { SourceSwitch } from '../../../domain/networks/switches';
import { nodeWireOf } from '../../../domain/networks/wire';
import type { WireDraft, WireProblem } from '../../../domain/networks/wire';
import { Field } from '../../parts/Field';
import { useTranslate } from '../../../parts/use-translate';

interface WireFieldsProps {
  readonly source: SourceSwitch;
  readonly wire: WireDraft;
  readonly onChange: (patch: Partial<WireDraft>) => void;
  /** What the nodes have; `undefined` where that is not known. */
  readonly nodes: NodeNetworks | undefined;
  /** Whether the switch may be left out here: where it is the only one, its port groups are. */
  readonly isOneOfMany: boolean;
  /** How often a problem was found among the details: what is wrong must be seen, so each opens them. */
  readonly opened: number;
  readonly problemOf: (field: WireProblem['field']) => string | undefined;
}

/** What the port groups of one vSphere switch come to on the nodes. */
export const WireFields = ({ source, wire, onChange, nodes, isOneOfMany, opened, problemOf }: WireFieldsProps) => {
  const t = useTranslate();
  const name = switchText(t, source);
  const uplink = uplinkText(t, source);
  const undecided = problemOf('attachment');
  const choice = (value: NonNullable<WireDraft['kind']>, label: string, description?: string) => (
    <Radio
      id={`wire-${source.id}-${value}`}
      name={`wire-${source.id}`}
      label={label}
      description={description}
      isChecked={wire.kind === value}
      onChange={() => {
        onChange({ kind: value });
      }}
    />
  );
  return (
    <FormFieldGroup
      header={
        <FormFieldGroupHeader
          titleText={{ text: name, id: `switch-${source.id}` }}
          {...(uplink !== '' && { titleDescription: uplink })}
        />
      }
    >
      <FormGroup role="radiogroup" label={t('Attachment on the nodes')} fieldId={`wire-${source.id}`}>
        {choice(
          'linux-bridge',
          t('Linux bridge'),
          t('A bridge with its own network card, created by a node network policy.'),
        )}
        {choice('localnet', t('OVN localnet'), t('A bridge mapping of the cluster network. It may be on br-ex.'))}
        {(isOneOfMany || isIsolated(source)) && choice('none', t('None: skip its port groups'))}
        {undecided !== undefined && <p role="alert">{undecided}</p>}
      </FormGroup>
      {(wire.kind === 'linux-bridge' || wire.kind === 'localnet') && (
        <>
          <WireName
            source={source}
            wire={wire}
            onChange={onChange}
            nodes={nodes}
            problem={problemOf('bridge') ?? problemOf('mapping')}
          />
          <FormFieldGroupExpandable
            key={opened}
            isExpanded={opened > 0}
            toggleAriaLabel={t('Details')}
            header={
              <FormFieldGroupHeader
                titleText={{ text: t('VLAN, MTU and MAC addresses'), id: `details-${source.id}` }}
              />
            }
          >
            <WireDetails source={source} wire={wire} onChange={onChange} nodes={nodes} problemOf={problemOf} />
          </FormFieldGroupExpandable>
        </>
      )}
    </FormFieldGroup>
  );
};

interface WireNameProps extends Pick<WireFieldsProps, 'source' | 'wire' | 'onChange' | 'nodes'> {
  readonly problem: string | undefined;
}

const WireName = ({ source, wire, onChange, nodes, problem }: WireNameProps) => {
  const t = useTranslate();
  const isBridge = wire.kind === 'linux-bridge';
  const value = isBridge ? wire.bridge : wire.mapping;
  const known = [...((isBridge ? nodes?.bridges : nodes?.mappings)?.keys() ?? [])].sort();
  const seen = nodeWireOf(wire, nodes);
  const isDoubtful =
    nodes !== undefined && value !== '' && (!seen || seen.uplink.state === 'none' || seen.uplink.state === 'differs');
  const usual = isBridge
    ? t('For example br1. VMs run only on nodes that have it.')
    : t('The value of "localnet" in the node network policy, such as physnet.');
  return (
    <>
      <Field
        id={`wire-${source.id}-name`}
        label={isBridge ? t('Name of the bridge') : t('Name of the bridge mapping')}
        isRequired
        autoComplete="off"
        {...(known.length > 0 && { list: `wire-${source.id}-known` })}
        value={value}
        onChange={(typed) => {
          onChange(isBridge ? { bridge: typed } : { mapping: typed });
        }}
        problem={problem}
        warning={isDoubtful ? nodeWireText(t, value, seen) : undefined}
        hint={seen ? nodeWireText(t, value, seen) : usual}
      />
      <datalist id={`wire-${source.id}-known`}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
};

type WireDetailsProps = Pick<WireFieldsProps, 'source' | 'wire' | 'onChange' | 'nodes' | 'problemOf'>;

const WireDetails = ({ source, wire, onChange, nodes, problemOf }: WireDetailsProps) => {
  const t = useTranslate();
  const isBridge = wire.kind === 'linux-bridge';
  return (
    <>
      {nodeWireOf(wire, nodes)?.uplink.state !== 'vlan' && (
        <Field
          id={`wire-${source.id}-in-vlan`}
          label={t('VLAN that the bridge is already in')}
          autoComplete="off"
          value={wire.inVlan}
          onChange={(inVlan) => {
            onChange({ inVlan });
          }}
          problem={problemOf('in-vlan')}
          hint={t(
            'Only if its uplink is a VLAN interface, or an access port of the physical switch. The networks then get no tag.',
          )}
        />
      )}
      <Field
        id={`wire-${source.id}-mtu`}
        label={t('MTU')}
        autoComplete="off"
        value={wire.mtu}
        onChange={(mtu) => {
          onChange({ mtu });
        }}
        problem={problemOf('mtu')}
        hint={
          isBridge
            ? t('Default: the MTU of the bridge.')
            : t('Default: 1500. The MTU of the uplink must be at least this.')
        }
      />
      {isBridge && (
        <Checkbox
          id={`wire-${source.id}-any-mac`}
          label={t("Allow MAC addresses other than the virtual machine's own")}
          description={t('Needed for nested hypervisors, VRRP and CARP, whose frames are dropped otherwise.')}
          isChecked={wire.anyMac}
          onChange={(_event, anyMac) => {
            onChange({ anyMac });
          }}
        />
      )}
    </>
  );
};
