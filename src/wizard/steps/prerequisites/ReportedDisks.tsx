import { Checkbox, Content, FormGroup } from '@patternfly/react-core';
import { useId } from 'react';
import type { NodeDisk } from '../../../domain/storage/node-disks';
import { useTranslate } from '../../../parts/use-translate';

interface ReportedDisksProps {
  readonly disks: readonly NodeDisk[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

const gibibyte = 1024 ** 3;

/** The disks of each node to choose from. What is in use is shown, so that nobody looks for it, and cannot be chosen. */
export const ReportedDisks = ({ disks, chosen, onChange }: ReportedDisksProps) => {
  const t = useTranslate();
  const ids = useId();
  const nodes = [...new Set(disks.map(({ node }) => node))];
  return (
    <>
      {nodes.map((node) => (
        <FormGroup key={node} role="group" label={t('Disks of {{node}}', { node })} fieldId={`${ids}-${node}`}>
          {disks
            .filter((disk) => disk.node === node)
            .map(({ path, device, model, size, isFree }) => (
              <Checkbox
                key={path}
                id={`${ids}-${node}-${path}`}
                label={path}
                description={[
                  device === path ? '' : device,
                  model,
                  size > 0 ? t('{{size}} GiB', { size: Math.round(size / gibibyte) }) : '',
                  isFree ? '' : t('in use, or not empty'),
                ]
                  .filter(Boolean)
                  .join(', ')}
                isDisabled={!isFree}
                isChecked={chosen.includes(path)}
                onChange={(_event, isChosen) => {
                  onChange(isChosen ? [...new Set([...chosen, path])] : chosen.filter((each) => each !== path));
                }}
              />
            ))}
        </FormGroup>
      ))}
      {!disks.some(({ isFree }) => isFree) && (
        <Content component="p">
          {t(
            'No node reports a free disk. Attach one, or wipe one that nobody needs (wipefs --all), and wait until its node reports it.',
          )}
        </Content>
      )}
    </>
  );
};
