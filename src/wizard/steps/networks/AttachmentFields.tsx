import {
  Checkbox,
  FormFieldGroup,
  FormFieldGroupExpandable,
  FormFieldGroupHeader,
  FormGroup,
  Label,
  Radio,
} from '@patternfly/react-core';
import type { NodeAdvice } from '../../../domain/networks/node-advice';
import type { NodeNetworks } from '../../../domain/networks/node-networks';
import { isIsolated, switchText, uplinkText } from '../../../domain/networks/switches';
import type { SourceSwitch } from '../../../domain/networks/switches';
import { nodeAttachmentOf } from '../../../domain/networks/attachment';
import type { AttachmentDraft, AttachmentProblem } from '../../../domain/networks/attachment';
import { Chooser } from '../../parts/Chooser';
import { Field } from '../../parts/Field';
import { useTranslate } from '../../../parts/use-translate';
import type { NodeSide } from './use-node-side';

interface AttachmentFieldsProps {
  readonly source: SourceSwitch;
  readonly attachment: AttachmentDraft;
  readonly onChange: (patch: Partial<AttachmentDraft>) => void;
  /** What the nodes have; `undefined` where that is not known. */
  readonly nodes: NodeNetworks | undefined;
  /** What they have to say about it; `undefined` where they cannot be seen. */
  readonly advice: NodeAdvice | 'loading' | undefined;
  /** Whether `attachment` was filled in by the page. It can be changed. */
  readonly isSuggested: boolean;
  /** Whether the switch may be left out here: where it is the only one, its port groups are. */
  readonly isOneOfMany: boolean;
  /** How often a problem was found among the details: what is wrong must be seen, so each opens them. */
  readonly opened: number;
  /** The way to what no node has yet, once that can be had. */
  readonly NewBridge: NodeSide['NewBridge'] | undefined;
  readonly problemOf: (field: AttachmentProblem['field']) => string | undefined;
}

/** What the port groups of one vSphere switch come to on the nodes. */
export const AttachmentFields = ({
  source,
  attachment,
  onChange,
  nodes,
  advice,
  isSuggested,
  isOneOfMany,
  opened,
  NewBridge,
  problemOf,
}: AttachmentFieldsProps) => {
  const t = useTranslate();
  const name = switchText(t, source);
  const uplink = uplinkText(t, source);
  const undecided = problemOf('attachment');
  const choice = (value: NonNullable<AttachmentDraft['kind']>, label: string, description?: string) => (
    <Radio
      id={`attachment-${source.id}-${value}`}
      name={`attachment-${source.id}`}
      label={label}
      description={description}
      isChecked={attachment.kind === value}
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
      <FormGroup role="radiogroup" label={t('Attachment on the nodes')} fieldId={`attachment-${source.id}`}>
        {choice(
          'linux-bridge',
          t('Linux bridge'),
          t('A bridge with its own network card, created by a node network policy.'),
        )}
        {choice('localnet', t('OVN localnet'), t('A bridge mapping of the cluster network. It may be on br-ex.'))}
        {(isOneOfMany || isIsolated(source)) && choice('none', t('None: skip its port groups'))}
        {undecided !== undefined && <p role="alert">{undecided}</p>}
      </FormGroup>
      {(attachment.kind === 'linux-bridge' || attachment.kind === 'localnet') && (
        <>
          <AttachmentName
            source={source}
            attachment={attachment}
            onChange={onChange}
            advice={advice}
            isSuggested={isSuggested}
            problem={problemOf('bridge') ?? problemOf('mapping')}
          />
          {NewBridge && (
            <NewBridge
              kind={attachment.kind}
              isOffered={advice !== undefined && advice !== 'loading'}
              onOpen={() => {
                onChange({});
              }}
              onMade={(kind, made) => {
                onChange({ kind, ...(kind === 'linux-bridge' ? { bridge: made } : { mapping: made }) });
              }}
            />
          )}
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
            <AttachmentDetails
              source={source}
              attachment={attachment}
              onChange={onChange}
              nodes={nodes}
              problemOf={problemOf}
            />
          </FormFieldGroupExpandable>
        </>
      )}
    </FormFieldGroup>
  );
};

interface AttachmentNameProps extends Pick<
  AttachmentFieldsProps,
  'source' | 'attachment' | 'onChange' | 'advice' | 'isSuggested'
> {
  readonly problem: string | undefined;
}

/** Chosen from what the nodes have; where they cannot be seen, typed. */
const AttachmentName = ({ source, attachment, onChange, advice, isSuggested, problem }: AttachmentNameProps) => {
  const t = useTranslate();
  const isBridge = attachment.kind === 'linux-bridge';
  const usual = isBridge
    ? t('For example br1. VMs run only on nodes that have it.')
    : t('The value of "localnet" in the node network policy, such as physnet.');
  const choose = (name: string): void => {
    onChange(isBridge ? { bridge: name } : { mapping: name });
  };
  const known = advice === 'loading' ? undefined : advice;
  return (
    <Chooser
      key={attachment.kind}
      id={`attachment-${source.id}-name`}
      label={isBridge ? t('Name of the bridge') : t('Name of the bridge mapping')}
      isRequired
      value={isBridge ? attachment.bridge : attachment.mapping}
      onChange={choose}
      choices={advice === 'loading' ? { state: 'loading' } : { state: 'loaded', items: known?.choices ?? [] }}
      {...(known && {
        strangerText: known.strangerText,
        extrasOf: (typed: string) => [
          {
            text: known.confirmText(typed),
            run: () => {
              choose(typed);
            },
          },
        ],
      })}
      {...(isSuggested && { labelHelp: <Label isCompact>{t('Suggested')}</Label> })}
      problem={problem}
      warning={known?.doubts}
      hint={known?.summary ?? usual}
    />
  );
};

type AttachmentDetailsProps = Pick<AttachmentFieldsProps, 'source' | 'attachment' | 'onChange' | 'nodes' | 'problemOf'>;

const AttachmentDetails = ({ source, attachment, onChange, nodes, problemOf }: AttachmentDetailsProps) => {
  const t = useTranslate();
  const isBridge = attachment.kind === 'linux-bridge';
  return (
    <>
      {nodeAttachmentOf(attachment, nodes)?.uplink.state !== 'vlan' && (
        <Field
          id={`attachment-${source.id}-in-vlan`}
          label={t('VLAN that the bridge is already in')}
          autoComplete="off"
          value={attachment.inVlan}
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
        id={`attachment-${source.id}-mtu`}
        label={t('MTU')}
        autoComplete="off"
        value={attachment.mtu}
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
          id={`attachment-${source.id}-any-mac`}
          label={t("Allow MAC addresses other than the virtual machine's own")}
          description={t('Needed for nested hypervisors, VRRP and CARP, whose frames are dropped otherwise.')}
          isChecked={attachment.anyMac}
          onChange={(_event, anyMac) => {
            onChange({ anyMac });
          }}
        />
      )}
    </>
  );
};
