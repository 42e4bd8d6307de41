import { useId } from 'react';
import { Alert, Content, FormGroup, Radio } from '@patternfly/react-core';
import { registryConfigIn } from '../../../domain/checks/fixes';
import {
  claimProblemText,
  ownClaim,
  planChosenRegistry,
  registryNamespace,
  registryNeeds,
  registryProblemText,
} from '../../../domain/storage/plan-registry';
import type { RegistryWish } from '../../../domain/storage/plan-registry';
import { hasStorage } from '../../../domain/storage/read-registry';
import { classToOffer } from '../../../domain/storage/virt-default';
import type { ImageRegistryConfig } from '../../../domain/platform-objects';
import { useTranslate } from '../../../parts/use-translate';
import { Field } from '../../parts/Field';
import { useDraft } from '../../parts/use-draft';
import { useServices } from '../../ServicesContext';
import { ClassRadios } from './ClassRadios';
import { FixForm } from './FixForm';
import type { FixProps } from './PrerequisiteRow';

interface Draft {
  readonly storage: 'claim' | 'emptyDir';
  /** Empty: nothing was chosen yet. */
  readonly storageClass: string;
  /** A Kubernetes quantity, as it was typed. */
  readonly size: string;
}

const empty: Draft = { storage: 'claim', storageClass: '', size: '100Gi' };

/** Switches the internal registry on, with storage that somebody chose where it has none. */
export const RegistryPanel = ({ facts }: FixProps) => {
  const t = useTranslate();
  const ids = useId();
  const { useWatch } = useServices();
  const seen = useWatch({ list: 'storageClasses' });
  const classes = seen.state === 'loaded' ? seen.items : [];
  const [draft, change] = useDraft('registry', empty);
  const storageClass = classToOffer(classes, draft.storageClass);
  const kept = storageOf(registryConfigIn(facts));
  const isClaimed = kept === undefined && draft.storage === 'claim';
  const claim = { claim: ownClaim, size: draft.size, accessMode: 'ReadWriteOnce' } as const;
  const wish: RegistryWish =
    kept === undefined && !isClaimed ? 'emptyDir' : { ...claim, ...(isClaimed && { storageClass }) };
  const problem = isClaimed ? claimProblemText(t, draft.size, storageClass) : undefined;
  return (
    <FixForm
      label={t('Internal image registry')}
      action={t('Switch the registry on')}
      runKey="registry"
      file="migration-prep-registry"
      needs={registryNeeds(ownClaim)}
      plan={planChosenRegistry(wish)}
      problemText={registryProblemText}
      isDisabled={problem !== undefined}
    >
      {kept !== undefined && (
        <Content component="p">
          {t('Its storage is set already ({{storage}}), and stays as it is. It is only switched on.', {
            storage: kept,
          })}
        </Content>
      )}
      {kept === undefined && (
        <FormGroup role="radiogroup" label={t('Storage for its images')} fieldId={`${ids}-storage`}>
          <Radio
            id={`${ids}-claim`}
            name={`${ids}-storage`}
            label={t('A volume')}
            description={t('A PersistentVolumeClaim in project {{project}}.', { project: registryNamespace })}
            isChecked={isClaimed}
            onChange={() => {
              change({ storage: 'claim' });
            }}
          />
          <Radio
            id={`${ids}-empty`}
            name={`${ids}-storage`}
            label={t('None: its pod keeps them (emptyDir)')}
            description={t('For trying out.')}
            isChecked={!isClaimed}
            onChange={() => {
              change({ storage: 'emptyDir' });
            }}
          />
        </FormGroup>
      )}
      {isClaimed && (
        <>
          <ClassRadios
            classes={classes}
            chosen={storageClass}
            onChange={(name) => {
              change({ storageClass: name });
            }}
          />
          <Field
            id={`${ids}-size`}
            label={t('Size')}
            isRequired
            autoComplete="off"
            value={draft.size}
            onChange={(size) => {
              change({ size });
            }}
            problem={problem}
            hint={t('The VDDK image needs less than 1 GiB. One pod of the registry uses the volume (ReadWriteOnce).')}
          />
        </>
      )}
      {kept === undefined && !isClaimed && (
        <Alert isInline component="h4" variant="warning" title={t('The images are lost with the pod')}>
          {t(
            'After every restart of the registry or its node, VDDK has to be uploaded again before disks can be migrated.',
          )}
        </Alert>
      )}
      <Content component="p">
        {t('Switching it on restarts the API servers of the cluster, and may restart its nodes, one after the other.')}
      </Content>
    </FixForm>
  );
};

/** Which storage the registry has; `undefined`: none. */
const storageOf = (config: ImageRegistryConfig | undefined): string | undefined =>
  config && hasStorage(config)
    ? Object.keys(config.spec?.storage ?? {})
        .filter((key) => key !== 'managementState')
        .join(', ')
    : undefined;
